import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '#pipelines/engines/pgx-rules/index.ts';
import { BadLine } from './json-lines.ts';
import { readLine } from './pgx-input.ts';
import { answerLine } from './pgx-line.ts';

interface Out {
  readonly id: unknown;
  readonly genes: readonly {
    gene: string;
    diplotypes: string[][];
    phenotype: string[];
    clinicalPhenotype: { phenotype: string } | null;
    warnings: { code: string }[];
  }[];
  readonly recommendations: readonly {
    drug: string;
    source: string;
    rowId: number | string | null;
    missing: string[];
  }[];
  readonly drugs?: readonly { drug: string; action: string; notTested: string[] }[];
  readonly warfarin?: Readonly<Record<string, { weeklyMg: number; dailyMg: number }>>;
  readonly errors: readonly { code: string }[];
}

const brands: Readonly<Record<string, string>> = { imuran: 'azathioprine', paxil: 'paroxetine' };
const medication = (words: string) => {
  const name = brands[words.toLowerCase()];
  return name === undefined ? null : { name, ingredients: [name], classes: [], codes: [], isClass: false };
};
const engines = { rules: loadPgxRules(), terminology: () => ({ medication }) };
const answer = async (line: object): Promise<Out> => (await answerLine(readLine({ id: 'x', ...line }), engines)) as Out;

describe('a line', () => {
  it('with calls, a drug and the drugs taken now gives the converted phenotype and its rows', async () => {
    const { genes, recommendations } = await answer({
      calls: [{ gene: 'CYP2D6', result: '*1/*1' }],
      medications: ['Paxil'],
      drugs: ['codeine'],
    });
    expect([genes[0]?.phenotype, genes[0]?.clinicalPhenotype?.phenotype]).toEqual([
      ['Normal Metabolizer'],
      'Poor Metabolizer',
    ]);
    expect(recommendations.map(({ source, rowId }) => [source, rowId])).toEqual([
      ['CPIC', 8480417],
      ['DPWG', 'PA166302161'],
      ['FDA', null],
    ]);
  });

  it('with a note reads it by rules', async () => {
    const { genes, drugs } = await answer({ note: 'TPMT *1/*3A, NUDT15 *1/*1.', drugs: ['Imuran', 'warfarin'] });
    expect(genes.map(({ gene, diplotypes }) => [gene, diplotypes])).toEqual([
      ['TPMT', [['*1', '*3A']]],
      ['NUDT15', [['*1', '*1']]],
    ]);
    expect(drugs).toEqual([
      { drug: 'imuran', action: 'warning', notTested: [] },
      { drug: 'warfarin', action: 'not-assessed', notTested: ['CYP2C9', 'VKORC1', 'CYP4F2'] },
    ]);
  });

  it('with the inputs of the algorithms gives warfarin doses', async () => {
    const patient = {
      age: 65,
      race: 'White',
      heightCm: 170,
      weightKg: 75,
      VKORC1: 'AG',
      CYP2C9: '*1/*3',
      amiodarone: 0,
    };
    const { warfarin } = await answer({ patient, drugs: ['warfarin'] });
    expect(Object.keys(warfarin ?? {})).toEqual(['IWPC_pharmacogenetic', 'IWPC_clinical']);
  });

  it('with a VCF that cannot be read says so and uses the rest', async () => {
    const { errors, genes } = await answer({ vcf: 'not a vcf\n', calls: [{ gene: 'TPMT', result: '*1/*1' }] });
    expect([errors.map(({ code }) => code), genes.map(({ gene }) => gene)]).toEqual([['VCF_NOT_VCF'], ['TPMT']]);
  });

  it('with two reports that differ prefers neither', async () => {
    const { genes } = await answer({ calls: [{ gene: 'CYP2C19', result: '*1/*1' }], report: 'CYP2C19\t*2/*2\n' });
    expect([genes[0]?.diplotypes.length, genes[0]?.warnings.map(({ code }) => code)]).toEqual([
      2,
      ['REPORTS_DISAGREE'],
    ]);
  });
});

it.each([
  ['no id', { calls: [] }, 'id'],
  ['calls that are no list', { id: 1, calls: 'x' }, 'calls'],
  ['a call without a gene', { id: 1, calls: [{ result: '*1/*1' }] }, 'gene'],
  ['an age in words', { id: 1, patient: { age: 'old' } }, 'age'],
])('refuses a line with %s', (_what, line, named) => {
  expect(() => readLine(line)).toThrow(BadLine);
  expect(() => readLine(line)).toThrow(named);
});
