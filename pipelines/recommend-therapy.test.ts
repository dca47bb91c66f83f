import { describe, expect, it } from 'vitest';
import type { AnnotatedNote } from './domain/annotated-note.ts';
import type { AllergyFact, Chart, MedicationFact } from './domain/chart.ts';
import type { NoteCitation } from './domain/evidence.ts';
import type { FactId, NoteId, PatientId } from './domain/ids.ts';
import { asId } from './domain/ids.ts';
import type { GeneResult, TherapyAdvice } from './domain/pgx.ts';
import { loadPgxRules } from './engines/pgx-rules/index.ts';
import { interpretFinding, readCall } from './pgx/reported/index.ts';
import { recommendTherapy } from './recommend-therapy.ts';

const pgx = loadPgxRules();
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  simvastatin: ['statin'],
  pravastatin: ['statin'],
  amoxicillin: ['penicillin', 'antibiotic'],
};
const terminology = {
  medication: (words: string) => {
    const name = words.toLowerCase() === 'plavix' ? 'clopidogrel' : words.toLowerCase();
    return { name, ingredients: [name], classes: CLASSES[name] ?? [], codes: [], isClass: false };
  },
  membersOfClass: (words: string) => (words === 'penicillin' ? ['amoxicillin'] : []),
};

function noteOf(date: string, text: string): AnnotatedNote {
  const note = { id: asId<NoteId>(`n${date}`), patient: asId<PatientId>('p'), date, type: 'note', text, sha256: '' };
  return {
    note,
    sections: [],
    sentences: [],
    entities: [],
    relations: [],
    pipeline: 't',
    by: [],
  } as unknown as AnnotatedNote;
}

const cited = (quote: string): NoteCitation => ({
  kind: 'note',
  noteId: asId<NoteId>('n'),
  start: 0,
  end: quote.length,
  quote,
});
const fact = (name: string) => ({
  id: asId<FactId>(name),
  concept: name,
  display: name,
  codes: [],
  evidence: [cited(name)] as const,
  firstAsserted: '2020-01-01',
  lastAsserted: '2022-01-01',
  lastIndependentlyAsserted: '2022-01-01',
  contextUncertain: false,
});
const medication = (name: string, more: Partial<MedicationFact> = {}): MedicationFact => ({
  ...fact(name),
  status: 'active',
  dose: null,
  route: null,
  frequency: null,
  start: null,
  stop: null,
  stopReason: null,
  indication: null,
  ingredients: [name],
  classes: CLASSES[name] ?? [],
  steps: [],
  ...more,
});
const allergy = (substance: string, reaction: string): AllergyFact => ({
  ...fact(substance),
  substance,
  reaction,
  interpreted: true,
  classes: [],
});

function chartOf(notes: readonly AnnotatedNote[], more: Partial<Chart> = {}): Chart {
  const patient = {
    id: asId<PatientId>('p'),
    name: 'Ann Example',
    birthDate: '1950-05-05',
    sex: 'female',
    race: 'White',
    ethnicity: null,
    identifiers: [],
  } as const;
  const empty = {
    events: [],
    medications: [],
    problems: [],
    allergies: [],
    allergyStatementEvidence: [],
    results: [],
    procedures: [],
    habits: [],
    genotypes: [],
    conflicts: [],
  };
  return { patient, asOf: '2022-06-01', notes, ...empty, allergyStatement: 'no allergy statement found', ...more };
}
const report = (chart: Chart, drugs?: readonly string[], uploads: readonly GeneResult[] = []) =>
  recommendTherapy({ chart, uploads, ...(drugs && { drugs }) }, { pgx, terminology });
const adviceOn = (drug: string, chart: Chart): TherapyAdvice => report(chart, [drug]).advice[0]!;
const upload = (gene: string, result: string): GeneResult =>
  interpretFinding(pgx, readCall(pgx, gene, result), 'words', { kind: 'report', file: 'lab' });

describe('a question about one drug', () => {
  const poor = [noteOf('2021-01-01', 'PGx: CYP2C19 *2/*2, poor metabolizer.')];

  it('is answered with phenotype, advice, strength, and both kinds of citation', () => {
    const advice = adviceOn('Plavix', chartOf(poor));
    expect([advice.action, advice.summary]).toEqual([
      'critical',
      expect.stringMatching(/^CYP2C19 \*2\/\*2, poor metabolizer: Avoid .*\(CPIC, strong\)\.$/),
    ]);
    expect(new Set(advice.citations.map(({ kind }) => kind))).toEqual(new Set(['rule', 'note']));
    expect(advice.notChecked).toContain('pregnancy and breastfeeding');
  });

  it('is led by an allergy, which genetics never overrides', () => {
    const normal = [noteOf('2021-01-01', 'HLA-B*57:01 negative.')];
    const advice = adviceOn('abacavir', chartOf(normal, { allergies: [allergy('abacavir', 'anaphylaxis')] }));
    expect([advice.action, advice.summary.startsWith('The chart has allergy to abacavir: anaphylaxis')]).toEqual([
      'critical',
      true,
    ]);
  });

  it('counts an allergy to the class', () => {
    const advice = adviceOn('amoxicillin', chartOf([], { allergies: [allergy('penicillin', 'hives')] }));
    expect(advice.chartItems.map(({ kind, contrary }) => [kind, contrary])).toEqual([['allergy', true]]);
  });

  it('tells an intolerance from an allergy', () => {
    const advice = adviceOn('codeine', chartOf([], { allergies: [allergy('codeine', 'nausea')] }));
    expect([advice.chartItems[0]?.kind, advice.action]).toEqual(['intolerance', 'warning']);
  });

  it('is led by an earlier stop with its reason, of the drug or of its class', () => {
    const stopped = medication('simvastatin', { status: 'stopped', stopReason: 'myopathy, CK 1,120' });
    const chart = chartOf([noteOf('2021-01-01', 'SLCO1B1 *1/*5.')], { medications: [stopped] });
    expect(adviceOn('simvastatin', chart).summary).toContain('simvastatin stopped: myopathy');
    expect(adviceOn('pravastatin', chart).summary).toContain('simvastatin stopped: myopathy');
  });

  it('is answered "not tested" where guidance asks for a gene that nothing reports', () => {
    const advice = adviceOn('codeine', chartOf(poor));
    expect([advice.action, advice.summary]).toEqual([
      'not-assessed',
      'Guidance for codeine depends on CYP2D6, which no source of this chart reports.',
    ]);
  });

  it('is answered "no guideline" where none links the drug to a gene', () => {
    expect(adviceOn('amlodipine', chartOf(poor)).summary).toBe(
      'No guideline of this release links amlodipine to a gene.',
    );
  });
});

describe('the drugs taken now', () => {
  const normal = [noteOf('2021-01-01', 'CYP2D6 *1/*1.')];
  const chart = chartOf(normal, {
    medications: [medication('codeine'), medication('paroxetine'), medication('fluoxetine', { status: 'stopped' })],
  });

  it('change the phenotype, with the words that show that they are taken', () => {
    const clinical = report(chart).genes[0]?.clinicalPhenotype;
    expect([clinical?.phenotype, clinical?.perpetrators.map(({ drug, evidence }) => [drug, evidence?.quote])]).toEqual([
      'Poor Metabolizer',
      [['paroxetine', 'paroxetine']],
    ]);
  });

  it('are what advice is given on where no drug is asked', () => {
    expect(report(chart).advice.map(({ drug, action }) => [drug, action])).toContainEqual(['codeine', 'critical']);
  });

  it('make no second genotype of a note that calls the patient a poor metabolizer', () => {
    const notes = [...normal, noteOf('2022-01-01', 'CYP2D6 poor metabolizer.')];
    expect(report({ ...chart, notes }).conflicts).toEqual([]);
  });
});

describe('sources that disagree', () => {
  it('are a conflict; each result gives its own guidance', () => {
    const chart = chartOf([noteOf('2020-01-01', 'CYP2C19 *2/*2.'), noteOf('2021-01-01', 'CYP2C19 *1/*2.')]);
    const { genes, conflicts, advice } = report(chart, ['clopidogrel']);
    expect(conflicts.map(({ gene, results }) => [gene, results.map(({ text }) => text)])).toEqual([
      ['CYP2C19', expect.arrayContaining(['*2/*2, Poor Metabolizer', '*1/*2, Intermediate Metabolizer'])],
    ]);
    expect(genes[0]?.warnings.map(({ code }) => code)).toContain('REPORTS_DISAGREE');
    expect(new Set(advice[0]?.recommendations.map((row) => row.genes[0]?.key))).toContain('Poor Metabolizer');
  });

  it('are none where a later note takes the earlier result back', () => {
    const chart = chartOf([
      noteOf('2020-01-01', 'CYP2C19 *2/*2.'),
      noteOf('2021-01-01', 'CYP2C19 *1/*2. The 2020 letter giving CYP2C19 *2/*2 has been marked as superseded.'),
    ]);
    const { genes, conflicts } = report(chart);
    expect([genes[0]?.diplotypes, conflicts]).toEqual([[['*1', '*2']], []]);
  });

  it('are none where a file says the same as a note', () => {
    const { genes, conflicts } = report(
      chartOf([noteOf('2020-01-01', 'TPMT intermediate metabolizer.')]),
      [],
      [upload('TPMT', '*1/*3A')],
    );
    expect([genes[0]?.diplotypes, conflicts]).toEqual([[['*1', '*3A']], []]);
  });

  it('are found for HLA only where one allele is both there and not there', () => {
    const both = chartOf([
      noteOf('2020-01-01', 'HLA-B*57:01 positive. HLA-B*58:01 negative.'),
      noteOf('2021-01-01', 'HLA-B*57:01 negative.'),
    ]);
    expect(report(both).conflicts.map(({ gene }) => gene)).toEqual(['HLA-B']);
  });
});

it('leaves a relative out', () => {
  expect(report(chartOf([noteOf('2020-01-01', 'Brother tested, CYP2C19 *2/*2.')])).genes).toEqual([]);
});

it('works out a warfarin dose from the chart and says what it took for unknown', () => {
  const chart = chartOf([noteOf('2021-01-01', 'CYP2C9 *1/*3, VKORC1 -1639 G/A.')], {
    medications: [medication('warfarin')],
  });
  const stated = { heightCm: 165, weightKg: 70 };
  const { warfarin } = recommendTherapy({ chart, uploads: [], drugs: ['warfarin'], stated }, { pgx, terminology });
  expect(warfarin.map(({ algorithm }) => algorithm)).toEqual(['IWPC_pharmacogenetic', 'IWPC_clinical']);
});

it('gives the same report for the same chart', () => {
  const chart = chartOf([noteOf('2021-01-01', 'CYP2D6 *4/*4.')], { medications: [medication('codeine')] });
  expect(report(chart)).toEqual(report(chart));
});
