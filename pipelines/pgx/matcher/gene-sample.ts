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

/** Looks at every usable site once. */
export function prepareSample(gene: GeneRules, sites: readonly (Site | null)[]): GeneSample {
  let available = 0;
  let haploidSites = 0;
  let hasUnreadStrand = false;
  const variantSites: number[] = [];
  const homozygousVariantSites: number[] = [];
  const blocks = new Map<string, number[]>();
  const phaseSets = new Set<string | null>();
  for (let index = 0; index < sites.length; index += 1) {
    const site = sites[index];
    if (site === null || site === undefined) continue;
    const [first, second] = site.alleles;
    available += 1;
    if (site.phased) phaseSets.add(site.phaseSet);
    if (second === undefined) haploidSites += 1;
    if (first === site.position.ref && (second === undefined || second === first)) continue;
    variantSites.push(index);
    hasUnreadStrand ||= first === UNREAD || second === UNREAD;
    if (second === undefined || first === second) homozygousVariantSites.push(index);
    else addToBlock(blocks, site, index);
  }
  return {
    gene,
    sites,
    available,
    variantSites,
    homozygousVariantSites,
    blocks: [...blocks.values()],
    effectivelyPhased: blocks.size <= 1,
    usesPhaseSets: phaseSets.has(null) ? phaseSets.size > 1 : phaseSets.size > 0,
    haploid: available > 0 && haploidSites === available,
    mixedPloidy: haploidSites > 0 && haploidSites < available,
    hasUnreadStrand,
  };
}

function addToBlock(blocks: Map<string, number[]>, site: Site, index: number): void {
  const key = site.phased ? `set ${site.phaseSet ?? ''}` : `site ${String(index)}`;
  const block = blocks.get(key);
  if (block === undefined) blocks.set(key, [index]);
  else block.push(index);
}
