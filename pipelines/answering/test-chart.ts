import type { Terminology } from '../contracts/terminology.ts';
import type { AnnotatedNote } from '../domain/annotated-note.ts';
import type { Chart, MedicationFact, ResultFact } from '../domain/chart.ts';
import type { Entity, Flag, MedicationAction } from '../domain/entity.ts';
import { FLAGS, MEDICATION_ACTIONS } from '../domain/entity.ts';
import { citeNote } from '../domain/evidence.ts';
import type { EntityId, FactId, NoteId, PatientId } from '../domain/ids.ts';
import { asId } from '../domain/ids.ts';

/** Charts for tests, from marked sentences: `No [fever]{Finding neg}. [Warfarin]{Medication stop} stopped for bleeding.` */
const PATIENT = asId<PatientId>('p1');
const MARK = /\[([^\]]+)\]\{(\w+)((?: \w+)*)\}/g;

/** A note from marked text; a line is a sentence. */
export function markedNote(id: string, date: string, type: string, marked: string): AnnotatedNote {
  const entities: Entity[] = [];
  let text = '';
  let position = 0;
  for (const match of marked.matchAll(MARK)) {
    text += marked.slice(position, match.index);
    position = match.index + match[0].length;
    const words = match[3]!.split(' ').filter(Boolean);
    entities.push({
      id: asId<EntityId>(`e${entities.length + 1}`),
      label: match[2]!,
      start: text.length,
      end: text.length + match[1]!.length,
      score: 1,
      flags: words.filter((word): word is Flag => (FLAGS as readonly string[]).includes(word)),
      action:
        words.find((word): word is MedicationAction => (MEDICATION_ACTIONS as readonly string[]).includes(word)) ??
        null,
    });
    text += match[1]!;
  }
  text += marked.slice(position);
  const sentences = [...text.matchAll(/[^\n]+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const note = { id: asId<NoteId>(id), patient: PATIENT, type, date, text, sha256: id };
  return { note, sections: [], sentences, entities, relations: [], pipeline: 'test/1', by: [] };
}

/** A chart of notes, with facts where a test needs them. */
export function chartOf(notes: readonly AnnotatedNote[], facts: Partial<Chart> = {}): Chart {
  return {
    patient: {
      id: PATIENT,
      name: 'Ada Byron',
      birthDate: null,
      sex: 'female',
      race: null,
      ethnicity: null,
      identifiers: [],
    },
    asOf: notes.at(-1)?.note.date ?? null,
    notes,
    events: [],
    medications: [],
    problems: [],
    allergies: [],
    allergyStatement: 'no allergy statement found',
    allergyStatementEvidence: [],
    results: [],
    procedures: [],
    habits: [],
    genotypes: [],
    conflicts: [],
    ...facts,
  };
}

/** A result fact whose evidence is the given words of a note. */
export function resultOf({ note }: AnnotatedNote, words: string, test: string, value: string): ResultFact {
  const start = note.text.indexOf(words);
  const citation = citeNote(note, { start, end: start + words.length });
  const when = { start: note.date, end: note.date, precision: 'day', anchor: 'note-date' } as const;
  return {
    ...factOf(test, note.date),
    display: test,
    evidence: [citation],
    test,
    value,
    numbers: [Number.parseFloat(value)],
    unit: null,
    quantity: null,
    when,
    referenceRange: null,
    flag: null,
  };
}

/** A medication fact with one step. */
export function medicationOf(
  { note }: AnnotatedNote,
  words: string,
  name: string,
  status: 'active' | 'stopped',
  dose: string | null,
): MedicationFact {
  const start = note.text.indexOf(words);
  const evidence = [citeNote(note, { start, end: start + words.length })] as const;
  const when = { start: note.date, end: note.date, precision: 'day', anchor: 'note-date' } as const;
  const step = {
    action: status === 'active' ? 'continue' : 'stop',
    when,
    note: note.id,
    noteDate: note.date,
    dose,
    route: null,
    frequency: null,
    reason: null,
    reasonEvidence: null,
    evidence,
  } as const;
  return {
    ...factOf(name, note.date),
    display: name,
    evidence,
    status,
    dose,
    route: null,
    frequency: null,
    start: null,
    stop: null,
    stopReason: null,
    indication: null,
    ingredients: [name],
    classes: [],
    steps: [step],
  };
}

function factOf(
  concept: string,
  date: string,
): {
  id: FactId;
  concept: string;
  codes: [];
  firstAsserted: string;
  lastAsserted: string;
  lastIndependentlyAsserted: string;
  contextUncertain: boolean;
} {
  return {
    id: asId<FactId>(concept),
    concept,
    codes: [],
    firstAsserted: date,
    lastAsserted: date,
    lastIndependentlyAsserted: date,
    contextUncertain: false,
  };
}

const DRUGS: Readonly<Record<string, readonly string[]>> = {
  warfarin: ['anticoagulant'],
  apixaban: ['anticoagulant'],
  lisinopril: ['ace inhibitor'],
  metformin: [],
};
const TESTS: Readonly<Record<string, string>> = { creatinine: 'creatinine', cr: 'creatinine', inr: 'inr', ldl: 'ldl' };
const CONDITIONS: ReadonlySet<string> = new Set(['stroke', 'fever', 'cough', 'diabetes', 'asthma']);

/** A terminology that knows a handful of words and nothing else. */
export const smallTerminology: Terminology = {
  releases: ['test/1'],
  medication: (words) => {
    const name = words.toLowerCase();
    const classes = DRUGS[name];
    return classes === undefined ? null : { name, ingredients: [name], classes, codes: [], isClass: false };
  },
  condition: (words) => (CONDITIONS.has(words.toLowerCase()) ? { name: words.toLowerCase(), codes: [] } : null),
  test: (words) => {
    const name = TESTS[words.toLowerCase()];
    return name === undefined ? null : { name, codes: [], units: [], referenceRange: null };
  },
  conceptKey: (_label, words) => words.toLowerCase(),
  expansions: () => [],
  synonyms: (label, words) =>
    label === 'Test' && TESTS[words.toLowerCase()] === 'creatinine' ? ['creatinine', 'cr'] : [],
  membersOfClass: (words) =>
    Object.keys(DRUGS).filter((drug) => DRUGS[drug]!.includes(words.toLowerCase().replace(/s$/, ''))),
  membersOfPanel: () => [],
};
