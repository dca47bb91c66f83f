import { describe, expect, it } from 'vitest';
import type { GeneResult } from '../../domain/pgx.ts';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { interpretFinding, readCall } from '../reported/index.ts';
import type { PgxPatient, RecommendInput } from './index.ts';
import { actionOf, guidedDrugs, populationFit, recommend } from './index.ts';

const rules = loadPgxRules();
const results = (calls: Readonly<Record<string, string>>): readonly GeneResult[] =>
  Object.entries(calls).map(([gene, call]) =>
    interpretFinding(rules, readCall(rules, gene, call), 'words', { kind: 'given' }),
  );
const advise = (drug: string, calls: Readonly<Record<string, string>>, more: Partial<RecommendInput> = {}) =>
  recommend(rules, { drug, results: results(calls), patient: {}, current: [], ...more });
const rows = (source: string, guidance: ReturnType<typeof advise>) =>
  guidance.recommendations.filter((one) => one.source === source);

describe('CPIC', () => {
  it('advises against codeine for a poor metabolizer', () => {
    const [row] = rows('CPIC', advise('codeine', { CYP2D6: '*4/*5' }));
    expect([row?.classification, row?.text.startsWith('Avoid codeine use'), actionOf(row!)]).toEqual([
      'Strong',
      true,
      'critical',
    ]);
  });

  it('looks two genes up together', () => {
    const [row] = rows('CPIC', advise('azathioprine', { TPMT: '*1/*3A', NUDT15: '*1/*1' }));
    expect(row?.genes).toEqual([
      { gene: 'TPMT', key: 'Intermediate Metabolizer' },
      { gene: 'NUDT15', key: 'Normal Metabolizer' },
    ]);
  });

  it('takes a gene without a result as not tested, and says so', () => {
    const guidance = advise('amitriptyline', { CYP2D6: '*4/*4' });
    expect(guidance.notTested).toEqual(['CYP2C19']);
    expect(rows('CPIC', guidance)[0]?.missing).toEqual([expect.stringContaining('CYP2C19 was not tested')]);
  });

  it('says nothing where no gene of the drug was tested', () => {
    expect(advise('codeine', { TPMT: '*1/*1' })).toMatchObject({ recommendations: [], notTested: ['CYP2D6'] });
  });

  it('gives every row that a phenotype without a score may mean', () => {
    expect(
      rows('CPIC', advise('fluorouracil', { DPYD: 'intermediate metabolizer' }))
        .map(({ genes }) => genes[0]?.key)
        .sort(),
    ).toEqual(['1.0', '1.5']);
  });

  it('uses the phenotype that the present drugs leave, and names them', () => {
    const guidance = advise(
      'codeine',
      { CYP2D6: '*1/*1' },
      { current: [{ name: 'paroxetine', ingredients: ['paroxetine'] }] },
    );
    const [row] = rows('CPIC', guidance);
    expect([row?.genes[0]?.key, row?.warnings[0]?.code, row?.warnings[0]?.message]).toEqual([
      '0.0',
      'PHENOCONVERTED',
      expect.stringContaining('paroxetine'),
    ]);
  });

  it('takes the score under a moderate inhibitor even where the phenotype stays', () => {
    const current = [{ name: 'duloxetine', ingredients: ['duloxetine'] }];
    expect(rows('CPIC', advise('hydrocodone', { CYP2D6: '*1/*4' }, { current }))[0]?.genes[0]?.key).toBe('0.5');
  });

  it('repeats the warnings of a gene in each recommendation that uses it', () => {
    const warned = results({ CYP2C19: '*2/*2' }).map((result) => ({
      ...result,
      warnings: [{ code: 'UNDOCUMENTED_BASE', message: 'rs1: T' }],
    }));
    const guidance = recommend(rules, { drug: 'clopidogrel', results: warned, patient: {}, current: [] });
    expect(guidance.recommendations.every((row) => row.warnings.some(({ code }) => code === 'UNDOCUMENTED_BASE'))).toBe(
      true,
    );
  });
});

describe('populations', () => {
  const fits = (population: string, patient: PgxPatient) => populationFit(population, patient);

  it.each([
    ['adults', { ageYears: 40 }, 'yes'],
    ['pediatrics', { ageYears: 40 }, 'no'],
    ['pediatrics', {}, 'unknown'],
    ['child >40kg_adult', { ageYears: 12, weightKg: 45 }, 'yes'],
    ['child >40kg_adult', { ageYears: 12, weightKg: 30 }, 'no'],
    ['CVI ACS PCI ', { indication: 'drug-eluting stent after NSTEMI' }, 'yes'],
    ['CVI ACS PCI ', { indication: 'recent stroke' }, 'no'],
    ['NVI', { indication: 'TIA' }, 'yes'],
    ['NVI', {}, 'unknown'],
    ['CBZ naive', { takenOverThreeMonths: false }, 'yes'],
    ['CBZ use >3mos ', { takenOverThreeMonths: false }, 'no'],
    ['general', {}, 'yes'],
  ] as const)('"%s" and %j: %s', (population, patient, fit) => expect(fits(population, patient)).toBe(fit));

  it('are all shown where the age is not known, with that said', () => {
    const missing = rows('CPIC', advise('voriconazole', { CYP2C19: '*17/*17' })).map((row) => row.missing.join());
    expect(missing).toEqual([expect.stringContaining('age'), expect.stringContaining('age')]);
  });

  it('are narrowed by the age', () => {
    const found = rows('CPIC', advise('voriconazole', { CYP2C19: '*17/*17' }, { patient: { ageYears: 9 } }));
    expect(found.map(({ population }) => population)).toEqual(['pediatrics']);
  });
});

describe('the Dutch working group', () => {
  it('is told by its flags in our own words', () => {
    const [row] = rows('DPWG', advise('clopidogrel', { CYP2C19: '*2/*2' }));
    expect([row?.flags.alternativeDrug, row?.text]).toEqual([true, expect.stringContaining('DPWG')]);
  });

  it('counts its rows by diplotype only where asked to', () => {
    const calls = { CYP2C9: '*3/*3' };
    expect([
      rows('DPWG', advise('siponimod', calls)).length,
      rows('DPWG', advise('siponimod', calls, { byDiplotype: true })).length,
    ]).toEqual([0, 1]);
  });
});

describe('the FDA table', () => {
  it.each([
    ['abacavir', { 'HLA-B': '*57:01 positive' }, 1],
    ['abacavir', { 'HLA-B': '*57:01 negative' }, 0],
    ['celecoxib', { CYP2C9: '*1/*3' }, 1],
    ['warfarin', { VKORC1: 'G/A' }, 1],
    ['warfarin', { VKORC1: 'G/G' }, 0],
    ['azathioprine', { NUDT15: '*3/*3' }, 1],
    ['simvastatin', { SLCO1B1: '521TC' }, 1],
    ['codeine', { CYP2D6: '*1/*1' }, 0],
  ] as const)('has for %s and %j %i rows', (drug, calls, count) => {
    expect(rows('FDA', advise(drug, calls))).toHaveLength(count);
  });

  it('is served word for word', () => {
    const [row] = rows('FDA', advise('abacavir', { 'HLA-B': '*57:01 positive' }));
    const source = rules.fda.rows.find(({ drug }) => drug === 'Abacavir');
    expect([row?.text, row?.genes[0]?.key]).toEqual([source?.description, source?.affectedSubgroups]);
  });
});

it('names an antiemetic for an ultrarapid metabolizer, which CPIC has a guideline but no rows for', () => {
  const [row] = rows('CPIC', advise('ondansetron', { CYP2D6: '*1/*2x2' }));
  expect([row?.rowId, row?.text, actionOf(row!)]).toEqual([null, expect.stringContaining('granisetron'), 'warning']);
});

describe('how grave guidance is', () => {
  it.each([
    ['clopidogrel', { CYP2C19: '*2/*2' }, 'critical'],
    ['simvastatin', { SLCO1B1: '*5/*5' }, 'warning'],
    ['tamoxifen', { CYP2D6: '*1/*1' }, 'none'],
    ['metoprolol', { CYP2D6: '*1/*1' }, 'none'],
    ['mercaptopurine', { TPMT: '*1/*1', NUDT15: '*1/*1' }, 'none'],
    ['mercaptopurine', { TPMT: '*1/*3A', NUDT15: '*1/*1' }, 'warning'],
  ] as const)('%s with %j: %s', (drug, calls, action) => {
    expect(actionOf(rows('CPIC', advise(drug, calls))[0]!)).toBe(action);
  });
});

it('knows every drug that any table guides', () => {
  const drugs = guidedDrugs(rules);
  expect(
    ['codeine', 'warfarin', 'ondansetron', 'sulfamethoxazole / trimethoprim', 'acenocoumarol'].filter(
      (drug) => !drugs.includes(drug),
    ),
  ).toEqual([]);
});
