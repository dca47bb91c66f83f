import { overlaps } from '../../domain/span.ts';
import { isDated } from '../question/time-window.ts';
import { chooseUnits, namesSubject, quoteClaim } from './extract.ts';
import type { Draft, DraftContext } from './types.ts';
import { wordCount } from './wording.ts';

const WORDS = 58;
const CLAIMS = 5;
/** Drafts that say all there is to say; a further sentence would only bring older values. */
const COMPLETE: ReadonlySet<string> = new Set([
  'summary',
  'conflict',
  'allergies',
  'no-known-allergies',
  'medication-list',
  'best-sentence',
  'reason',
  'medication-current',
  'medication-ended',
  'medication-replaced',
  'medication-dose',
  'medication-history',
  'medication-duration',
  'taken-for',
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

/** Adds the best sentences that a draft does not cite yet, while words are left: the facts first, then the notes' own words. */
export function supplement(draft: Draft, context: DraftContext): Draft {
  if (
    COMPLETE.has(draft.rule) ||
    draft.rule.startsWith('section-') ||
    (draft.rule === 'value' && isLatest(context) && !asksMore(context))
  )
    return draft;
  let words = draft.claims.reduce((sum, { text }) => sum + wordCount(text), 0);
  const claims = [...draft.claims];
  const cited = draft.claims.flatMap(({ citations }) => citations);
  for (const ranked of chooseUnits(context, 3)) {
    const { unit } = ranked;
    const known = cited.some(
      (place) => place.kind === 'note' && place.noteId === unit.note.note.id && overlaps(place, unit),
    );
    if (known || claims.length >= CLAIMS || !namesSubject(unit, context)) continue;
    const claim = quoteClaim(ranked, context);
    words += wordCount(claim.text);
    if (words > WORDS) break;
    claims.push(
      draft.claims.some(({ family }) => family === true) ? { ...claim, polarity: 'quoted', family: true } : claim,
    );
  }
  return { ...draft, claims };
}
