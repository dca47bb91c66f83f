import type { Call } from './gene-match.ts';
import type { GeneSample } from './gene-sample.ts';

const DECISIVE = 'rs4149056';
const ALLELE_OF_BASE: Readonly<Record<string, string>> = { T: '*1', C: '*5' };

/**
 * SLCO1B1 where no pair fits: the variant that guidance rests on stands for the gene. The diplotype stays uncalled; only the
 * pair that is looked up is inferred.
 */
export function inferSlco1b1(sample: GeneSample): Call | null {
  if (sample.gene.gene !== 'SLCO1B1') return null;
  const site = sample.sites.find((candidate) => candidate?.position.rsid === DECISIVE);
  const alleles = site?.alleles.map((base) => ALLELE_OF_BASE[base]) ?? [];
  if (alleles.length !== 2 || alleles.some((allele) => allele === undefined)) return null;
  const pair = (alleles as string[]).sort();
  const message = `No SLCO1B1 diplotype fits all positions; function is inferred from ${DECISIVE} alone (${pair.join('/')}).`;
  return {
    diplotypes: [],
    lookup: [pair],
    inferred: true,
    warnings: [{ code: 'INFERRED_FROM_ONE_VARIANT', message }],
  };
}
