import { compareAlleleNames } from '../allele-names.ts';
import type { GeneRules } from '../rules.ts';
import { parseScore } from './activity-score.ts';

/**
 * DPYD and RYR1: the pair that decides, when more than two variants are known. With the strands told apart the worst allele
 * of each strand, else the two worst of all.
 *
 * @param strands - Variants of each strand; or one list of all variants where the phase is not known.
 * @returns One or two allele names; ties go by name. Names that the release does not know are kept and rank last.
 */
export function lowestFunctionPair(gene: GeneRules, strands: readonly (readonly string[])[]): readonly string[] {
  const worstFirst = (alleles: readonly string[]): readonly string[] =>
    [...alleles].sort((a, b) => rank(gene, a) - rank(gene, b) || compareAlleleNames(a, b));
  if (strands.length === 1) return worstFirst(strands[0] ?? []).slice(0, 2);
  return strands.flatMap((strand) => worstFirst(strand).slice(0, 1));
}

/** Lower is worse: activity value where the gene has one, else disease-associated before all others. */
function rank(gene: GeneRules, allele: string): number {
  const known = gene.alleles.get(allele);
  if (known === undefined) return Number.MAX_SAFE_INTEGER;
  const value = known.activityValue === null ? null : parseScore(known.activityValue);
  if (value !== null) return value.value;
  return (known.function ?? '').includes('Malignant Hyperthermia') ? 0 : 1;
}
