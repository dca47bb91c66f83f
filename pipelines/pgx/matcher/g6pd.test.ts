import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { GenotypeBench, codesOf } from './genotypes.samples.ts';

const { callOf, matchOf } = new GenotypeBench(loadPgxRules());

// Classes and phenotypes: CPIC G6PD tables of release pgx/2025-11.

const MEDITERRANEAN = 'rs5030868';

describe('G6PD', () => {
  it('of a man is one allele', () => {
    expect(callOf('G6PD', { ploidy: 1 })).toBe('B (reference): Normal');
    expect(callOf('G6PD', { ploidy: 1, variants: { rs1050829: 'C', rs1050828: 'T' } })).toBe('A- 202A_376G: Deficient');
  });
  it('of a woman with one deficient allele is variable', () => {
    expect(callOf('G6PD', { variants: { [MEDITERRANEAN]: 'G/A' } })).toBe(
      'B (reference)/Mediterranean, Dallas, Panama, Sassari, Cagliari, Birmingham: Variable',
    );
  });
  it('with one allele at some positions and two at others is not called', () => {
    const match = matchOf('G6PD', { ploidy: 1, variants: { [MEDITERRANEAN]: 'G/A' } });
    expect(match.called).toBe(false);
    expect(match.warnings.at(-1)?.message).toContain('some positions have one allele and some two');
  });
  it('reads an undocumented base as reference, with a warning', () => {
    const match = matchOf('G6PD', { variants: { [MEDITERRANEAN]: 'G/T' } });
    expect(match.diplotypes).toEqual([['B (reference)', 'B (reference)']]);
    expect(codesOf(match)).toEqual(['UNDOCUMENTED_BASE_READ_AS_REFERENCE']);
  });
});
