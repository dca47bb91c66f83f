import type { DraftClaim } from './types.ts';
import { wordCount } from './wording.ts';

const WORDS = 59;
/** Most claims of an answer. */
export const CLAIMS = 5;

/** Claims in order, as far as words and places go. */
export class Budget {
  readonly claims: DraftClaim[] = [];
  private words = 0;

  get left(): number {
    return WORDS - this.words;
  }

  add(claim: DraftClaim | null): boolean {
    if (claim === null || this.claims.length >= CLAIMS || this.claims.some(({ text }) => text === claim.text))
      return false;
    const size = wordCount(claim.text);
    if (size > this.left) return false;
    this.words += size;
    this.claims.push(claim);
    return true;
  }
}
