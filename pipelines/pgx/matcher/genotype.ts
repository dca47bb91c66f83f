import type { VcfRow } from './vcf-sample.ts';

/** Why a row is left out, or read with a reservation. */
export type RowProblem =
  | 'VCF_GENOTYPE_MISSING'
  | 'VCF_NO_CALL'
  | 'VCF_GENOTYPE_INVALID'
  | 'VCF_ALLELE_NOT_BASES'
  | 'VCF_DEPTH_INVALID'
  | 'VCF_DEPTH_CONFLICT'
  | 'VCF_GENOTYPE_POLYPLOID'
  | 'VCF_HALF_CALL_REFERENCE'
  | 'VCF_HALF_CALL';

export interface Genotype {
  /** One or two allele numbers of the row, 0 for REF; null for the unread strand of a half call. */
  readonly indexes: readonly (number | null)[];
  readonly phased: boolean;
}

export interface GenotypeReading {
  /** Null where the row gives no usable genotype: the position then counts as missing. */
  readonly genotype: Genotype | null;
  readonly problems: readonly RowProblem[];
}

/** Chromosomes where one allele is a whole genotype. */
const MAY_BE_HAPLOID = new Set(['chrX', 'chrY', 'chrM']);
const PLAIN_BASES = /^[ACGT]+$/i;
const NO_PROBLEMS: readonly RowProblem[] = [];

/** Genotypes as written, most rows having one of a few: `0/0`, `0|1`. */
const parsedGenotypes = new Map<string, Genotype | null>();
const MOST_REMEMBERED = 1000;

/** Reads the GT of a row. */
export function readGenotype(row: VcfRow, allelicDepthUsable: boolean): GenotypeReading {
  if (row.gt === null) return left('VCF_GENOTYPE_MISSING');
  const parsed = parseGenotype(row.gt);
  if (parsed === null) return left(/^[.|/]*$/.test(row.gt) ? 'VCF_NO_CALL' : 'VCF_GENOTYPE_INVALID');
  if (parsed.indexes.length === 2 && parsed.indexes[0] === 0 && parsed.indexes[1] === 0) {
    return PLAIN_BASES.test(row.ref) ? { genotype: parsed, problems: NO_PROBLEMS } : left('VCF_ALLELE_NOT_BASES');
  }
  if (parsed.indexes.some((index) => (index ?? 0) > row.alts.length)) return left('VCF_GENOTYPE_INVALID');
  if (!basesAreUsable(row, parsed.indexes)) return left('VCF_ALLELE_NOT_BASES');
  const depth = allelicDepthUsable ? compareDepth(row, parsed.indexes) : null;
  if (depth === 'VCF_DEPTH_CONFLICT') return left(depth);
  const { genotype, problems } = chooseStrands(row.chrom, parsed);
  return { genotype, problems: depth === null ? problems : [depth, ...problems] };
}

function left(problem: RowProblem): GenotypeReading {
  return { genotype: null, problems: [problem] };
}

function parseGenotype(gt: string): Genotype | null {
  const known = parsedGenotypes.get(gt);
  if (known !== undefined) return known;
  const parts = gt.replace(/^[|/]/, '').split(/[|/]/);
  const valid = parts.every((part) => /^(\.|\d{1,4})$/.test(part)) && parts.some((part) => part !== '.');
  const indexes = parts.map((part) => (part === '.' ? null : Number(part)));
  const parsed = valid ? { indexes, phased: !gt.includes('/') } : null;
  if (parsedGenotypes.size < MOST_REMEMBERED) parsedGenotypes.set(gt, parsed);
  return parsed;
}

/** Structural, overlapping (`*`) and ambiguous alleles cannot be compared with a definition by bases. */
function basesAreUsable(row: VcfRow, indexes: readonly (number | null)[]): boolean {
  if (!PLAIN_BASES.test(row.ref)) return false;
  return indexes.every((index) => index === null || index === 0 || PLAIN_BASES.test(row.alts[index - 1] ?? ''));
}

/** Some callers write every genotype as heterozygous and leave the truth to the reads: one allele with reads is not that. */
function compareDepth(row: VcfRow, indexes: readonly (number | null)[]): RowProblem | null {
  if (row.ad === null || row.ad === '.') return null;
  if (new Set(indexes.filter((index) => index !== null)).size < 2) return null;
  const depths = row.ad
    .split(',')
    .filter((depth) => depth !== '.')
    .map(Number);
  if (depths.some(Number.isNaN)) return 'VCF_DEPTH_INVALID';
  return depths.filter((depth) => depth > 0).length === 1 ? 'VCF_DEPTH_CONFLICT' : null;
}

function chooseStrands(chrom: string, genotype: Genotype): GenotypeReading {
  const { indexes, phased } = genotype;
  const called = indexes.filter((index) => index !== null);
  if (called.length > 2) {
    return { genotype: { indexes: called.slice(0, 2), phased }, problems: ['VCF_GENOTYPE_POLYPLOID'] };
  }
  if (called.length === 2) return { genotype: { indexes: called, phased }, problems: NO_PROBLEMS };
  if (MAY_BE_HAPLOID.has(chrom)) {
    return { genotype: { indexes: indexes.slice(0, 2), phased }, problems: NO_PROBLEMS };
  }
  if (called[0] === 0) return left('VCF_HALF_CALL_REFERENCE');
  const strands = indexes.length === 1 ? [called[0] ?? null, null] : indexes.slice(0, 2);
  return { genotype: { indexes: strands, phased }, problems: ['VCF_HALF_CALL'] };
}

const COUNTS_AS_MISSING = 'the position counts as missing.';

/** What each problem means to a reader of the result. */
export const ROW_PROBLEM_TEXT: Readonly<Record<RowProblem, string>> = {
  VCF_GENOTYPE_MISSING: `The row has no genotype (GT); ${COUNTS_AS_MISSING}`,
  VCF_NO_CALL: `The genotype is a no-call; ${COUNTS_AS_MISSING}`,
  VCF_GENOTYPE_INVALID: `The genotype names an allele that the row does not have; ${COUNTS_AS_MISSING}`,
  VCF_ALLELE_NOT_BASES: `The called allele is not written in plain bases; ${COUNTS_AS_MISSING}`,
  VCF_DEPTH_INVALID: 'The read depths (AD) are not numbers; they were not compared with the genotype.',
  VCF_DEPTH_CONFLICT: `The genotype is heterozygous but the reads (AD) show one allele; ${COUNTS_AS_MISSING}`,
  VCF_GENOTYPE_POLYPLOID: 'The genotype has more than two alleles; the first two are used.',
  VCF_HALF_CALL_REFERENCE: `Only one strand is called, as reference; ${COUNTS_AS_MISSING}`,
  VCF_HALF_CALL: 'Only one strand is called.',
};
