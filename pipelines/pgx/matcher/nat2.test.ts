import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { GenotypeBench, codesOf } from './genotypes.samples.ts';

const { callOf, matchOf } = new GenotypeBench(loadPgxRules());

// Alleles: PharmVar NAT2 as in release pgx/2025-11. Positions without which the common alleles cannot be told apart are required.

describe('NAT2', () => {
  it('is called where its variants are phased', () => {
    expect(callOf('NAT2', { phased: true, variants: { rs1208: 'A|A', rs1801280: 'T|C' } })).toBe(
      '*4/*16: Intermediate Metabolizer',
    );
  });
  it('settles an unphased tie by frequency and says so', () => {
    const match = matchOf('NAT2', { variants: { rs1208: 'G/A', rs1801280: 'T/C' } });
    expect(match.diplotypes).toEqual([['*4', '*5']]);
    expect(codesOf(match)).toEqual(['TIE_SETTLED_BY_FREQUENCY']);
  });
  it('does not settle anything where the phase is known', () => {
    const match = matchOf('NAT2', { phased: true, variants: { rs1208: 'G|A', rs1801280: 'T|C' } });
    expect(match.diplotypes).toEqual([['*1', '*16']]);
    expect(codesOf(match)).toEqual([]);
  });
  it('is not called without a required position', () => {
    const match = matchOf('NAT2', { missing: ['rs1801280'] });
    expect(match.called).toBe(false);
    expect(match.warnings[0]).toMatchObject({ code: 'REQUIRED_POSITION_MISSING', positions: [{ pos: 18400344 }] });
  });
  it('is called without a position that is not required', () => {
    expect(callOf('NAT2', { missing: ['18400010'] })).toBe('*1/*1: Rapid Metabolizer');
  });
});
