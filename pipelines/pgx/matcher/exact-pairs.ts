import { comparePairs, sortedPair } from '../allele-names.ts';
import type { CandidateAllele } from './candidate-alleles.ts';
import { candidateAlleles, matchesSomeStrand, orientationsOf } from './candidate-alleles.ts';
import type { GeneSample } from './gene-sample.ts';

export interface ScoredDiplotype {
  readonly alleles: readonly string[];
  readonly score: number;
}

/**
 * Every pair of named alleles that together explain the sample at every site, blanks of a definition meaning reference.
 * Best score first; the score counts the positions that the two definitions name.
 *
 * @returns For a haploid sample the one allele that fits; where several fit, their pairs stand for the alternatives, as the
 *   reference caller lists them.
 */
export function exactPairs(sample: GeneSample, leaveOut: readonly string[] = []): readonly ScoredDiplotype[] {
  const fitting = candidateAlleles(sample, leaveOut)
    .filter((allele) => matchesSomeStrand(sample, allele, 'reference'))
    .map((allele) => ({ allele, ways: waysOf(sample, allele) }));
  const [only] = fitting;
  if (sample.haploid && fitting.length === 1 && only !== undefined) {
    return [{ alleles: [only.allele.name], score: scoreOf(sample, only.allele, only.ways) }];
  }
  const found = fitting.flatMap((first, i) =>
    fitting.slice(i).flatMap((second) => {
      const together = first.ways.map((ways, block) => ways.filter((way) => second.ways[block]?.includes(1 - way)));
      if (together.some((ways) => ways.length === 0)) return [];
      const opposite = together.map((ways) => ways.map((way) => 1 - way));
      const score = scoreOf(sample, first.allele, together) + scoreOf(sample, second.allele, opposite);
      return [{ alleles: sortedPair([first.allele.name, second.allele.name]), score }];
    }),
  );
  return found.sort((a, b) => b.score - a.score || comparePairs(a.alleles, b.alleles));
}

/** Ways round of each block in which an allele fits. */
type Ways = readonly (readonly number[])[];

function waysOf(sample: GeneSample, allele: CandidateAllele): Ways {
  return sample.blocks.map((block) => orientationsOf(sample, allele, block, 'reference'));
}

/**
 * Positions that the definition names and the sample has. A cell that allows several bases counts only where the allele's
 * strand, in this pair, can show another base than reference.
 */
function scoreOf(sample: GeneSample, allele: CandidateAllele, ways: Ways): number {
  const idle = allele.cells.filter((cell) => cell.allowed !== null && !showsVariant(sample, ways, cell.index)).length;
  return (allele.isReference ? sample.available : allele.cells.length) - idle;
}

function showsVariant(sample: GeneSample, ways: Ways, index: number): boolean {
  const site = sample.sites[index];
  if (site === null || site === undefined) return false;
  const block = sample.blocks.findIndex((indexes) => indexes.includes(index));
  const strands = block < 0 ? [0] : (ways[block] ?? []);
  return strands.some((strand) => site.alleles[strand] !== site.position.ref);
}
