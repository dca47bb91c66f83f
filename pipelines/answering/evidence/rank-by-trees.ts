import type { Question } from '../question/types.ts';
import { DOCUMENTED_TREES, SENTENCE_TREES } from '../rules.ts';
import type { ChartIndex } from './chart-index.ts';
import type { RankedUnit } from './rank-units.ts';
import type { SubjectHits } from './subject-hits.ts';
import { treeFeatures } from './tree-features.ts';
import { chanceOf } from './trees.ts';

/** Sentences that compete: what weights and pair ranker put first. */
export const COMPETING = 30;
const LIKELY = 0.3;

export interface Judged {
  readonly ranked: readonly RankedUnit[];
  /** The chance that the chart answers the question at all, 0 to 1. */
  readonly documented: number;
}

/**
 * Ranks the first sentences anew by trees that weigh each one's features against the others' and against what is asked, and says whether any
 * answers. A place keeps its score: the best sentence gets the best score that the weights gave.
 */
export function rankByTrees(
  ranked: readonly RankedUnit[],
  question: Question,
  index: ChartIndex,
  hits: readonly SubjectHits[],
): Judged {
  const competing = ranked.slice(0, COMPETING);
  const features = treeFeatures(competing, question, index, hits);
  const found = competing
    .map((candidate, i) => ({ ...candidate, features: features[i]!, chance: chanceOf(features[i]!, SENTENCE_TREES) }))
    .sort((a, b) => b.chance - a.chance || b.score - a.score);
  const reordered = found.map(({ chance, ...candidate }, i) => ({
    ...candidate,
    score: competing[i]!.score,
    features: { ...candidate.features, chance },
  }));
  return {
    ranked: [...reordered, ...ranked.slice(COMPETING)],
    documented: chanceOf(featuresOfAll(reordered), DOCUMENTED_TREES),
  };
}

/** The best chances, how many there are, and all features of the best sentence, those of the question among them. */
function featuresOfAll(ranked: readonly RankedUnit[]): Record<string, number> {
  const chances = ranked.map(({ features }) => features['chance']!);
  const features: Record<string, number> = {
    likely: chances.filter((chance) => chance > LIKELY).length,
    chances: chances.reduce((sum, chance) => sum + chance, 0),
  };
  for (const [name, value] of Object.entries(ranked[0]?.features ?? {})) features[`best.${name}`] = value;
  for (const [i, chance] of chances.slice(0, 4).entries()) features[`chance.${i + 1}`] = chance;
  const answers = ranked.map(({ features: own }) => own['answers'] ?? 0).sort((a, b) => b - a);
  for (const [i, value] of answers.slice(0, 2).entries()) features[`answers.${i + 1}`] = value;
  return features;
}
