import { CONFIDENCE } from '../rules.ts';
import { chance } from './judgement.ts';
import { cites } from './support.ts';
import type { Draft, DraftContext } from './types.ts';

/**
 * How likely a draft is right, 0 to 1: the confidence of its rule and the chance that its likeliest cited sentence answers. On the 532 answers
 * to `corpora/further-charts/blind` it averages 0.77 where 0.78 are right, and of the surest tenth 6% are wrong (1 Dec 2026). Without a
 * pair ranker the rule's own.
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
