import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { GenotypeBench, codesOf } from './genotypes.samples.ts';
import { matchGenes } from './index.ts';
import type { VcfRow } from './vcf-sample.ts';

const { matchOf, rules, sampleOf } = new GenotypeBench(loadPgxRules());

/** The row of CYP2C9 *2 (rs1799853), which makes a carrier *1/*2. */
const row: VcfRow = {
  chrom: 'chr10',
  pos: 94942290,
  id: 'rs1799853',
  ref: 'C',
  alts: ['T'],
  gt: '0/1',
  ps: null,
  ad: null,
};

function cyp2c9(changes: Partial<VcfRow>, more: readonly VcfRow[] = []) {
  return matchOf('CYP2C9', { missing: ['rs1799853'], extraRows: [{ ...row, ...changes }, ...more] });
}

describe('a row', () => {
  it('with a good genotype is read', () => {
    expect(cyp2c9({}).diplotypes).toEqual([['*1', '*2']]);
  });

  it.each([
    ['another reference base', { ref: 'G' }, 'VCF_REFERENCE_MISMATCH'],
    ['no GT', { gt: null }, 'VCF_GENOTYPE_MISSING'],
    ['a no-call', { gt: './.' }, 'VCF_NO_CALL'],
    ['an allele number that it does not have', { gt: '0/2' }, 'VCF_GENOTYPE_INVALID'],
    ['words for a genotype', { gt: 'het' }, 'VCF_GENOTYPE_INVALID'],
    ['a structural allele', { alts: ['<DEL>'] }, 'VCF_ALLELE_NOT_BASES'],
    ['an allele that another deletion covers', { alts: ['*'] }, 'VCF_ALLELE_NOT_BASES'],
    ['an ambiguous base', { alts: ['N'] }, 'VCF_ALLELE_NOT_BASES'],
    ['one strand read, as reference', { gt: '0/.' }, 'VCF_HALF_CALL_REFERENCE'],
    ['a heterozygous genotype but reads of one allele', { ad: '0,31' }, 'VCF_DEPTH_CONFLICT'],
  ])('with %s counts as missing, never as reference', (_, changes, code) => {
    const match = cyp2c9(changes);
    expect(codesOf(match)).toContain(code);
    expect(match.missingPositions.map(({ rsid }) => rsid)).toContain('rs1799853');
  });

  it('whose unused alternative is structural is read', () => {
    expect(cyp2c9({ alts: ['T', '<NON_REF>'] }).diplotypes).toEqual([['*1', '*2']]);
  });

  it('with reads of both alleles, or reads that the header does not explain, is read', () => {
    expect(cyp2c9({ ad: '12,15' }).diplotypes).toEqual([['*1', '*2']]);
    const sample = sampleOf('CYP2C9', { missing: ['rs1799853'], extraRows: [{ ...row, ad: '0,31' }] });
    const matches = matchGenes({ ...sample, allelicDepthUsable: false }, rules);
    expect(matches.find(({ gene }) => gene === 'CYP2C9')?.diplotypes).toEqual([['*1', '*2']]);
  });

  it('with lower-case bases or a leading phase mark is read', () => {
    expect(cyp2c9({ ref: 'c', alts: ['t'] }).diplotypes).toEqual([['*1', '*2']]);
    expect(cyp2c9({ gt: '|0|1' }).diplotypes).toEqual([['*1', '*2']]);
  });

  it('with more than two alleles is read by the first two, with a warning', () => {
    const match = cyp2c9({ gt: '0/1/1' });
    expect(match.diplotypes).toEqual([['*1', '*2']]);
    expect(codesOf(match)).toEqual(['VCF_GENOTYPE_POLYPLOID']);
  });
});

describe('several rows at one position', () => {
  it('count by the first usable one', () => {
    const match = cyp2c9({ ref: 'G' }, [row, { ...row, gt: '1/1' }]);
    expect(match.diplotypes).toEqual([['*1', '*2']]);
    expect(codesOf(match)).toEqual(['VCF_REFERENCE_MISMATCH', 'VCF_ROW_DUPLICATE']);
  });
});

describe('genes that short variants do not show', () => {
  it('are said to be not callable, never *1 or Reference', () => {
    const matches = matchGenes(sampleOf('CYP2C9', {}), rules);
    const notCallable = matches.filter(({ callableFromVcf }) => !callableFromVcf);
    expect(notCallable.map(({ gene }) => gene)).toEqual(['CYP2D6', 'HLA-A', 'HLA-B', 'MT-RNR1']);
    for (const match of notCallable) {
      expect(match).toMatchObject({ called: false, diplotypes: [], lookup: [], components: [] });
      expect(codesOf(match)).toEqual(['NOT_CALLABLE_FROM_VCF']);
    }
  });

  it('a gene none of whose positions is in the file is not called', () => {
    const match = matchGenes(sampleOf('CYP2C9', {}), rules).find(({ gene }) => gene === 'TPMT');
    expect(match).toMatchObject({ called: false, diplotypes: [] });
    expect(codesOf(match ?? { warnings: [] })).toEqual(['NOT_CALLED']);
  });
});
