import { combinationName, compareAlleleNames, sortedPair } from '../allele-names.ts';
import type { CandidateAllele } from './candidate-alleles.ts';
import { allows, candidateAlleles } from './candidate-alleles.ts';
import type { GeneSample } from './gene-sample.ts';
import { UNREAD } from './sites.ts';

/** Beyond this many independent blocks the arrangements are not enumerated: 2^12 pairs of strands. */
const MOST_BLOCKS = 13;

/** Alleles that together lie on one strand, and variants of it that none of them explains. */
export interface StrandMatch {
  /** `Reference` or its like alone where no other allele is found. */
  readonly alleles: readonly string[];
  /** `g.97573863C>T`; in order of position. */
  readonly partials: readonly string[];
  /** Bases by site index. */
  readonly bases: readonly (string | null)[];
  /** The gene's reference allele. */
  readonly reference: string;
}

export interface CombinationPair {
  readonly strands: readonly [StrandMatch, StrandMatch];
}

/**
 * Every pair of strands that the phase allows, each explained by as many non-overlapping alleles as it holds. Blanks of a
 * definition mean anything.
 *
 * @returns null where there are too many arrangements to go through.
 */
export function combinationPairs(
  sample: GeneSample,
  options: { readonly leaveOut?: readonly string[]; readonly ignoreSites?: readonly number[] } = {},
): readonly CombinationPair[] | null {
  if (sample.blocks.length > MOST_BLOCKS) return null;
  const alleles = candidateAlleles(sample, options.leaveOut).filter(({ isReference }) => !isReference);
  const ignored = new Set(options.ignoreSites ?? []);
  const pairs: CombinationPair[] = [];
  for (const [first, second] of strandPairs(sample)) {
    const firsts = strandMatches(sample, first, alleles, ignored);
    const seconds = strandMatches(sample, second, alleles, ignored);
    const same = first.every((base, index) => base === second[index]);
    firsts.forEach((a, i) => {
      seconds.forEach((b, j) => {
        if (!same || j >= i) pairs.push({ strands: [a, b] });
      });
    });
  }
  return pairs;
}

/** Name of what lies on a strand: an allele, a combination in brackets, or the unexplained variants. */
export function strandName(match: StrandMatch): string {
  const named = match.partials.length > 0 && match.alleles.length === 1 ? withoutReference(match) : match.alleles;
  return combinationName([...named, ...match.partials]);
}

function withoutReference(match: StrandMatch): readonly string[] {
  return match.alleles[0] === match.reference ? [] : match.alleles;
}

export function pairNames(pair: CombinationPair): readonly string[] {
  return sortedPair(pair.strands.map(strandName));
}

type Strand = readonly (string | null)[];

/** The first block is read one way only, since swapping all blocks gives the same pair. */
function strandPairs(sample: GeneSample): readonly (readonly [Strand, Strand])[] {
  const count = 2 ** Math.max(0, sample.blocks.length - 1);
  return Array.from({ length: count }, (_, arrangement) => {
    const ways = sample.sites.map(() => 0);
    sample.blocks.forEach((block, i) => {
      const way = i === 0 ? 0 : (arrangement >> (i - 1)) & 1;
      for (const index of block) ways[index] = way;
    });
    const strand = (side: number): Strand =>
      sample.sites.map((site, index) => site?.alleles[(ways[index] ?? 0) ^ side] ?? site?.alleles[0] ?? null);
    return [strand(0), strand(1)] as const;
  });
}

function strandMatches(
  sample: GeneSample,
  strand: Strand,
  alleles: readonly CandidateAllele[],
  ignored: ReadonlySet<number>,
): readonly StrandMatch[] {
  const found = alleles.filter((allele) => allele.cells.every((cell) => allows(cell, strand[cell.index] ?? undefined)));
  const reference = sample.gene.reference ?? 'Reference';
  const groups = found.length === 0 ? [[]] : compatibleGroups(found);
  return groups.map((group) => {
    const explained = new Set(group.flatMap(({ cells }) => cells.map(({ index }) => index)));
    const names = group.map(({ name }) => name).sort(compareAlleleNames);
    return {
      alleles: names.length === 0 ? [reference] : names,
      partials: partialsOf(sample, strand, (index) => explained.has(index) || ignored.has(index)),
      bases: strand,
      reference,
    };
  });
}

/** Groups of alleles that share no position, larger definitions first; an allele inside a larger one adds nothing. */
function compatibleGroups(found: readonly CandidateAllele[]): readonly (readonly CandidateAllele[])[] {
  const ordered = [...found].sort((a, b) => b.cells.length - a.cells.length || (a.name < b.name ? -1 : 1));
  const groups: CandidateAllele[][] = [];
  for (const allele of ordered) {
    let placed = false;
    let swallowed = false;
    for (const group of groups) {
      const overlapping = group.filter((other) => overlap(other, allele));
      if (overlapping.length === 0) {
        group.push(allele);
        placed = true;
      }
      swallowed ||= overlapping.some((other) => other.cells.length !== allele.cells.length);
    }
    if (!placed && !swallowed) groups.push([allele]);
  }
  return groups;
}

function overlap(a: CandidateAllele, b: CandidateAllele): boolean {
  return a.cells.some((cell) => b.cells.some(({ index }) => index === cell.index));
}

function partialsOf(sample: GeneSample, strand: Strand, isExplained: (index: number) => boolean): readonly string[] {
  return sample.variantSites.flatMap((index) => {
    const position = sample.sites[index]?.position;
    const base = strand[index];
    if (position === undefined || base === null || base === undefined) return [];
    if (base === position.ref || isExplained(index)) return [];
    return [`g.${String(position.pos)}${base === UNREAD ? '?' : `${position.ref}>${base}`}`];
  });
}
