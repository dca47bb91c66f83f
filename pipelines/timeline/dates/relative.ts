import type { IsoDate } from '#pipelines/domain/ids.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import { WORDS, alternatives, anyOf } from '../words.ts';
import { nearestMonth, season } from './absolute.ts';
import { withoutOpening } from './normalise-time.ts';
import { addDays, addMonths, weekdayOf } from './partial-date.ts';
import type { TimeContext } from './time-context.ts';
import { at, between, onNoteDate } from './when.ts';

const UNITS: Readonly<Record<string, string>> = WORDS.time.units;
const MONTHS: Readonly<Record<string, number>> = WORDS.time.months;
const WEEKDAYS: Readonly<Record<string, number>> = WORDS.time.weekdays;
const STAGES: Readonly<Record<string, readonly number[]>> = WORDS.time.lifeStages;
const UNIT = `(${alternatives(Object.keys(UNITS))})(?!\\p{L})`;
const AMOUNT = '(\\d+(?:\\.\\d+)?)(?: ?(?:-|to|or) ?(\\d+))?\\+?';
const ANCHORS = WORDS.time.anchors;

type Reader = readonly [RegExp, (match: RegExpExecArray, context: TimeContext) => When | null];

const READERS: readonly Reader[] = [
  [
    /(?<!\d)(\d{1,3})\/(7|52|12) ?(?:ago|prior|back|earlier|previously)/,
    (m, c) => back(+m[1]!, unitOfFraction(m[2]!), c.noteDate),
  ],
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
  [
    new RegExp(`^(?:another )?${AMOUNT} ?${UNIT} (?:later|after|thereafter)`, 'u'),
    (m, c) => later(+m[1]!, UNITS[m[3]!]!, c),
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
  [/\b(?:hospital day|hd|hosp day|day of admission|los|icu day|day) ?#? ?(\d{1,2})(?! ?(?:of|days?)\b)/, hospitalDay],
  [anyOf(WORDS.time.dayBefore), (_, c) => at(addDays(c.noteDate, -1), 'relative')],
  [/^day before yesterday/, (_, c) => at(addDays(c.noteDate, -2), 'relative')],
  [anyOf(WORDS.time.dayAfter), (_, c) => at(addDays(c.noteDate, 1), 'relative')],
  [
    new RegExp(`(?<!\\p{L})(?:${alternatives(ANCHORS.admission)})(?!\\p{L})`, 'u'),
    (_, c) => at(c.admission ?? c.noteDate, 'relative'),
  ],
  [
    new RegExp(`(?<!\\p{L})(?:${alternatives(ANCHORS.discharge)})(?!\\p{L})`, 'u'),
    (_, c) => at(c.discharge ?? c.noteDate, 'relative'),
  ],
  [/\b(?:age|aged|at) ?(?:of )?(\d{1,2})(?: ?(?:y|yo|yrs?|years?)(?: old| of age)?)?$/, (m, c) => atAge(+m[1]!, c)],
  [/\b(?:early |mid |late )?(\d)0'?s$/, (m, c) => decadeOfLife(+m[1]! * 10, c)],
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
    (_, c) => (c.surgery === null ? null : at(c.surgery, 'relative')),
  ],
  [anyOf(WORDS.time.sameDay), (_, c) => at(c.noteDate, 'relative')],
  [
    /^(?:about |approx |~ ?)?(?:[01]?\d|2[0-3])[:.]?[0-5]\d ?(?:h|hrs?|hours?)?(?: ?[ap]\.?m\.?)?$|^\d{1,2} ?[ap]\.?m\.?$/,
    (_, c) => at(c.noteDate, 'relative'),
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

/** The day that lies so many units before another, at the precision of the unit. */
export function back(amount: number, unit: string, from: IsoDate): When | null {
  return shifted(-amount, unit, from);
}

function ahead(amount: number, unit: string, from: IsoDate): When | null {
  return shifted(amount, unit, from);
}

/** Days and weeks keep the day, months the month, years the year: no more than the words say. */
function shifted(amount: number, unit: string, from: IsoDate): When | null {
  switch (unit) {
    case 'minute':
    case 'hour':
      return at(addDays(from, unit === 'hour' ? Math.trunc(amount / 24) : 0), 'relative');
    case 'day':
      return at(addDays(from, Math.round(amount)), 'relative');
    case 'week':
      return at(addDays(from, Math.round(amount * 7)), 'relative');
    case 'fortnight':
      return at(addDays(from, Math.round(amount * 14)), 'relative');
    case 'month':
      return at(addMonths(from, Math.round(amount)).slice(0, 7), 'relative');
    case 'year':
      return Number.isInteger(amount)
        ? at(addMonths(from, amount * 12).slice(0, 4), 'relative')
        : at(addMonths(from, Math.round(amount * 12)).slice(0, 7), 'relative');
    case 'decade':
      return at(addMonths(from, amount * 120).slice(0, 4), 'relative');
    default:
      return null;
  }
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

function inFuture(match: RegExpExecArray, context: TimeContext): When | null {
  if (/^(?:within|after)/.test(match[0]) && !context.planned) return null;
  return ahead(Number(match[1]), UNITS[match[3]!]!, context.noteDate);
}

function fromAnchor(anchor: IsoDate | null, days: number, context: TimeContext): When {
  return at(anchor === null ? context.noteDate : addDays(anchor, days), 'relative');
}

function hospitalDay(match: RegExpExecArray, context: TimeContext): When | null {
  if (context.admission === null)
    return /^(?:hospital|hd|icu|los)/.test(match[0]) ? at(context.noteDate, 'relative') : null;
  return at(addDays(context.admission, Number(match[1]) - 1), 'relative');
}

function atAge(age: number, { birthDate, family }: TimeContext): When | null {
  if (birthDate === null || family) return null;
  const year = Number(birthDate.slice(0, 4)) + age;
  return between(String(year), String(year + 1), 'relative');
}

function decadeOfLife(age: number, { birthDate, family }: TimeContext): When | null {
  if (birthDate === null || family || age === 0) return null;
  const year = Number(birthDate.slice(0, 4)) + age;
  return between(String(year), String(year + 10), 'relative');
}

function stageOfLife(bare: string, context: TimeContext): When | null {
  const stage = STAGES[bare.replace(/^(?:as|his|her|their|my) /, '').replace(/^(?:his|her|their|early|late) /, '')];
  if (stage === undefined || context.birthDate === null || context.family) return null;
  const year = Number(context.birthDate.slice(0, 4));
  return between(String(year + stage[0]!), String(year + stage[1]!), 'relative');
}

function lastSeason(name: string, context: TimeContext): When {
  const year = Number(context.noteDate.slice(0, 4));
  const options = [year, year - 1, year - 2].map((y) => season(name, y));
  const past = options.find((when) => `${when.start!}-01` <= context.noteDate && `${when.end!}-01` <= context.noteDate);
  return { ...(past ?? options[1]!), anchor: 'relative' };
}

/** The latest such day up to the note, or the next one where it is planned. */
function weekday(day: number, context: TimeContext): When {
  const today = weekdayOf(context.noteDate);
  const behind = (today - day + 7) % 7;
  const shift = context.planned ? (behind === 0 ? 7 : 7 - behind) : -behind;
  return at(addDays(context.noteDate, shift), 'relative');
}

function unitOfFraction(denominator: string): string {
  return denominator === '7' ? 'day' : denominator === '52' ? 'week' : 'month';
}
