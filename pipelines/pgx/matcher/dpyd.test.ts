import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { GenotypeBench, codesOf } from './genotypes.samples.ts';

const { callOf, matchOf } = new GenotypeBench(loadPgxRules());

// Activity values and phenotypes: CPIC DPYD tables of release pgx/2025-11 (*2A and *13 no function, c.2846A>T and HapB3 decreased).

const HAPB3 = 'c.1129-5923C>G, c.1236G>A (HapB3)';
const STAR_2A = 'rs3918290';
const C_2846 = 'rs67376798';
const INTRONIC = 'rs75017182';
const EXONIC = 'rs56038477';

describe('DPYD', () => {
  it('without variants is Reference/Reference', () => {
    expect(callOf('DPYD', {})).toBe('Reference/Reference: Normal Metabolizer (2.0)');
  });

  it('with one variant needs no phase', () => {
    expect(callOf('DPYD', { variants: { [STAR_2A]: 'C/T' } })).toBe(
      'Reference/c.1905+1G>A (*2A): Intermediate Metabolizer (1.0)',
    );
  });

  it('with phased variants names the combination of each strand and looks up the worst of each', () => {
    const match = matchOf('DPYD', { phased: true, variants: { [STAR_2A]: 'C|T', rs1801265: 'A|G', [C_2846]: 'A|T' } });
    expect(match.diplotypes).toEqual([['c.2846A>T', '[c.85T>C (*9A) + c.1905+1G>A (*2A)]']]);
    expect(match.lookup).toEqual([['c.1905+1G>A (*2A)', 'c.2846A>T']]);
  });

  it('with unphased variants lists them and looks up the two worst', () => {
    const match = matchOf('DPYD', { variants: { [STAR_2A]: 'C/T', rs1801265: 'A/G', [C_2846]: 'T/A' } });
    expect(match.diplotypes).toEqual([]);
    expect(match.components).toEqual(['c.85T>C (*9A)', 'c.1905+1G>A (*2A)', 'c.2846A>T']);
    expect(match.lookup).toEqual([['c.1905+1G>A (*2A)', 'c.2846A>T']]);
  });

  it('counts a homozygous variant twice', () => {
    const match = matchOf('DPYD', { variants: { [C_2846]: 'A/A', rs1801265: 'A/G', rs1801159: 'T/C' } });
    expect(match.components).toEqual(['c.85T>C (*9A)', 'c.1627A>G (*5)', 'c.2846A>T', 'c.2846A>T']);
    expect(match.lookup).toEqual([['c.2846A>T', 'c.2846A>T']]);
  });

  it('with phase sets gives every arrangement and looks up the worst', () => {
    const variants = { [STAR_2A]: 'C|T:1', rs1801265: 'A|G:1', [C_2846]: 'T|A:2' };
    const match = matchOf('DPYD', { variants });
    expect(match.diplotypes).toHaveLength(2);
    expect(match.lookup).toEqual([['c.1905+1G>A (*2A)', 'c.2846A>T']]);
  });

  it('reads a base that no allele has as reference, with a warning that names it', () => {
    const match = matchOf('DPYD', { variants: { [STAR_2A]: 'C/G' } });
    expect(match.diplotypes).toEqual([['Reference', 'Reference']]);
    expect(match.warnings[0]).toMatchObject({
      code: 'UNDOCUMENTED_BASE_READ_AS_REFERENCE',
      positions: [{ chrom: 'chr1', rsid: STAR_2A, base: 'G' }],
    });
  });
});

describe('HapB3', () => {
  it('is called where both of its variants are there', () => {
    const match = matchOf('DPYD', { variants: { [INTRONIC]: 'G/C', [EXONIC]: 'C/T' } });
    expect(match.components).toEqual(['Reference', HAPB3]);
    expect(codesOf(match)).toEqual([]);
  });

  it('is the intronic allele where only the causal variant is there', () => {
    expect(callOf('DPYD', { variants: { [INTRONIC]: 'G/C' } })).toBe(
      'Reference/c.1129-5923C>G: Intermediate Metabolizer (1.5)',
    );
  });

  it('is called from the exonic variant alone where the intronic one was not read, with a warning', () => {
    const match = matchOf('DPYD', { variants: { [EXONIC]: 'C/T' }, missing: [INTRONIC] });
    expect(match.diplotypes).toEqual([['Reference', HAPB3]]);
    expect(codesOf(match)).toContain('HAPB3_EXONIC_ONLY');
  });

  it('follows the intronic variant where the two disagree, with a warning', () => {
    const match = matchOf('DPYD', { variants: { [EXONIC]: 'C/T' } });
    expect(match.diplotypes).toEqual([['Reference', 'Reference']]);
    expect(codesOf(match)).toEqual(['HAPB3_INTRONIC_MISMATCH']);
  });

  it('on one strand and the intronic variant on the other are told apart when phased', () => {
    const match = matchOf('DPYD', { phased: true, variants: { [INTRONIC]: 'C|C', [EXONIC]: 'C|T' } });
    expect(match.diplotypes).toEqual([['c.1129-5923C>G', HAPB3]]);
  });

  it('joins other variants of its strand', () => {
    const match = matchOf('DPYD', { phased: true, variants: { [INTRONIC]: 'G|C', [EXONIC]: 'C|T', [STAR_2A]: 'C|T' } });
    expect(match.diplotypes).toEqual([['Reference', `[${HAPB3} + c.1905+1G>A (*2A)]`]]);
    expect(match.lookup).toEqual([['Reference', 'c.1905+1G>A (*2A)']]);
  });
});
