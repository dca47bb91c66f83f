import type { Unit } from '../../evidence/chart-index.ts';
import { isRepeat } from '../extract.ts';
import type { DraftClaim } from '../types.ts';
import { QUOTE_WORDS, quoteUnit, sourceOf, wordCount } from '../wording.ts';
import { CLAIMS, WORDS } from '../limits.ts';

/** A sentence with what of it the quote must keep. */
export interface Quoted {
  readonly unit: Unit;
  readonly focus?: readonly { readonly start: number; readonly end: number }[];
}

/**
 * Sentences as claims in the words of the note, the source named once for each note, at most 58 words and five claims in
 * all. Later sentences that no longer fit are left out.
 */
export function quoteClaims(
  quotes: readonly Quoted[],
  most: number,
  family = false,
  longest = QUOTE_WORDS,
): DraftClaim[] {
  const claims: DraftClaim[] = [];
  const chosen: Unit[] = [];
  let words = 0;
  for (const { unit, focus } of quotes) {
    if (claims.length >= Math.min(most, CLAIMS)) break;
    if (chosen.some((other) => isRepeat(other, unit))) continue;
    const source = chosen.some(({ noteIndex }) => noteIndex === unit.noteIndex) ? '' : `${sourceOf(unit)}: `;
    const room = WORDS - words - wordCount(source);
    if (room < 6 && claims.length > 0) break;
    const { text, citation } = quoteUnit(unit, focus ?? [], Math.max(8, Math.min(longest, room)));
    const claim = `${source}"${text}"`;
    if (claims.length > 0 && words + wordCount(claim) > WORDS) continue;
    words += wordCount(claim);
    chosen.push(unit);
    claims.push({ text: claim, citations: [citation], polarity: 'quoted', ...(family ? { family } : {}) });
  }
  return claims;
}

const NONE = /^[^"]*"[^"]{0,60}\b(none|nil|no|not|without|denies|negative|n\/a)\b/i;

/** Whether the first quote says that there is none of what was asked. */
export function saysNone(claims: readonly DraftClaim[]): boolean {
  return claims.length > 0 && NONE.test(claims[0]!.text) && (claims[0]!.text.match(/\S+/g) ?? []).length < 24;
}
