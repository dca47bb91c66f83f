import { extractive } from './extract.ts';
import type { Draft, Drafter, DraftContext } from './types.ts';
import { DRAFTERS } from './drafters.ts';

/**
 * The draft of the first drafter that understands the question, in the order of `DRAFTERS` (most specific first), else
 * the best sentences, else null: nothing in the chart speaks to it.
 */
export function draftAnswer(context: DraftContext): Draft | null {
  for (const drafter of DRAFTERS) {
    const draft = drafter(context);
    if (draft !== null && draft.claims.length > 0) return draft;
  }
  return supported(context) ? extractive(context) : null;
}

/** Whether the best sentence covers enough of the question to be quoted as its answer. */
function supported({ ranked, hits }: DraftContext): boolean {
  const best = ranked[0];
  if (best === undefined || hits.length === 0) return false;
  return best.coverage >= 0.5;
}

export type { Drafter };
