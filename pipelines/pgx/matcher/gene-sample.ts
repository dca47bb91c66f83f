import type { GeneRules } from '../rules.ts';
import type { Site } from './sites.ts';
import { UNREAD } from './sites.ts';

/** Sites whose strands are known relative to each other: all are read one way round, or all the other. */
export type PhaseBlock = readonly number[];

/** A sample at the positions of one gene, prepared for matching. */
export interface GeneSample {
  readonly gene: GeneRules;
  readonly sites: readonly (Site | null)[];
  /** How many positions are usable. */
  readonly available: number;
  /** Indexes of sites where any strand is not reference. */
  readonly variantSites: readonly number[];
  /** Of these, the sites whose strands show the same base, or that have one strand only. */
  readonly homozygousVariantSites: readonly number[];
  /** The heterozygous sites, by block. */
  readonly blocks: readonly PhaseBlock[];
  /** At most one block: there are no more than two ways to read the strands. */
  readonly effectivelyPhased: boolean;
  readonly usesPhaseSets: boolean;
  readonly haploid: boolean;
  /** Some sites have one allele and some two. */
  readonly mixedPloidy: boolean;
  readonly hasUnreadStrand: boolean;
}

export function prepareSample(gene: GeneRules, sites: readonly (Site | null)[]): GeneSample {
  const usable = sites.flatMap((site, index) => (site === null ? [] : [{ site, index }]));
  const variantSites = usable
    .filter(({ site }) => site.alleles.some((allele) => allele !== site.position.ref))
    .map(({ index }) => index);
  const haploidSites = usable.filter(({ site }) => site.alleles.length === 1).length;
  const blocks = phaseBlocks(usable);
  const phaseSets = new Set(usable.filter(({ site }) => site.phased).map(({ site }) => site.phaseSet));
  return {
    gene,
    sites,
    available: usable.length,
    variantSites,
    homozygousVariantSites: variantSites.filter((index) => !blocks.some((block) => block.includes(index))),
    blocks,
    effectivelyPhased: blocks.length <= 1,
    usesPhaseSets: phaseSets.has(null) ? phaseSets.size > 1 : phaseSets.size > 0,
    haploid: usable.length > 0 && haploidSites === usable.length,
    mixedPloidy: haploidSites > 0 && haploidSites < usable.length,
    hasUnreadStrand: usable.some(({ site }) => site.alleles.includes(UNREAD)),
  };
}

function phaseBlocks(usable: readonly { site: Site; index: number }[]): readonly PhaseBlock[] {
  const blocks = new Map<string, number[]>();
  for (const { site, index } of usable) {
    if (site.alleles.length < 2 || site.alleles[0] === site.alleles[1]) continue;
    const key = site.phased ? `set ${site.phaseSet ?? ''}` : `site ${String(index)}`;
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, [index]);
    else block.push(index);
  }
  return [...blocks.values()];
}
