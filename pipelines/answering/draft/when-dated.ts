import { eventsIn } from '../evidence/by-note.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { isDayFirst } from '../evidence/day-first.ts';
import { datesIn } from '../text/dates.ts';
import { resolveDate } from './stated-value.ts';
import type { DraftContext } from './types.ts';

const CONSIDERED = 20;
const LEAST = 0.45;
/** What a date of the thing itself, a fitting word of beginning or end, and the right end of the course weigh. */
const OWN = 0.9;
const NEAR = 0.4;
const WORD = 0.4;
const END_OF_COURSE = 0.3;

const ASKS_END =
  /\b(?:last|latest|most recent|end(?:ed|s)?|finish\w*|complet\w*|stop\w*|resolv\w*|clear(?:ed)?|come off|came off|quit|remov\w*|come out|came out|taken out)\b/i;
const ASKS_START =
  /\b(?:first|diagnos\w*|start\w*|began|begin|begun|onset|found|spot\w*|notic\w*|pick\w*|develop\w*|put in|placed|insert\w*|implant\w*|since)\b/i;
const TELLS_END =
  /\b(?:finish\w*|complet\w*|ended|ends?|last|stopp?\w*|resolv\w*|off|clear(?:ed)?|settled|quit|remov\w*|none since|not? .{0,24} since|until|through)\b/i;
const TELLS_START =
  /\b(?:start\w*|began|begin|begun|initiat\w*|commenc\w*|onset|first|dx'?d?|diagnos\w*|since|notic\w*|develop\w*|new(?:ly)?|placed|insert\w*|implant\w*|put in|age)\b/i;

interface Dated {
  readonly ranked: RankedUnit;
  /** First day that the text or the timeline gives the thing that was asked about; null where only the note has a day. */
  readonly day: string | null;
  readonly score: number;
}

/**
 * Sentences with the date of the very thing that was asked about, before those that only name it: an onset before later
 * mentions where the beginning is asked for, the last where the end is.
 */
export function datedFirst(context: DraftContext): { readonly ranked: readonly RankedUnit[]; readonly most: number } {
  const { corrected, asked } = context.question;
  const isEnd = asked.has('latest') || ASKS_END.test(corrected);
  const isStart = !isEnd && (asked.has('first') || ASKS_START.test(corrected));
  const tells = isEnd ? TELLS_END : isStart ? TELLS_START : null;
  const candidates = context.ranked.slice(0, CONSIDERED).map((ranked): Dated => {
    const { unit, score, coverage } = ranked;
    if (coverage < LEAST) return { ranked, day: null, score };
    const own = ownDay(unit, context) ?? writtenDay(unit, context);
    const near = own === null && datesIn(unit.text).length > 0 ? NEAR : 0;
    const word = (own !== null && tells?.test(unit.text) === true) || states(unit, tells) ? WORD : 0;
    return { ranked, day: own, score: score + (own === null ? near : OWN) + word };
  });
  const days = candidates.flatMap(({ day }) => day ?? []).sort();
  const sought = isEnd ? days.at(-1) : isStart ? days[0] : undefined;
  const scored = candidates
    .map((dated) => ({
      ...dated,
      score: dated.score + (dated.day !== null && dated.day === sought ? END_OF_COURSE : 0),
    }))
    .sort((a, b) => b.score - a.score || a.ranked.unit.index - b.ranked.unit.index);
  const best = scored[0];
  const kept =
    best?.day == null ? scored : scored.filter(({ day, ranked: { unit } }) => day !== null || states(unit, tells));
  const ranked = kept.map(({ ranked: candidate, score }) => ({ ...candidate, score }));
  // Beside the last time, an older one would only mislead.
  const isLast = asked.has('latest') && best?.day != null && best.day === sought;
  return { ranked, most: best?.day == null ? 3 : isLast ? 1 : 2 };
}

/** Whether a sentence tells of the beginning or end that is asked for, and when. */
function states(unit: Unit, tells: RegExp | null): boolean {
  return tells?.test(unit.text) === true && datesIn(unit.text).length > 0;
}

/** How far a mention and the one date of its sentence may stand apart, in code units. */
const BESIDE = 40;

/** The one date of a sentence that names the thing, close by it: "the colonoscopy I did on 9 May". */
function writtenDay(unit: Unit, { hits, chart }: DraftContext): string | null {
  const dates = datesIn(unit.text).filter(({ month, day }) => month !== null && day !== null);
  const [date] = dates;
  if (dates.length !== 1 || date === undefined) return null;
  const named = matchedEntities(unit, hits).some(
    ({ flags, start, end }) =>
      !flags.some((flag) => flag === 'hyp' || flag === 'fam' || flag === 'neg') &&
      date.start - (end - unit.start) <= BESIDE &&
      start - unit.start - date.end <= BESIDE,
  );
  const day = named ? resolveDate(date, unit, isDayFirst(chart)) : null;
  return day !== null && day <= unit.date ? day : null;
}

/** The day of the matched mention: of its event in the timeline, where that is more than the note's own day. */
function ownDay(unit: Unit, { hits, chart }: DraftContext): string | null {
  const ids = new Set<string>(
    matchedEntities(unit, hits)
      .filter(({ flags }) => !flags.some((flag) => flag === 'hyp' || flag === 'fam' || flag === 'neg'))
      .map(({ id }) => id),
  );
  if (ids.size === 0) return null;
  const event = eventsIn(chart, unit.note.note.id).find(
    ({ entity, when }) => ids.has(entity) && when.anchor !== 'note-date' && (when.start ?? when.end) !== null,
  );
  return event === undefined ? null : (event.when.start ?? event.when.end);
}
