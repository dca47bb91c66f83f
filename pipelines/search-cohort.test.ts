import { describe, expect, it } from 'vitest';
import type { AnnotatedNote } from './domain/annotated-note.ts';
import type { Assertion } from './domain/assertion.ts';
import type { EntityId, EventId, NoteId, PatientId } from './domain/ids.ts';
import { asId } from './domain/ids.ts';
import type { Sex } from './domain/patient.ts';
import type { TimelineEvent } from './domain/timeline.ts';
import { loadTerminology } from './engines/terminology/index.ts';
import { readCohortQuery } from './retrieval/cohort/read-query.ts';
import { patientFacts } from './retrieval/cohort/patient-facts.ts';
import type { CohortPatient } from './search-cohort.ts';
import { searchCohort } from './search-cohort.ts';

const terminology = loadTerminology('pipelines/rules/terminology/2026.1');

const KINDS = {
  C: 'condition',
  S: 'finding',
  M: 'medication',
  P: 'procedure',
  T: 'result',
  H: 'habit',
  Z: 'genotype',
} as const;
const LABELS = { C: 'Condition', S: 'Finding', M: 'Medication', P: 'Procedure', T: 'Test', H: 'Habit', Z: 'Genotype' };

interface Person {
  readonly sex?: Sex;
  readonly born?: string;
  /** Day, then mentions: label, words, and what is said of them (`neg`, `fam`, `hyp`, `unc`, `hist`, an action, or a value). */
  readonly notes: Readonly<Record<string, readonly string[]>>;
}

/** `M warfarin: stop` or `T INR: 4.8` or `C DVT: neg`. */
function eventOf(patient: string, note: string, date: string, mention: string, at: number): TimelineEvent {
  const [, tag, words, said = ''] = /^([CSMPTHZ]) ([^:]+|HLA[^ ]+ \w+)(?:: (.*))?$/.exec(mention)!;
  const label = tag as keyof typeof KINDS;
  const assertion: Assertion = {
    existence: said === 'neg' ? 'absent' : said === 'unc' ? 'possible' : said === 'hyp' ? 'hypothetical' : 'present',
    temporality: said === 'hist' ? 'historical' : 'current',
    experiencer: said === 'fam' ? 'family' : 'patient',
  };
  const isAction = label === 'M' && !['', 'neg', 'fam', 'hyp', 'unc', 'hist'].includes(said);
  return {
    id: asId<EventId>(`${note}/${at}`),
    patient: asId<PatientId>(patient),
    note: asId<NoteId>(note),
    entity: asId<EntityId>(String(at)),
    kind: KINDS[label],
    display: words!,
    concept: terminology.conceptKey(LABELS[label], words!),
    concepts: [],
    assertion,
    when: { start: date, end: date, precision: 'day', anchor: 'note-date' },
    ...(label === 'M' ? { action: isAction ? (said as 'start') : null } : {}),
    ...(label === 'T' && said !== '' ? { value: said } : {}),
    evidence: [
      { kind: 'note', noteId: asId<NoteId>(note), start: at * 50, end: at * 50 + words!.length, quote: words! },
    ],
    by: { component: 'test' },
  };
}

function cohortOf(people: Readonly<Record<string, Person>>): readonly CohortPatient[] {
  return Object.entries(people).map(([id, { sex = 'female', born = '1950-01-01', notes }]) => ({
    patient: { id: asId<PatientId>(id), name: id, birthDate: born, sex },
    events: Object.entries(notes).flatMap(([date, mentions]) =>
      mentions.map((mention, at) => eventOf(id, `${id}-${date}`, date, mention, at)),
    ),
    noteDates: new Map(Object.keys(notes).map((date) => [asId<NoteId>(`${id}-${date}`), date])),
  }));
}

const PEOPLE = cohortOf({
  bleeder: { notes: { '2020-01-01': ['M warfarin: continue', 'C upper GI bleed', 'T INR: 5.1'] } },
  denies: { notes: { '2020-01-01': ['M warfarin: continue', 'S melena: neg'] } },
  familyBleed: { notes: { '2020-01-01': ['M Coumadin: continue', 'C GI bleed: fam', 'C breast cancer: fam'] } },
  atRisk: { notes: { '2020-01-01': ['M warfarin: continue', 'C GI bleed: hyp'] } },
  elsewhere: { notes: { '2018-01-01': ['C GI bleed'], '2020-01-01': ['M warfarin: start'] } },
  weak: { sex: 'male', notes: { '2021-01-01': ['T EF: 25-30%', 'M lisinopril: continue', 'C HFrEF'] } },
  weakTreated: { sex: 'male', notes: { '2021-01-01': ['T LVEF: 20%', 'M Coreg: continue', 'C CHF'] } },
  weakStopped: {
    sex: 'male',
    notes: { '2020-01-01': ['T EF: 30%', 'M metoprolol: continue'], '2021-01-01': ['M metoprolol: stop'] },
  },
  strong: { sex: 'male', notes: { '2021-01-01': ['T EF: 60%', 'C atrial fibrillation'] } },
  allergic: { born: '1990-05-01', notes: { '2022-01-01': ['M PCN: allergy', 'C T2DM', 'T A1c: 9.6%', 'C AF'] } },
  mmol: {
    notes: { '2022-01-01': ['C type 1 diabetes', 'T HbA1c: 95 mmol/mol', 'H 20/day smoker', 'M amoxicillin: start'] },
  },
  poor: { notes: { '2022-01-01': ['Z CYP2D6 poor metabolizer', 'M Tramal: continue', 'H ex-smoker'] } },
  normal: { notes: { '2022-01-01': ['Z CYP2D6 normal metabolizer', 'M codeine: continue', 'H never smoker: neg'] } },
  operated: { notes: { '2019-01-01': ['P CABG x3: hist', 'P left TKR', 'C stroke'], '2021-06-01': ['C pneumonia'] } },
});

const namesFor = async (query: string): Promise<string[]> =>
  (await searchCohort(query, { terminology, patients: async () => PEOPLE })).patients.map(({ name }) => name).sort();

describe('cohort search', () => {
  it.each([
    ['which patients had a GI bleed on warfarin', ['bleeder']],
    ['GI bleed and warfarin', ['bleeder', 'elsewhere']],
    ['patients with EF under 35% not on a beta blocker', ['weak', 'weakStopped']],
    ['EF < 35 on a beta blocker', ['weakTreated']],
    ['who is allergic to penicillin', ['allergic']],
    ['penicillin allergy', ['allergic']],
    ['patients taking a penicillin', ['mmol']],
    ['diabetics with A1c over 9', ['allergic', 'mmol']],
    ['type 1 diabetes', ['mmol']],
    ['CYP2D6 poor metabolizers on codeine or tramadol', ['poor']],
    ['codeine or tramadol', ['normal', 'poor']],
    ['women under 40 with AF', ['allergic']],
    ['men with AF', ['strong']],
    ['family history of breast cancer', ['familyBleed']],
    ['breast cancer', []],
    ['on a blood thinner', ['atRisk', 'bleeder', 'denies', 'elsewhere', 'familyBleed']],
    ['who stopped metoprolol', ['weakStopped']],
    ['INR above 4', ['bleeder']],
    ['heart failure without an ACE inhibitor or ARB', ['weakTreated']],
    ['bypass surgery', ['operated']],
    ['hip or knee replacement', ['operated']],
    ['stroke in 2019', ['operated']],
    ['stroke since 2020', []],
    ['current smokers', ['mmol']],
    ['ex-smokers', ['poor']],
    ['never smokers', ['normal']],
    ['the weather tomorrow', []],
  ])('"%s"', async (query, names) => {
    expect(await namesFor(query)).toEqual(names);
  });

  it('cites the words of each thing that was asked for, with note, day and assertion', async () => {
    const { patients } = await searchCohort('GI bleed on warfarin', { terminology, patients: async () => PEOPLE });
    expect(patients[0]?.hits).toEqual([
      expect.objectContaining({
        noteId: 'bleeder-2020-01-01',
        date: '2020-01-01',
        quote: 'upper GI bleed',
        label: 'Condition',
      }),
      expect.objectContaining({
        quote: 'warfarin',
        label: 'Medication',
        assertion: expect.objectContaining({ existence: 'present' }),
      }),
    ]);
  });

  it('places first who has most mentions, and keeps to the limit', async () => {
    const people = cohortOf({
      once: { notes: { '2020-01-01': ['C gout'] } },
      often: { notes: { '2020-01-01': ['C gout', 'C gouty arthritis'], '2021-01-01': ['C gout flare'] } },
    });
    const engines = { terminology, patients: async () => people };
    expect((await searchCohort('gout', engines)).patients.map(({ name }) => name)).toEqual(['often', 'once']);
    expect((await searchCohort('gout', engines, 1)).patients).toHaveLength(1);
  });

  it('says which words it had to leave out', async () => {
    const second = await searchCohort('xylophone stroke', { terminology, patients: async () => PEOPLE });
    expect(second.ignored).toEqual(['xylophone']);
    expect(second.patients.map(({ name }) => name)).toEqual(['operated']);
  });

  it('finds free words by meaning among event lines, asserted ones only', async () => {
    const index = {
      dimension: 1,
      size: 2,
      add: async () => undefined,
      delete: async () => undefined,
      save: async () => undefined,
      search: async () => [
        { id: 'event:operated-2021-06-01/0', score: 0.9 },
        { id: 'event:denies-2020-01-01/1', score: 0.9 },
      ],
    };
    const embedder = { release: 'test/1', dimension: 1, embed: async () => [new Float32Array([1])] };
    const found = await searchCohort('zorblax', { terminology, patients: async () => PEOPLE, index, embedder });
    expect(found.patients.map(({ name }) => name)).toEqual(['operated']);
    expect(found.by).toContain('test/1');
  });
});

describe('reading a query', () => {
  const read = (query: string) => readCohortQuery(query, terminology);

  it('takes "no MI or stroke" to deny both', () => {
    const [group] = read('no MI or stroke').groups;
    expect(group).toMatchObject({ negated: true, anyOf: [{ words: 'MI' }, { words: 'stroke' }] });
  });

  it('keeps what is said of one drug from the next', () => {
    const [first, second] = read('metformin stopped and now on insulin').groups;
    expect(first?.anyOf[0]?.mode).toBe('stopped');
    expect(second?.anyOf[0]?.mode).toBe('current');
  });

  it('reads ages, and no test result as an age', () => {
    expect(read('women over 60').age).toEqual({ from: 61, to: 150 });
    expect(read('patients aged 40 to 50 with gout').age).toEqual({ from: 40, to: 50 });
    expect(read('INR over 4').age).toBeNull();
  });

  it('converts the units of a limit', () => {
    expect(read('haemoglobin under 70 g/L').groups[0]?.anyOf[0]?.comparison?.high).toBeCloseTo(7);
  });
});

describe('facts of a patient', () => {
  it('take in tests that a note mentions without a value', () => {
    const text = 'Colonoscopy last year. Echo planned.';
    const note: AnnotatedNote = {
      note: {
        id: asId<NoteId>('n'),
        patient: asId<PatientId>('p'),
        type: 'note',
        date: '2020-01-01',
        text,
        sha256: '',
      },
      sections: [],
      sentences: [],
      entities: [
        { id: asId<EntityId>('1'), start: 0, end: 11, label: 'Test', score: 1, flags: [], action: null },
        { id: asId<EntityId>('2'), start: 23, end: 27, label: 'Test', score: 1, flags: ['hyp'], action: null },
      ],
      relations: [],
      pipeline: 'test/1',
      by: [],
    };
    const { events } = patientFacts({ notes: [note], events: [] }, terminology);
    expect(events.map(({ display, assertion }) => [display, assertion.existence])).toEqual([
      ['Colonoscopy', 'present'],
      ['Echo', 'hypothetical'],
    ]);
  });
});
