import { createHash } from 'node:crypto';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { IsoDate, NoteId, PatientId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import { buildChart } from '#pipelines/timeline/index.ts';
import { goldNote } from './gold-notes.ts';
import { parseInlineTags } from './inline-tags.ts';

const PATIENT: Patient = {
  id: asId<PatientId>('marked'),
  name: 'Invented Person',
  birthDate: '1950-06-15',
  sex: 'female',
  race: null,
  ethnicity: null,
  identifiers: [],
};

/** A clinical case as a clinician can read it: notes with inline tags, by date. */
export type MarkedNotes = readonly (readonly [date: IsoDate, text: string])[];

/** Builds the chart of marked notes, with a terminology of a few names unless another is given. */
export function markedChart(
  notes: MarkedNotes,
  options: { readonly asOf?: IsoDate; readonly birthDate?: IsoDate; readonly terminology?: Terminology } = {},
): Chart {
  const patient = options.birthDate === undefined ? PATIENT : { ...PATIENT, birthDate: options.birthDate };
  const annotated = notes.map(([date, text], index) => markedNote(date, text, index));
  return buildChart({
    patient,
    notes: annotated,
    terminology: options.terminology ?? FEW_NAMES,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
  });
}

/** One marked note with its layers. */
export function markedNote(date: IsoDate, marked: string, index = 0): AnnotatedNote {
  const gold = parseInlineTags(marked);
  const sha256 = createHash('sha256').update(gold.text).digest('hex');
  return goldNote(
    { id: asId<NoteId>(`n${index + 1}`), patient: PATIENT.id, type: 'note', date, text: gold.text, sha256 },
    gold,
  );
}

const DRUGS: Readonly<Record<string, string>> = {
  lipitor: 'atorvastatin',
  eliquis: 'apixaban',
  asa: 'aspirin',
  lasix: 'furosemide',
  'metoprolol succinate': 'metoprolol',
  'metoprolol tartrate': 'metoprolol',
};
const TESTS: Readonly<Record<string, string>> = {
  a1c: 'hemoglobin a1c',
  hba1c: 'hemoglobin a1c',
  cr: 'creatinine',
  hgb: 'hemoglobin',
  ef: 'ejection fraction',
  bp: 'blood pressure',
};
const CONDITIONS: Readonly<Record<string, string>> = {
  htn: 'hypertension',
  mi: 'myocardial infarction',
  af: 'atrial fibrillation',
};
const CLASSES: Readonly<Record<string, readonly string[]>> = { penicillin: ['amoxicillin', 'penicillin'] };

/** Just enough names for cases to read naturally. */
export const FEW_NAMES: Terminology = {
  releases: ['few-names'],
  medication: (words) => {
    const name = DRUGS[words.toLowerCase()] ?? words.toLowerCase();
    return { name, ingredients: [name], classes: [], codes: [], isClass: false };
  },
  condition: () => null,
  test: () => null,
  conceptKey: (label, words) => {
    const key = words.toLowerCase();
    const names = label === 'Medication' ? DRUGS : label === 'Test' ? TESTS : CONDITIONS;
    return names[key] ?? key;
  },
  expansions: () => [],
  synonyms: () => [],
  membersOfClass: (words) => CLASSES[words.toLowerCase()] ?? [],
  membersOfPanel: () => [],
};
