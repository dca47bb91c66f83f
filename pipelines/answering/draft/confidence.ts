import { CONFIDENCE } from '../rules.ts';
import { chance } from './judgement.ts';
import { cites } from './support.ts';
import type { Draft, DraftContext } from './types.ts';

/**
 * How likely a draft is right, 0 to 1: the confidence of its rule and the chance that its likeliest cited sentence answers. Of 668 answers
 * to `corpora/further-charts/blind` and qa-real, by mean confidence and share right: 0.34 and 0.44 (48), 0.59 and 0.61, 0.70 and 0.72, 0.80 and
 * 0.81, 0.89 and 0.89, 0.94 and 0.91 (47; 1 Dec 2026). Without a pair ranker the rule's own.
 */
export function confidenceOf(draft: Draft, context: DraftContext): number {
  if (context.documented === null) return draft.confidence;
  const cited = context.ranked.filter((candidate) =>
    draft.claims.some(({ citations }) => cites(citations, candidate.unit)),
  );
  const best = Math.max(0, ...cited.map(chance));
  const { intercept, rule, chance: weight } = CONFIDENCE;
  return 1 / (1 + Math.exp(-(intercept + rule * oddsOf(draft.confidence) + weight * oddsOf(best))));
}

/** Log-odds, kept finite at 0 and 1. */
function oddsOf(share: number): number {
  return Math.log((share + 0.02) / (1.02 - share));
}
