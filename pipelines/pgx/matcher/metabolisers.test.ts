import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { GenotypeBench, codesOf } from './genotypes.samples.ts';

const { callOf, matchOf } = new GenotypeBench(loadPgxRules());

// Expected calls follow the allele definitions (PharmVar, CPIC) and the CPIC diplotype-phenotype tables of release pgx/2025-11.

describe('CYP2C19', () => {
  it.each([
    [{ rs3758581: 'G/G' }, '*1/*1: Normal Metabolizer'],
    [{}, '*38/*38: Normal Metabolizer'],
    [{ rs3758581: 'G/G', rs4244285: 'G/A', rs12769205: 'A/G' }, '*1/*2: Intermediate Metabolizer'],
    [{ rs3758581: 'G/G', rs4244285: 'A/A', rs12769205: 'G/G' }, '*2/*2: Poor Metabolizer'],
    [{ rs3758581: 'G/G', rs12248560: 'C/T' }, '*1/*17: Rapid Metabolizer'],
    [{ rs3758581: 'G/G', rs12248560: 'T/T' }, '*17/*17: Ultrarapid Metabolizer'],
    [{ rs3758581: 'G/G', rs12248560: 'C/T', rs4244285: 'G/A', rs12769205: 'A/G' }, '*2/*17: Intermediate Metabolizer'],
  ])('%j is %s', (variants, call) => {
    expect(callOf('CYP2C19', { variants })).toBe(call);
  });

  it('without the *17 position reports every pair that fits, since nothing is assumed of it', () => {
    const variants = { rs3758581: 'G/G', rs28399504: 'G/G' };
    expect(callOf('CYP2C19', { variants, missing: ['rs12248560'] })).toBe('*4/*4: Poor Metabolizer');
    expect(callOf('CYP2C19', { variants: { rs3758581: 'G/G', rs12248560: 'T/T' }, missing: ['rs28399504'] })).toBe(
      '*4/*4 or *4/*17 or *17/*17: Poor Metabolizer, Intermediate Metabolizer, Ultrarapid Metabolizer',
    );
  });

  it('with a base that no allele has is not called', () => {
    const match = matchOf('CYP2C19', { variants: { rs3758581: 'G/G', rs4244285: 'G/T' } });
    expect(match.called).toBe(false);
    expect(codesOf(match)).toEqual(['UNDOCUMENTED_BASE', 'NOT_CALLED']);
    expect(match.warnings[0]?.positions).toEqual([{ chrom: 'chr10', pos: 94781859, rsid: 'rs4244285', base: 'T' }]);
  });

  it('is not called where only one strand was read', () => {
    expect(callOf('CYP2C19', { variants: { rs3758581: 'G/G', rs4244285: './A' } })).toBe('no call: no phenotype');
  });
});

describe('CYP2C9', () => {
  it.each([
    [{}, '*1/*1: Normal Metabolizer (2.0)'],
    [{ rs1799853: 'C/T' }, '*1/*2: Intermediate Metabolizer (1.5)'],
    [{ rs1799853: 'C/T', rs1057910: 'A/C' }, '*2/*3: Poor Metabolizer (0.5)'],
    [{ rs1057910: 'C/C' }, '*3/*3: Poor Metabolizer (0.0)'],
  ])('%j is %s', (variants, call) => {
    expect(callOf('CYP2C9', { variants })).toBe(call);
  });

  it('reads rs12777823, which warfarin guidance asks for and which is part of no allele', () => {
    expect(matchOf('CYP2C9', { variants: { rs12777823: 'G/A' } }).extraPositions[0]?.alleles).toEqual(['G', 'A']);
    expect(matchOf('CYP2C9', { missing: ['rs12777823'] }).extraPositions[0]?.alleles).toBeNull();
  });
});

describe('CYP2B6', () => {
  it('tells *6 from *9 by rs2279343', () => {
    expect(callOf('CYP2B6', { variants: { rs3745274: 'G/T', rs2279343: 'A/G' } })).toBe(
      '*1/*6: Intermediate Metabolizer',
    );
    expect(callOf('CYP2B6', { variants: { rs3745274: 'G/T' } })).toBe('*1/*9: Intermediate Metabolizer');
  });

  it('cannot tell *6 from *9 where rs2279343 was not read, and says so', () => {
    const match = matchOf('CYP2B6', { variants: { rs3745274: 'G/T' }, missing: ['rs2279343'] });
    expect(match.diplotypes).toEqual([
      ['*1', '*6'],
      ['*1', '*9'],
    ]);
    expect(match.missingPositions.map(({ rsid }) => rsid)).toEqual(['rs2279343']);
    expect(match.warnings).toMatchObject([{ code: 'POSITIONS_MISSING', positions: [{ rsid: 'rs2279343' }] }]);
    expect(match.warnings[0]?.message).toMatch(/cannot be told: .*\*4; .*\*6/);
  });

  it('reports a tie where a cell allows two bases: *18 with either base at rs2279343', () => {
    const variants = { rs3745274: 'G/T', rs2279343: 'A/G', rs28399499: 'T/C' };
    expect(matchOf('CYP2B6', { variants }).diplotypes).toEqual([
      ['*6', '*18'],
      ['*9', '*18'],
    ]);
  });
});

describe('TPMT', () => {
  it('with both *3A variants unphased is *1/*3A rather than *3B/*3C', () => {
    expect(callOf('TPMT', { variants: { rs1142345: 'T/C', rs1800460: 'C/T' } })).toBe(
      '*1/*3A: Intermediate Metabolizer',
    );
  });
  it('with the two variants on opposite strands is *3B/*3C', () => {
    const variants = { rs1142345: 'T|C', rs1800460: 'T|C' };
    expect(callOf('TPMT', { variants, phased: true })).toBe('*3B/*3C: Poor Metabolizer');
  });
  it('reads an undocumented base as reference and names position and base', () => {
    const match = matchOf('TPMT', { variants: { rs1800460: 'C/G' } });
    expect(match.diplotypes).toEqual([['*1', '*1']]);
    expect(match.warnings).toMatchObject([
      { code: 'UNDOCUMENTED_BASE_READ_AS_REFERENCE', positions: [{ rsid: 'rs1800460', base: 'G' }] },
    ]);
  });
});

describe('NUDT15', () => {
  it('reads the repeat: an insertion is part of *2, a deletion is *9', () => {
    const long = 'AGGAGTC/AGGAGTCGGAGTC';
    expect(callOf('NUDT15', { variants: { rs746071566: long, rs116855232: 'C/T' } })).toBe(
      '*1/*2: Intermediate Metabolizer',
    );
    expect(callOf('NUDT15', { variants: { rs746071566: 'AGGAGTC/A' } })).toBe('*1/*9: Intermediate Metabolizer');
  });
  it('*3/*3 is a poor metaboliser', () => {
    expect(callOf('NUDT15', { variants: { rs116855232: 'T/T' } })).toBe('*3/*3: Poor Metabolizer');
  });
});

describe('UGT1A1', () => {
  it('counts the TA repeats of the promoter', () => {
    expect(callOf('UGT1A1', { variants: { rs3064744: 'CAT/CATAT', rs887829: 'C/T' } })).toBe(
      '*1/*80+*28: Intermediate Metabolizer',
    );
    expect(callOf('UGT1A1', { variants: { rs3064744: 'CATAT/CATATAT' } })).toBe('*28/*37: Poor Metabolizer');
    expect(callOf('UGT1A1', { variants: { rs3064744: 'C/CAT' } })).toBe('*1/*36: Normal Metabolizer');
  });
});

describe('CYP3A4, CYP3A5 and CYP4F2', () => {
  it('are called from their variants', () => {
    expect(callOf('CYP3A4', { variants: { rs35599367: 'G/A' } })).toBe('*1/*22: Intermediate Metabolizer');
    expect(callOf('CYP3A5', { variants: { rs776746: 'C/C' } })).toBe('*3/*3: Poor Metabolizer');
    expect(callOf('CYP3A5', { variants: { rs776746: 'T/C', rs41303343: 'T/TA' } })).toBe('*3/*7: Poor Metabolizer');
  });
  it('CYP4F2 has alleles but no phenotype in this release', () => {
    expect(callOf('CYP4F2', { variants: { rs2108622: 'C/T' } })).toBe('*1/*3: no phenotype');
  });
});
