import type { IsoDate } from '#pipelines/domain/ids.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import { WORDS, alternatives, anyOf } from '../words.ts';
import { nearestMonth } from './absolute.ts';
import { atAge, dayOfLife, decadeOfLife, fixedDay, lastSeason, stageOfLife, weekday } from './life-and-calendar.ts';
import { withoutOpening } from './normalise-time.ts';
import { addDays, weekdayOf } from './partial-date.ts';
import { ahead, back, unitOfFraction } from './shift.ts';
import type { TimeContext } from './time-context.ts';
import { at, between, onNoteDate } from './when.ts';

const UNITS: Readonly<Record<string, string>> = WORDS.time.units;
const MONTHS: Readonly<Record<string, number>> = WORDS.time.months;
const WEEKDAYS: Readonly<Record<string, number>> = WORDS.time.weekdays;
const UNIT = `(${alternatives(Object.keys(UNITS))})(?!\\p{L})`;
const AMOUNT = '(\\d+(?:\\.\\d+)?)(?: ?(?:-|to|or) ?(\\d+))?\\+?';
const ANCHORS = WORDS.time.anchors;

type Reader = readonly [RegExp, (match: RegExpExecArray, context: TimeContext) => When | null];

const READERS: readonly Reader[] = [
  [
    /(?<!\d)(\d{1,3})\/(7|52|12) ?(?:ago|prior|back|earlier|previously|hx|history)/,
    (m, c) => back(+m[1]!, unitOfFraction(m[2]!), c.noteDate),
  ],
  [/^(?:in|after|for)? ?(\d{1,3})\/(7|52)$/, (m, c) => fromNow(+m[1]!, unitOfFraction(m[2]!), m.input, c)],
  [
    new RegExp(
      `${AMOUNT} ?(?:-? ?)${UNIT} ?(?:and a half )?(?:ago|prior|back|earlier|previously|before(?: admission| presentation)?)`,
      'u',
    ),
    agoOrBefore,
  ],
  [new RegExp(`\\ban? ${UNIT} (?:ago|prior|back|earlier)`, 'u'), (m, c) => back(1, UNITS[m[1]!]!, c.noteDate)],
  [
    /\b(?:last|past|previous) (week|month|year|wk|mo|mth|yr)\b(?! (?:of|or))/,
    (m, c) => lastUnit(UNITS[m[1]!]!, m.input, c),
  ],
  [
    new RegExp(`\\b(?:last|past|previous|preceding) ${AMOUNT} ?${UNIT}`, 'u'),
    (m, c) => stretchBack(+(m[2] ?? m[1]!), UNITS[m[3]!]!, c),
  ],
  [/\bthis (?:past )?(week|month|year|wk|mo|yr)\b/, (m, c) => thisUnit(UNITS[m[1]!]!, c)],
  [/\bnext (week|month|year|wk|mo|yr)\b/, (m, c) => ahead(1, UNITS[m[1]!]!, c.noteDate)],
  [new RegExp(`^(?:another )?${AMOUNT} ?${UNIT} (?:later|thereafter)`, 'u'), (m, c) => later(+m[1]!, UNITS[m[3]!]!, c)],
  [new RegExp(`^${AMOUNT} ?${UNIT}(?: (?:post|after|out|since|s\\/p))?$`, 'u'), bareAmount],
  [
    new RegExp(`^(?:x|for|now|over)(?: the)? ?${AMOUNT} ?${UNIT}$`, 'u'),
    (m, c) => (c.planned ? null : stretchBack(+m[1]!, UNITS[m[3]!]!, c)),
  ],
  [/^(?:the )?(?:next|following) (?:day|morning)/, (_, c) => later(1, 'day', c)],
  [
    /^(?:the )?same (?:day|evening|time)/,
    (_, c) => (c.previous === null ? onNoteDate(c.noteDate) : at(c.previous, 'relative')),
  ],
  [
    new RegExp(
      `^(?:in|within|after|over the next|for the next|f\\/u|rtc|return)(?: the next)?(?: about| another)? ${AMOUNT} ?${UNIT}`,
      'u',
    ),
    (m, c) => inFuture(m, c),
  ],
  [new RegExp(`^in an? ${UNIT}`, 'u'), (m, c) => ahead(1, UNITS[m[1]!]!, c.noteDate)],
  [/\b(?:pod|post-?op(?:erative)? day|p\.?o\.?d\.?) ?#? ?(\d{1,2})/, (m, c) => fromAnchor(c.surgery, +m[1]!, c)],
  [/\bday (\d{1,2}) (?:post|after)[ -]?(?:op|surgery)/, (m, c) => fromAnchor(c.surgery, +m[1]!, c)],
  [
    /\b(?:hospital day|hd|hosp day|day of admission|los|icu day|dol|day of life|day|d) ?#? ?(\d{1,2})(?! ?(?:of|days?)\b)/,
    hospitalDay,
  ],
  [new RegExp(`${AMOUNT} ?${UNIT} of life`, 'u'), (_, c) => dayOfLife(1, c)],
  [
    new RegExp(`(?<!\\p{L})(${alternatives(Object.keys(WORDS.time.fixedDays))})(?!\\p{L})`, 'u'),
    (m, c) => fixedDay(m[1]!, c),
  ],
  [anyOf(WORDS.time.comingMorning), (_, c) => at(addDays(c.noteDate, c.planned ? 1 : 0), 'relative')],
  [anyOf(WORDS.time.dayBefore), (_, c) => at(addDays(c.noteDate, -1), 'relative')],
  [/^day before yesterday/, (_, c) => at(addDays(c.noteDate, -2), 'relative')],
  [anyOf(WORDS.time.dayAfter), (_, c) => at(addDays(c.noteDate, 1), 'relative')],
  [
    new RegExp(`(?<!\\p{L})(?:${alternatives(ANCHORS.admission)})(?!\\p{L})`, 'u'),
    (_, c) => at(c.admission ?? c.noteDate, 'relative'),
  ],
  [
    new RegExp(`(?<!\\p{L})(?:${alternatives(ANCHORS.discharge)})(?!\\p{L})`, 'u'),
    (m, c) => (c.discharge === null && /^since/.test(m.input) ? null : at(c.discharge ?? c.noteDate, 'relative')),
  ],
  [/\b(?:age|aged|at) ?(?:of )?(\d{1,2})(?: ?(?:y|yo|yrs?|years?)(?: old| of age)?)?$/, (m, c) => atAge(+m[1]!, c)],
  [/\b(?:early |mid |late )?(\d)0'?s$/, (m, c) => decadeOfLife(+m[1]! * 10, m.input, c)],
  [new RegExp(`\\b(?:last|this|this past) (spring|summer|autumn|fall|winter)`), (m, c) => lastSeason(m[1]!, c)],
  [
    new RegExp(`(?<!\\p{L})(${alternatives(Object.keys(WEEKDAYS))})(?!\\p{L})`, 'u'),
    (m, c) => weekday(WEEKDAYS[m[1]!]!, c),
  ],
  [
    new RegExp(`^(?:last |this )?(${alternatives(Object.keys(MONTHS))})\\.?$`, 'u'),
    (m, c) => at(nearestMonth(MONTHS[m[1]!]!, c), 'stated'),
  ],
  [/^(?:the )?(spring|summer|autumn|fall|winter)$/, (m, c) => lastSeason(m[1]!, c)],
  [
    new RegExp(`(?<!\\p{L})(?:${alternatives(ANCHORS.surgery)})(?!\\p{L})`, 'u'),
    (m, c) =>
      c.surgery !== null ? at(c.surgery, 'relative') : /^day of/.test(m.input) ? at(c.noteDate, 'relative') : null,
  ],
  [anyOf(WORDS.time.sameDay), (_, c) => at(c.noteDate, 'relative')],
  [
    /^(?:~|±|@|about |approx |after |by |from )* ?(?:(?:[01]?\d|2[0-3])[:.h][0-5]\d|(?:[01]\d|2[0-3])[0-5]\d(?!\d)|\d{1,2} ?[ap]\.?m\b|(?:0\d|1\d|2[0-3]) ?h$)/,
    (_, c) => at(c.dayOfLine ?? c.noteDate, 'relative'),
  ],
];

/** Reads a date that is reckoned from another one; null where there is nothing to reckon from. */
export function readRelative(text: string, context: TimeContext): When | null {
  const bare = withoutOpening(text);
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(text) ?? pattern.exec(bare);
    const when = match === null ? null : read(match, context);
    if (when !== null) return when;
  }
  return stageOfLife(bare, context);
}

function agoOrBefore(match: RegExpExecArray, context: TimeContext): When | null {
  const unit = UNITS[match[3]!]!;
  const reference = /before (?:admission|presentation)/.test(match[0])
    ? context.admission
    : /prior|earlier|before/.test(match[0])
      ? context.previous
      : null;
  const from = reference ?? context.noteDate;
  const near = back(Number(match[1]), unit, from);
  if (match[2] === undefined || near === null) return near;
  const far = back(Number(match[2]), unit, from);
  return far === null ? near : between(far.start!, near.end!, 'relative');
}

function lastUnit(unit: string, input: string, context: TimeContext): When | null {
  if (/\b(?:over|during|in|for|within) (?:the )?(?:past|last)\b/.test(input) || /^(?:the )?past/.test(input))
    return stretchBack(1, unit, context);
  if (unit === 'week')
    return between(
      addDays(context.noteDate, -7 - weekdayOf(context.noteDate)),
      addDays(context.noteDate, -1 - weekdayOf(context.noteDate)),
      'relative',
    );
  return back(1, unit, context.noteDate);
}

function stretchBack(amount: number, unit: string, context: TimeContext): When | null {
  const from = back(amount, unit, context.noteDate);
  return from === null ? null : between(from.start!, context.noteDate, 'relative');
}

function thisUnit(unit: string, { noteDate }: TimeContext): When | null {
  if (unit === 'year') return at(noteDate.slice(0, 4), 'relative');
  if (unit === 'month') return at(noteDate.slice(0, 7), 'relative');
  return between(addDays(noteDate, -weekdayOf(noteDate)), noteDate, 'relative');
}

function later(amount: number, unit: string, context: TimeContext): When | null {
  return context.previous === null ? null : ahead(amount, unit, context.previous);
}

/** "2 wks" ahead of a plan is so long from now; behind an operation ("3 wks out", "14 months after") it is so long ago. */
function bareAmount(match: RegExpExecArray, context: TimeContext): When | null {
  const unit = UNITS[match[3]!]!;
  if (
    / (?:post|after|out|since|s\/p)$/.test(match[0]) ||
    /^\s*(?:post|after|out|s\/p|since)\b/i.test(context.following)
  )
    return context.planned ? null : back(Number(match[1]), unit, context.noteDate);
  return context.planned && unit !== 'hour' && unit !== 'minute'
    ? ahead(Number(match[1]), unit, context.noteDate)
    : null;
}

function fromNow(amount: number, unit: string, input: string, context: TimeContext): When | null {
  if (/^for/.test(input) || !context.planned) return null;
  return ahead(amount, unit, context.noteDate);
}

function inFuture(match: RegExpExecArray, context: TimeContext): When | null {
  if (/^(?:within|after)/.test(match[0]) && !context.planned) return null;
  return ahead(Number(match[1]), UNITS[match[3]!]!, context.noteDate);
}

function fromAnchor(anchor: IsoDate | null, days: number, context: TimeContext): When {
  return at(anchor === null ? context.noteDate : addDays(anchor, days), 'relative');
}

function hospitalDay(match: RegExpExecArray, context: TimeContext): When | null {
  if (/^(?:dol|day of life)/.test(match[0]) || context.admission === null) {
    const life = dayOfLife(Number(match[1]), context);
    if (life !== null || context.admission === null)
      return life ?? (/^(?:hospital|hd|icu|los)/.test(match[0]) ? at(context.noteDate, 'relative') : null);
  }
  if (/^d /.test(match[0])) return null;
  return at(addDays(context.admission, Number(match[1]) - 1), 'relative');
}
