import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { GenotypeBench } from './genotypes.samples.ts';

const { callOf, matchOf } = new GenotypeBench(loadPgxRules());

// Functions: CPIC RYR1/CACNA1S tables of release pgx/2025-11 (c.7300G>A and c.1840C>T associated, c.10042C>T uncertain).

describe('RYR1', () => {
  it('without variants leaves susceptibility uncertain, as the guideline words it', () => {
    expect(callOf('RYR1', {})).toBe('Reference/Reference: Uncertain Susceptibility');
  });
  it('with one associated variant is susceptible', () => {
    expect(callOf('RYR1', { variants: { rs121918593: 'G/A' } })).toBe(
      'Reference/c.7300G>A: Malignant Hyperthermia Susceptibility',
    );
  });
  it('looks up associated variants before others when the phase is not known', () => {
    const variants = { rs118204421: 'C/T', rs121918593: 'G/A', rs118192172: 'C/T' };
    const match = matchOf('RYR1', { variants });
    expect(match.components).toEqual(['c.1840C>T', 'c.7300G>A', 'c.10042C>T']);
    expect(match.lookup).toEqual([['c.1840C>T', 'c.7300G>A']]);
  });
  it('orders variants of equal weight by their place in the gene, not by their spelling', () => {
    const match = matchOf('RYR1', { variants: { rs118192172: 'C/T', rs121918593: 'G/A' } });
    expect(match.lookup).toEqual([['c.1840C>T', 'c.7300G>A']]);
  });
  it('phased on one strand looks up the worst of that strand', () => {
    const match = matchOf('RYR1', { phased: true, variants: { rs118204421: 'C|T', rs121918593: 'G|A' } });
    expect(match.diplotypes).toEqual([['Reference', '[c.7300G>A + c.10042C>T]']]);
    expect(match.lookup).toEqual([['Reference', 'c.7300G>A']]);
  });
});

describe('CACNA1S', () => {
  it('is called from its two variants', () => {
    expect(callOf('CACNA1S', { variants: { rs772226819: 'G/A' } })).toBe(
      'Reference/c.520C>T: Malignant Hyperthermia Susceptibility',
    );
    expect(callOf('CACNA1S', { variants: { rs772226819: 'G/A', rs1800559: 'C/T' } })).toBe(
      'c.520C>T/c.3257G>A: Malignant Hyperthermia Susceptibility',
    );
  });
});
