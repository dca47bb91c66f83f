import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { interpretFinding, readCall } from '../reported/index.ts';
import { UNKNOWN_PATIENT, adviseWarfarin, computeDose, warfarinRace } from './index.ts';

const rules = loadPgxRules();
const genes = (calls: Readonly<Record<string, string>>) =>
  Object.entries(calls).map(([gene, call]) =>
    interpretFinding(rules, readCall(rules, gene, call), 'words', { kind: 'given' }),
  );
const adult = {
  ...UNKNOWN_PATIENT,
  ageYears: 65,
  heightCm: 170,
  weightKg: 75,
  race: 'White',
  amiodarone: false,
  enzymeInducer: false,
} as const;

describe('the IWPC algorithm', () => {
  // Worked by hand: (5.6044 - 0.2614*6 + 0.0087*170 + 0.0128*75 - 1.6974 - 0.9357)^2 = 14.8 mg a week.
  it('gives 14.8 mg a week to a white adult of 65 with VKORC1 AA and CYP2C9 *1/*3', () => {
    const dose = computeDose('IWPC_pharmacogenetic', rules.warfarin.get('IWPC_pharmacogenetic')!, {
      ...adult,
      vkorc1: 'AA',
      cyp2c9: '*1/*3',
    });
    expect('weeklyMg' in dose && dose.weeklyMg).toBeCloseTo((5.6044 - 1.5684 + 1.479 + 0.96 - 1.6974 - 0.9357) ** 2, 6);
  });
});

describe('advice on warfarin', () => {
  it('gives doses by genotype and says what was taken for unknown', () => {
    const { doses } = adviseWarfarin(rules, genes({ VKORC1: '-1639 A/A', CYP2C9: '*1/*3' }), { ...adult, race: null });
    const iwpc = doses.find((dose) => dose.algorithm === 'IWPC_pharmacogenetic');
    expect([iwpc !== undefined, iwpc?.missing.join(' ')]).toEqual([true, expect.stringContaining('race not known')]);
  });

  it('gives no dose to a child', () => {
    const { doses, recommendation } = adviseWarfarin(rules, genes({ VKORC1: 'A/A', CYP2C9: '*1/*3' }), {
      ...adult,
      ageYears: 9,
    });
    expect([doses, recommendation.text]).toEqual([[], expect.stringContaining('for adults')]);
  });

  it('doses clinically in African ancestry unless CYP2C9 *5, *6, *8 and *11 were tested', () => {
    const results = genes({ VKORC1: 'G/G', CYP2C9: '*1/*1' });
    const untested = adviseWarfarin(rules, results, { ...adult, race: 'Black' });
    const tested = adviseWarfarin(rules, results, { ...adult, race: 'Black', africanAllelesTested: true });
    expect(untested.doses.map((dose) => dose.algorithm)).toEqual(['IWPC_clinical']);
    expect(untested.recommendation.text).toContain('Dose clinically');
    expect(tested.doses.map((dose) => dose.algorithm)).toContain('IWPC_pharmacogenetic');
  });

  it('gives no figure for alleles that the algorithms do not know', () => {
    const { doses, recommendation } = adviseWarfarin(rules, genes({ VKORC1: 'G/A', CYP2C9: '*1/*8' }), {
      ...adult,
      race: 'Black',
    });
    expect(doses.map((dose) => dose.algorithm)).toEqual(['IWPC_clinical']);
    expect(recommendation.text).toContain('decrease the calculated dose by 15-30%');
  });

  it('gives no dose without height, and says why', () => {
    const { doses, recommendation } = adviseWarfarin(rules, genes({ VKORC1: 'G/A', CYP2C9: '*1/*1' }), {
      ...adult,
      heightCm: null,
    });
    expect([doses, recommendation.missing.join(' ')]).toEqual([[], expect.stringContaining('height not known')]);
  });

  it('considers another drug for CYP2C9 poor metabolism', () => {
    const { recommendation } = adviseWarfarin(rules, genes({ VKORC1: 'A/A', CYP2C9: '*3/*3' }), adult);
    expect([recommendation.flags.alternativeDrug, recommendation.text]).toEqual([
      true,
      expect.stringContaining('alternative anticoagulant'),
    ]);
  });
});

it.each([
  ['Black or African American', 'Black'],
  ['White', 'White'],
  ['Asian (Korean)', 'Asian'],
  ['White and Asian', 'MissingOrMixed'],
  ['', null],
  [undefined, null],
])('codes the race %s as %s', (words, expected) => expect(warfarinRace(words)).toBe(expected));
