import { isDated } from '../question/time-window.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { JUDGEMENT } from '../rules.ts';
import { chooseUnits, isRepeat, namesSubject, quoteClaim } from './extract.ts';
import { judged } from './judgement.ts';
import { cites } from './support.ts';
import type { Draft, DraftContext } from './types.ts';
import { wordCount } from './wording.ts';
import { CLAIMS, WORDS } from './limits.ts';

/** Drafts that say all there is to say; a further sentence would only bring older values. */
const COMPLETE: ReadonlySet<string> = new Set([
  'summary',
  'conflict',
  'allergies',
  'no-known-allergies',
  'medication-list',
  'best-sentence',
  'reason',
  'family',
  'family-history',
  'trend',
  'first-mention',
  'last-mention',
  'medication-current',
  'medication-ended',
  'medication-replaced',
  'medication-dose',
  'medication-history',
  'medication-duration',
  'taken-for',
  'medication-listed-for',
  'medication-not-taken',
]);

/** A value without a time, place or occasion is the latest one; older values beside it would only mislead. */
function isLatest({ question, contextHits }: DraftContext): boolean {
  return (
    question.asked.has('latest') ||
    (!isDated(question.window) && question.window.places.length === 0 && contextHits.length === 0)
  );
}

/** A second clinical subject beside the value: "A1c - is she diabetic?". */
function asksMore({ hits }: DraftContext): boolean {
  return hits.some(({ clinical, subject }) => clinical && subject.kind !== 'test' && subject.kind !== 'panel');
}

/** "INR and TTR?", "when, and at what dose?": a fact may answer one part only. */
const SECOND_PART = /\S{2}(?:\s+(?:and|&|plus|vs\.?|versus)\s+|[,;?]\s+(?:and\s+)?)\S{2}/i;

/** Sentences that may stand behind the facts, best first: by the pair ranker, where it read them, else by the rules. */
function further(context: DraftContext): readonly RankedUnit[] {
  if (context.ranked.every((candidate) => judged(candidate) === null)) return chooseUnits(context, 3);
  const answering = context.ranked.filter((candidate) => judged(candidate)! >= JUDGEMENT.enough);
  return answering.filter(({ unit }, i) => !answering.slice(0, i).some((other) => isRepeat(other.unit, unit)));
}

/** Adds the best sentences that a draft does not cite yet, while words are left: the facts first, then the notes' own words. */
export function supplement(draft: Draft, context: DraftContext): Draft {
  if (
    COMPLETE.has(draft.rule) ||
    draft.rule.startsWith('section-') ||
    (draft.rule === 'value' && isLatest(context) && !asksMore(context) && !SECOND_PART.test(context.question.corrected))
  )
    return draft;
  const twofold = SECOND_PART.test(context.question.corrected) && !draft.claims.some(({ text }) => text.includes('"'));
  let words = draft.claims.reduce((sum, { text }) => sum + wordCount(text), 0);
  const claims = [...draft.claims];
  const cited = draft.claims.flatMap(({ citations }) => citations);
  // Beside a latest value, a sentence of an older note would only mislead.
  const oldest = draft.rule === 'value' && isLatest(context) ? lastNote(draft, context) : 0;
  for (const ranked of further(context)) {
    const { unit } = ranked;
    if (unit.noteIndex < oldest) continue;
    const known = cites(cited, unit);
    const named = namesSubject(unit, context) || (judged(ranked) ?? 0) >= JUDGEMENT.sure;
    // A fact cites a few words of its sentence: where a second thing is asked, the sentence itself may hold it.
    const told = known && !(twofold && (judged(ranked) ?? 0) >= JUDGEMENT.sure);
    if (told || claims.length >= CLAIMS || !named) continue;
    const claim = quoteClaim(ranked, context);
    words += wordCount(claim.text);
    if (words > WORDS) break;
    claims.push(
      draft.claims.some(({ family }) => family === true) ? { ...claim, polarity: 'quoted', family: true } : claim,
    );
  }
  return { ...draft, claims };
}

/** The latest note that a draft cites. */
function lastNote(draft: Draft, { index }: DraftContext): number {
  const notes = draft.claims.flatMap(({ citations }) =>
    citations.flatMap((place) => (place.kind === 'note' ? [index.noteIndexOf.get(place.noteId) ?? 0] : [])),
  );
  return Math.max(0, ...notes);
}
