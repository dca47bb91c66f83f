import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { GenotypeBench, codesOf } from './genotypes.samples.ts';

const { callOf, matchOf } = new GenotypeBench(loadPgxRules());

// Functions and phenotypes: CPIC tables of release pgx/2025-11.

describe('SLCO1B1', () => {
  it.each([
    [{ rs4149056: 'T/C' }, '*1/*5: Decreased Function'],
    [{ rs4149056: 'T/C', rs2306283: 'A/G' }, '*1/*15: Decreased Function'],
    [{ rs4149056: 'C/C', rs2306283: 'A/G' }, '*5/*15: Poor Function'],
    [{ rs2306283: 'G/G' }, '*37/*37: Normal Function'],
  ])('%j is %s', (variants, call) => {
    expect(callOf('SLCO1B1', { variants })).toBe(call);
  });

  it('reports the two forms of *45 under one name', () => {
    expect(matchOf('SLCO1B1', { variants: { rs71581941: 'C/T' } }).diplotypes).toEqual([['*1', '*45']]);
  });

  it('that fits no allele pair is inferred from rs4149056 alone, and marked so', () => {
    const variants = { rs4149056: 'T/C', rs2306283: 'A/T' };
    const match = matchOf('SLCO1B1', { variants });
    expect(match).toMatchObject({ called: false, diplotypes: [], lookup: [['*1', '*5']], inferred: true });
    expect(codesOf(match)).toEqual(['UNDOCUMENTED_BASE', 'INFERRED_FROM_ONE_VARIANT']);
  });

  it('without rs4149056 is not inferred', () => {
    const match = matchOf('SLCO1B1', { variants: { rs2306283: 'A/T' }, missing: ['rs4149056'] });
    expect(match.lookup).toEqual([]);
  });
});

describe('genes with one variant', () => {
  it('ABCG2 rs2231142', () => {
    expect(callOf('ABCG2', { variants: { rs2231142: 'G/T' } })).toBe(
      'rs2231142 reference (G)/rs2231142 variant (T): Decreased Function',
    );
  });
  it('VKORC1 rs9923231, reported on the strand of the gene', () => {
    expect(callOf('VKORC1', { variants: { rs9923231: 'C/T' } })).toBe(
      'rs9923231 reference (C)/rs9923231 variant (T): -1639 AG',
    );
  });
  it('IFNL3 rs12979860 has no phenotype term', () => {
    expect(callOf('IFNL3', { variants: { rs12979860: 'C/T' } })).toBe(
      'rs12979860 reference (C)/rs12979860 variant (T): n/a',
    );
  });
});

describe('CFTR', () => {
  it('with a variant that answers to ivacaftor', () => {
    expect(callOf('CFTR', { variants: { rs75527207: 'G/A' } })).toBe(
      'G551D/ivacaftor non-responsive CFTR sequence: ivacaftor responsive in CF patients',
    );
  });
});
