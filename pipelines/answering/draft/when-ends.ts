import type { PartialDate } from '../../domain/ids.ts';
import { eventsIn } from '../evidence/by-note.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { boundsOf, houseDate } from '../text/dates.ts';
import { quoteClaim } from './extract.ts';
import type { Draft, DraftContext } from './types.ts';
import { capital } from './wording.ts';

const ASKS_FIRST =
  /\b(?:first|diagnos\w*|dx'?d|onset|found|spotted|notic\w*|pick(?:ed)? up|discover\w*|detected|start(?:ed)?|began|begin|come on|came on|develop\w*)\b/i;
/** Words by which a note tells that a thing is new to it. */
const IS_NEW =
  /\b(?:new(?:ly)?|new[- ]onset|incidental(?:ly)?|de novo|first|found|diagnos(?:ed|is)|dx'?d?|onset|detected|discovered|presents? with|presented with|p\/w|now (?:has|with)|has developed|developed)\b/i;
const HISTORY = /history|pmh|pmhx|background|problem list|past|diagnoses|co-?morbid|bg\b/i;

interface Dated {
  readonly unit: Unit;
  readonly day: PartialDate;
  /** Whether the text dates the thing, and not only its note. */
  readonly isOwn: boolean;
}

/**
 * The beginning of what a question asks about, or its last time: the earliest or latest day that the timeline gives its
 * mentions over all notes; for a beginning that nothing dates, the first note that tells of it as something new.
 */
export function draftEnds(context: DraftContext): Draft | null {
  const { asked, corrected, verb } = context.question;
  const isLast = asked.has('latest');
  if (verb !== null || (!isLast && !asked.has('first') && !ASKS_FIRST.test(corrected))) return null;
  const units = unitsOfAll(context);
  const own = units.flatMap((unit) => ownDays(unit, context));
  const sought = isLast ? latest(own) : earliest([...own, ...firstTold(units, context)]);
  if (sought === null) return null;
  const claim = quoteClaim({ unit: sought.unit }, context);
  const lead = sought.isOwn ? houseDate(sought.day) : `First documented ${houseDate(sought.day)}`;
  return {
    claims: [{ ...claim, text: `${capital(lead)}. ${claim.text}` }],
    finding: 'affirmed',
    rule: isLast ? 'last-mention' : 'first-mention',
    confidence: sought.isOwn ? 0.7 : 0.55,
  };
}

/** Sentences that name everything clinical that the question names; none where the chart leaves one of them out. */
function unitsOfAll({ hits, index }: DraftContext): Unit[] {
  const things = hits.filter(
    ({ clinical, subject }) => clinical && subject.kind !== 'medication' && subject.kind !== 'class',
  );
  const [first, ...others] = things;
  if (first === undefined || hits.some(({ clinical, matches }) => clinical && matches.length === 0)) return [];
  return [...first.byUnit.keys()]
    .filter((at) => others.every(({ byUnit }) => byUnit.has(at)))
    .sort((a, b) => a - b)
    .map((at) => index.units[at]!);
}

function realMentions(unit: Unit, { hits }: DraftContext): ReturnType<typeof matchedEntities> {
  return matchedEntities(unit, hits).filter(
    ({ label, flags }) =>
      label !== 'Medication' &&
      !flags.some((flag) => flag === 'hyp' || flag === 'fam' || flag === 'neg' || flag === 'unc'),
  );
}

/** Days up to its note that the text gives a mention. */
function ownDays(unit: Unit, context: DraftContext): Dated[] {
  const ids = new Set<string>(realMentions(unit, context).map(({ id }) => id));
  return eventsIn(context.chart, unit.note.note.id).flatMap(({ entity, when }) => {
    const day = when.start ?? when.end;
    if (!ids.has(entity) || when.anchor === 'note-date' || day === null || boundsOf(day)[0] > unit.date) return [];
    return [{ unit, day, isOwn: true }];
  });
}

/** The first sentence about it, where its words or the silence of earlier notes show that it is new there. */
function firstTold(units: readonly Unit[], context: DraftContext): Dated[] {
  const told = units.filter((unit) => realMentions(unit, context).length > 0);
  const first = told[0];
  if (first === undefined) return [];
  const sameNote = told.filter(({ noteIndex }) => noteIndex === first.noteIndex);
  const isRemembered = (unit: Unit): boolean =>
    HISTORY.test(`${unit.section} ${unit.title}`) ||
    realMentions(unit, context).every(({ flags }) => flags.includes('hist'));
  const best =
    sameNote.find((unit) => IS_NEW.test(unit.text) && !isRemembered(unit)) ??
    (first.noteIndex > 0 ? sameNote.find((unit) => !isRemembered(unit)) : undefined);
  if (best === undefined || sameNote.some(isRemembered)) return [];
  return [{ unit: best, day: best.date, isOwn: false }];
}

function earliest(dated: readonly Dated[]): Dated | null {
  return dated.reduce<Dated | null>(
    (best, next) => (best === null || boundsOf(next.day)[0] < boundsOf(best.day)[0] ? next : best),
    null,
  );
}

function latest(dated: readonly Dated[]): Dated | null {
  return dated.reduce<Dated | null>(
    (best, next) => (best === null || boundsOf(next.day)[1] >= boundsOf(best.day)[1] ? next : best),
    null,
  );
}
