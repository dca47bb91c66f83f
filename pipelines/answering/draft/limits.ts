import type { Draft, DraftClaim } from './types.ts';
import { wordCount } from './wording.ts';

/** Most words of an answer, quotes and all. */
export const WORDS = 58;
/** Most claims of an answer. */
export const CLAIMS = 5;

/** A draft with one more claim behind it; the draft itself where the claim does not fit. */
export function withClaim(draft: Draft, claim: DraftClaim): Draft {
  const claims = [...draft.claims, claim];
  const words = claims.reduce((sum, { text }) => sum + wordCount(text), 0);
  return claims.length > CLAIMS || words > WORDS ? draft : { ...draft, claims };
}
