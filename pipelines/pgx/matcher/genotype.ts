import type { VcfRow } from './vcf-sample.ts';

/** Says why a row is left out or read with a reservation. */
export type Warn = (code: string, message: string, base?: string) => void;

export interface Genotype {
  /** One or two allele numbers of the row, 0 for REF; null for the unread strand of a half call. */
  readonly indexes: readonly (number | null)[];
  readonly phased: boolean;
}

/** Chromosomes where one allele is a whole genotype. */
const MAY_BE_HAPLOID = new Set(['chrX', 'chrY', 'chrM']);
const PLAIN_BASES = /^[ACGT]+$/i;

/**
 * Reads the GT of a row.
 *
 * @returns null where the row gives no usable genotype: the position then counts as missing, and `warn` has said why.
 */
export function readGenotype(row: VcfRow, allelicDepthUsable: boolean, warn: Warn): Genotype | null {
  if (row.gt === null) {
    warn('VCF_GENOTYPE_MISSING', 'The row has no genotype (GT); the position counts as missing.');
    return null;
  }
  if (/^[.|/]*$/.test(row.gt)) {
    warn('VCF_NO_CALL', 'The genotype is a no-call; the position counts as missing.');
    return null;
  }
  const parts = row.gt.replace(/^[|/]/, '').split(/[|/]/);
  const indexes = parts.map((part) => (part === '.' ? null : Number(part)));
  if (!parts.every((part) => /^(\.|\d{1,4})$/.test(part)) || indexes.some((index) => (index ?? 0) > row.alts.length)) {
    warn(
      'VCF_GENOTYPE_INVALID',
      'The genotype names an allele that the row does not have; the position counts as missing.',
    );
    return null;
  }
  if (!basesAreUsable(row, indexes, warn)) return null;
  if (allelicDepthUsable && !depthAgrees(row, indexes, warn)) return null;
  const strands = chooseStrands(row.chrom, indexes, warn);
  return strands === null ? null : { indexes: strands, phased: !row.gt.includes('/') };
}

/** Structural, overlapping (`*`) and ambiguous alleles cannot be compared with a definition by bases. */
function basesAreUsable(row: VcfRow, indexes: readonly (number | null)[], warn: Warn): boolean {
  const called = new Set(indexes.filter((index) => index !== null));
  const alleles = [row.ref, ...[...called].filter((index) => index > 0).map((index) => row.alts[index - 1] ?? '')];
  if (alleles.every((allele) => PLAIN_BASES.test(allele))) return true;
  warn('VCF_ALLELE_NOT_BASES', 'The called allele is not written in plain bases; the position counts as missing.');
  return false;
}

/** Some callers write every genotype as heterozygous and leave the truth to the reads: one allele with reads is not that. */
function depthAgrees(row: VcfRow, indexes: readonly (number | null)[], warn: Warn): boolean {
  if (row.ad === null || row.ad === '.') return true;
  const distinct = new Set(indexes.filter((index) => index !== null));
  if (distinct.size < 2) return true;
  const depths = row.ad
    .split(',')
    .filter((depth) => depth !== '.')
    .map(Number);
  if (depths.some(Number.isNaN)) {
    warn('VCF_DEPTH_INVALID', 'The read depths (AD) are not numbers; they were not compared with the genotype.');
    return true;
  }
  if (depths.filter((depth) => depth > 0).length !== 1) return true;
  warn(
    'VCF_DEPTH_CONFLICT',
    'The genotype is heterozygous but the reads (AD) show one allele; the position counts as missing.',
  );
  return false;
}

function chooseStrands(
  chrom: string,
  indexes: readonly (number | null)[],
  warn: Warn,
): readonly (number | null)[] | null {
  const called = indexes.filter((index) => index !== null);
  if (called.length > 2) {
    warn('VCF_GENOTYPE_POLYPLOID', 'The genotype has more than two alleles; the first two are used.');
    return called.slice(0, 2);
  }
  if (called.length === 2) return called;
  if (MAY_BE_HAPLOID.has(chrom)) return indexes.length === 1 ? called : indexes.slice(0, 2);
  if (called[0] === 0) {
    warn('VCF_HALF_CALL', 'Only one strand is called, as reference; the position counts as missing.');
    return null;
  }
  warn('VCF_HALF_CALL', 'Only one strand is called.');
  return indexes.length === 1 ? [called[0] ?? null, null] : indexes.slice(0, 2);
}
