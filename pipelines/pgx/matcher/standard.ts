import type { GeneRules } from '../rules.ts';
import { comparePairs, distinctPairs, sortedPair } from '../allele-names.ts';
import { combinationPairs, pairNames } from './combinations.ts';
import type { ScoredDiplotype } from './exact-pairs.ts';
import { exactPairs } from './exact-pairs.ts';
import type { Call } from './gene-match.ts';
import { NO_CALL } from './gene-match.ts';
import type { GeneSample } from './gene-sample.ts';
import type { MatcherOptions } from './options.ts';

/**
 * Calls a gene whose strands must each equal one named allele. The pairs with the best score are the call; several are
 * reported where they tie, unless the release settles the tie.
 */
export function callStandard(sample: GeneSample, options: MatcherOptions): Call {
  if (sample.available === 0 || sample.mixedPloidy) return NO_CALL;
  const missing = sample.gene.calling.requiredPositions.filter((pos) => isMissing(sample, pos));
  if (missing.length > 0) return missingRequired(sample, missing);
  const scored = sample.hasUnreadStrand ? [] : exactPairs(sample);
  if (scored.length > 0) return bestOf(sample, scored, options);
  return options.combinations ? callCombinations(sample) : NO_CALL;
}

function isMissing(sample: GeneSample, pos: number): boolean {
  const index = sample.gene.positions.findIndex((position) => position.pos === pos);
  return index < 0 || sample.sites[index] === null;
}

function missingRequired(sample: GeneSample, missing: readonly number[]): Call {
  const chrom = sample.gene.chrom ?? '';
  const message = `${sample.gene.gene} is not called: positions without which its alleles cannot be told apart were not read.`;
  const positions = missing.map((pos) => ({ chrom, pos }));
  return { ...NO_CALL, warnings: [{ code: 'REQUIRED_POSITION_MISSING', message, positions }] };
}

function bestOf(sample: GeneSample, scored: readonly ScoredDiplotype[], options: MatcherOptions): Call {
  const picked = sample.effectivelyPhased ? null : settledTie(sample.gene, scored);
  if (picked !== null) {
    const message = `The unphased variants fit several diplotypes; ${picked.alleles.join('/')} is given because it is the most frequent of them.`;
    return { diplotypes: [picked.alleles], warnings: [{ code: 'TIE_SETTLED_BY_FREQUENCY', message }] };
  }
  const best = scored[0]?.score;
  const kept = options.allMatches ? scored : scored.filter(({ score }) => score === best);
  return { diplotypes: distinctPairs(kept.map(({ alleles }) => reported(sample.gene, alleles))) };
}

function settledTie(gene: GeneRules, scored: readonly ScoredDiplotype[]): ScoredDiplotype | null {
  const byName = new Map(scored.map((pair) => [pair.alleles.join('/'), pair]));
  const rule = gene.calling.tiePicks.find(({ tie }) => tie.every((name) => byName.has(name)));
  return rule === undefined ? null : (byName.get(rule.pick) ?? null);
}

function reported(gene: GeneRules, alleles: readonly string[]): readonly string[] {
  return sortedPair(alleles.map((name) => gene.reportAs.get(name) ?? name));
}

/** Research only: alleles and unexplained variants that share a strand. Names with `+` are left out, being combinations. */
function callCombinations(sample: GeneSample): Call {
  const leaveOut = [...sample.gene.alleles.keys()].filter((name) => name.includes('+'));
  const pairs = combinationPairs(sample, { leaveOut });
  return { diplotypes: distinctPairs((pairs ?? []).map(pairNames)).toSorted(comparePairs) };
}
