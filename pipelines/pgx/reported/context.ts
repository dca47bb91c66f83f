import type { TextRange } from '../../domain/span.ts';
import { CONTEXT } from './lexicon.ts';
import type { Segment } from './segments.ts';

export type Standing = 'stated' | 'of-other-person' | 'supposed' | 'taken-back';

/**
 * Whether a result is the patient's and stated: not a relative's, not supposed ("if she is a poor metabolizer"), not said of
 * people in general, not taken back later in the sentence.
 *
 * @param result - Range of the words that give the result.
 */
export function standingOf(text: string, segment: Segment, result: TextRange, family: readonly TextRange[]): Standing {
  const start = Math.min(segment.mention.start, result.start);
  if (family.some((stretch) => start >= stretch.start && start < stretch.end)) return 'of-other-person';
  const lead = text.slice(segment.sentence, start);
  const rest = text.slice(Math.max(result.end, segment.mention.end), segment.sentenceEnd);
  const earlier = EARLIER_REPORT.exec(rest);
  const tail = earlier === null ? rest : rest.slice(0, earlier.index);
  if (isRelatives(lead) || followedByRelative(tail)) return 'of-other-person';
  if (CONTEXT.takenBackAfter.test(tail) || CONTEXT.takenBackBefore.test(lead)) return 'taken-back';
  if (isSettledOtherwise(text, segment, lead)) return 'taken-back';
  if (CONTEXT.somatic.test(lead) || CONTEXT.somatic.test(tail)) return 'supposed';
  if (CONTEXT.hypothetical.test(lead) || /^\s*(?:patients|individuals|people|persons|carriers|subjects)\b/i.test(tail))
    return 'supposed';
  return 'stated';
}

/** "*1/*2 (previously reported as *2/*2 in error)": what comes behind is said of the earlier report. */
const EARLIER_REPORT =
  /\b(?:previously|earlier|formerly|initially|originally)\b[^.;]{0,20}\b(?:reported|called|listed|recorded|typed|given|documented|read)\s+as\s+\*?\d/i;

/** "The 2019 letter listed *1/*1; the panel supersedes it": an earlier source, and a later one that is preferred. */
function isSettledOtherwise(text: string, segment: Segment, lead: string): boolean {
  if (!CONTEXT.earlierSource.test(lead)) return false;
  const following =
    text.slice(segment.mention.end, segment.mention.end + 320).split(/\n\s*\n|\n(?=[A-Z0-9][\w .]*:)/)[0] ?? '';
  return CONTEXT.settledLater.test(following);
}

/** A relative stands before the gene, the patient does not come back in between, and the relative does not report. */
function isRelatives(lead: string): boolean {
  const pattern = new RegExp(CONTEXT.relatives.source, 'gi');
  let verdict = false;
  let at = 0;
  for (const match of lead.matchAll(pattern)) {
    const rest = lead.slice(match.index + match[0].length);
    if (CONTEXT.informant.test(rest)) continue;
    verdict = true;
    at = match.index + match[0].length;
  }
  return verdict && !CONTEXT.patientWords.test(lead.slice(at));
}

function followedByRelative(tail: string): boolean {
  const match = /^\W{0,3}(?:(?:in|of|for)\s+)?(?:(?:the|her|his|their|patient's|a)\s+)?([A-Za-z-]+)/i.exec(tail);
  return (
    match?.[1] !== undefined &&
    new RegExp(`^(?:${CONTEXT.relatives.source})$`, 'i').test(match[1]) &&
    /^\W{0,3}(?:\(|(?:in|of)\b)/i.test(tail)
  );
}
