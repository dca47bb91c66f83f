import type { MedicationStatus } from '#pipelines/domain/chart.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import { earliest, onNoteDate } from '../dates/when.ts';
import type { MedicationMention } from '../reading/reading.ts';

/** Whether a mention says that a drug is taken, held or stopped, and does not only plan, consider or remember it. */
export function isStateful(mention: MedicationMention): boolean {
  const { action, assertion, neverTaken, ordered } = mention;
  if (neverTaken || assertion.existence === 'absent' || assertion.experiencer === 'family') return false;
  if (action === null || action === 'allergy' || action === 'plan') return false;
  return assertion.existence !== 'hypothetical' || action === 'continue' || ordered;
}

/** What a mention makes of the drug's status. */
export function stateOf({ action, assertion }: MedicationMention): MedicationStatus {
  if (action === 'stop') return assertion.temporality === 'historical' ? 'historical' : 'stopped';
  if (action === 'hold') return 'on-hold';
  return assertion.temporality === 'historical' ? 'historical' : 'active';
}

/** When a step was taken: the stated date of a change; the note's date for what only goes on. */
export function whenOfStep(mention: MedicationMention): When {
  const { action, when, noteDate } = mention;
  if (action === 'continue') return onNoteDate(noteDate);
  return when.start === null && when.end === null ? onNoteDate(noteDate) : when;
}

/**
 * The mention that decides what holds now: of the latest note that says anything, a change before a mere "continue", later
 * words before earlier ones; and never a change that lies before one already known.
 *
 * @param mentions - Of one drug, in order of note, then of text.
 */
export function decisiveMention(mentions: readonly MedicationMention[]): MedicationMention | null {
  let decisive: MedicationMention | null = null;
  for (const mention of mentions) {
    if (!isStateful(mention)) continue;
    if (decisive === null || overrides(mention, decisive)) decisive = mention;
  }
  return decisive;
}

function overrides(next: MedicationMention, last: MedicationMention): boolean {
  if (isOldNews(next, last)) return false;
  if (next.note !== last.note) return true;
  if (isToldHold(last) && isTakenNow(next)) return true;
  const [rankNext, rankLast] = [rank(next), rank(last)];
  if (rankNext !== rankLast) return rankNext > rankLast;
  if (next.when.anchor === 'note-date' || last.when.anchor === 'note-date') return true;
  return (earliest(whenOfStep(next)) ?? '') >= (earliest(whenOfStep(last)) ?? '');
}

/** A hold that the story of the illness tells ("her metformin was held in the ED"): the list and the plan say how it stands. */
function isToldHold({ action, place, assertion, when, noteDate }: MedicationMention): boolean {
  const earlier = when.anchor !== 'note-date' && (earliest(when) ?? noteDate) < noteDate;
  return action === 'hold' && place === 'narrative' && (earlier || assertion.temporality === 'historical');
}

function isTakenNow({ action, place }: MedicationMention): boolean {
  return action === 'continue' && place !== 'narrative' && place !== 'allergy';
}

/** A remembered step ("begun in 2019") that lies before the one already known changes nothing. */
function isOldNews(next: MedicationMention, last: MedicationMention): boolean {
  if (next.action === 'continue' || stateOf(last) === stateOf(next)) return false;
  const before = earliest(next.when);
  const known = earliest(whenOfStep(last));
  return (
    next.when.anchor !== 'note-date' &&
    before !== null &&
    known !== null &&
    before < known &&
    next.noteDate >= last.noteDate &&
    last.action !== 'continue'
  );
}

function rank({ action, place }: MedicationMention): number {
  if (place === 'discharge-list') return 3;
  if (action !== 'continue') return 2;
  return place === 'plan' ? 2 : 1;
}
