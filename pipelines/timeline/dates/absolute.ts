import type { PartialDate } from '#pipelines/domain/ids.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import { WORDS, alternatives } from '../words.ts';
import { daysBetween, isoDate, isoMonth } from './partial-date.ts';
import type { TimeContext } from './time-context.ts';
import { at, between } from './when.ts';

const MONTHS: Readonly<Record<string, number>> = WORDS.time.months;
const MONTH = `(${alternatives(Object.keys(MONTHS))})\\.?`;
const YEAR4 = '((?:19|20)\\d\\d)';
/** How far ahead of its note a planned date without a year may lie, in days. */
const AHEAD = 300;

type Reader = readonly [RegExp, (match: RegExpExecArray, context: TimeContext) => When | null];

/** In order of specificity: the first that reads the text wins. */
const READERS: readonly Reader[] = [
  [new RegExp(`${YEAR4}-(\\d{1,2})-(\\d{1,2})(?!\\d)`), (m) => point(isoDate(+m[1]!, +m[2]!, +m[3]!))],
  [
    /(?<![\d.])(\d{1,2})\/(\d{1,2})\/(\d{2,4})\s*(?:-|–|to|until)\s*(\d{1,2})\/(\d{1,2})\/(\d{2,4})(?!\d)/,
    (m, c) => span(numeric(m[1]!, m[2]!, m[3]!, c), numeric(m[4]!, m[5]!, m[6]!, c)),
  ],
  [/(?<![\d.])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)?\d{2})(?!\d)/, (m, c) => point(numeric(m[1]!, m[3]!, m[4]!, c))],
  [
    new RegExp(
      `(?<!\\d)(\\d{1,2})(?: ?(?:of )?|-|/|\\.)${MONTH}(?:,? ?(?:of )?|-|/|\\.)((?:19|20)\\d\\d|'\\d\\d|(?<=[a-z][-/.]|\\d[a-z]{3})\\d\\d)(?!\\d)`,
      'u',
    ),
    (m) => point(isoDate(yearOf(m[3]!), MONTHS[m[2]!]!, +m[1]!)),
  ],
  [
    new RegExp(`(?<!\\p{L})${MONTH} ?(\\d{1,2})(?:,| ,)? ?((?:19|20)\\d\\d|'\\d\\d)(?!\\d)`, 'u'),
    (m) => point(isoDate(yearOf(m[3]!), MONTHS[m[1]!]!, +m[2]!)),
  ],
  [
    new RegExp(`(?<!\\p{L})${MONTH}(?:,? |-|/)?(?:of )?${YEAR4}(?!\\d)`, 'u'),
    (m) => point(isoMonth(+m[2]!, MONTHS[m[1]!]!)),
  ],
  [new RegExp(`(?<!\\p{L})${MONTH} ?'(\\d\\d)(?!\\d)`, 'u'), (m) => point(isoMonth(yearOf(m[2]!), MONTHS[m[1]!]!))],
  [new RegExp(`(?<![\\d/])(\\d{1,2})\\s?[/-]\\s?${YEAR4}(?!\\d)`), (m) => point(isoMonth(+m[2]!, +m[1]!))],
  [new RegExp(`${YEAR4}[/-](\\d{1,2})(?!\\d)`), (m) => (m[2]!.length === 2 ? point(isoMonth(+m[1]!, +m[2]!)) : null)],
  [
    new RegExp(`${YEAR4} ?(?:-|/|to|until|and) ?((?:19|20)?\\d\\d)(?!\\d)`),
    (m) => span(m[1]!, m[2]!.length === 2 ? m[1]!.slice(0, 2) + m[2]! : m[2]!),
  ],
  [new RegExp(`(spring|summer|autumn|fall|winter)(?: of)? ${YEAR4}`), (m) => season(m[1]!, +m[2]!)],
  [/(?<!\d)((?:19|20)\d0)'?s\b/, decade],
  [
    new RegExp(`(?<![\\d:.])${YEAR4}(?![\\d:.]*\\d|h\\b| ?(?:hrs?|hours|units|mg|ml)\\b)`),
    (m, c) => plainYear(m[1]!, m.input, c),
  ],
  [/(?<!\d)'(\d\d)(?!\d)/, (m) => point(String(yearOf(m[1]!)))],
  [
    /(?<![\d/.])(\d{1,2})\/(\d{1,2})\s?(?:-|–|to|until|and|,|&)\s?(\d{1,2})\/(\d{1,2})(?![\d/])/,
    (m, c) => span(withoutYear(m[1]!, m[2]!, c), withoutYear(m[3]!, m[4]!, c)),
  ],
  [
    /(?<![\d/.])(\d{1,2})\/(\d{1,2})\s?(?:-|–)\s?(\d{1,2})(?![\d/])/,
    (m, c) => span(withoutYear(m[1]!, m[2]!, c), withoutYear(m[1]!, m[3]!, c)),
  ],
  [
    /(?<![\d/.])(\d{1,2})\/(\d{1,2})(?![\d/]| ?(?:ago|prior|back|earlier|before|after|later|hx|history))/,
    (m, c) => dayMonth(m, c),
  ],
  [
    /(?<![\d/.:])(\d{1,2})\.(\d{1,2})(?![\d/:.]|\d)/,
    (m, c) => (c.order === 'dmy' && m.input.trim() === m[0] ? point(withoutYear(m[1]!, m[2]!, c)) : null),
  ],
  [
    new RegExp(`(?<!\\d)(\\d{1,2})(?: ?(?:of )?|-)${MONTH}(?!\\p{L})`, 'u'),
    (m, c) => point(nearest(MONTHS[m[2]!]!, +m[1]!, c)),
  ],
  [new RegExp(`(?<!\\p{L})${MONTH} ?(\\d{1,2})(?!\\d)`, 'u'), monthThenNumber],
];

/** Reads a date that is written out, with or without its year; null where there is none. */
export function readAbsolute(text: string, context: TimeContext): When | null {
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(text);
    const when = match === null ? null : read(match, context);
    if (when !== null) return when;
  }
  return null;
}

/** Two-digit years up to the present century's use: 00 to 49 are 2000 to 2049. */
export function yearOf(digits: string): number {
  const value = Number(digits.replace("'", ''));
  return value >= 100 ? value : value < 50 ? 2000 + value : 1900 + value;
}

/** The day of a month without a year: the latest not after the note, or the nearest ahead where it is planned. */
export function nearest(month: number, day: number, context: TimeContext): PartialDate | null {
  // An addendum is written after the note: its own date, on the same line, is what its other dates lie before.
  const written =
    context.dayOfLine !== null && context.dayOfLine > context.noteDate ? context.dayOfLine : context.noteDate;
  const year = Number(written.slice(0, 4));
  const candidates = [year - 1, year, year + 1].flatMap((y) => isoDate(y, month, day) ?? []);
  const past = candidates.filter((date) => date <= written).at(-1) ?? null;
  if (!context.planned) return past ?? candidates[0] ?? null;
  const ahead = candidates.find((date) => date >= context.noteDate) ?? null;
  if (ahead === null || past === null) return ahead ?? past;
  const gapAhead = daysBetween(context.noteDate, ahead);
  return gapAhead <= AHEAD && gapAhead <= daysBetween(past, context.noteDate) * 4 ? ahead : past;
}

/** The latest such month not after the note's, or the next where it is planned. */
export function nearestMonth(month: number, context: TimeContext): PartialDate {
  const [year, noteMonth] = [Number(context.noteDate.slice(0, 4)), Number(context.noteDate.slice(5, 7))];
  if (context.planned) return isoMonth(month >= noteMonth ? year : year + 1, month)!;
  return isoMonth(month <= noteMonth ? year : year - 1, month)!;
}

/** Months of a season; winter runs into the next year. */
export function season(name: string, year: number): When {
  const [first, last] = (WORDS.time.seasons as Record<string, number[]>)[name] as [number, number];
  const end = last > 12 ? isoMonth(year + 1, last - 12)! : isoMonth(year, last)!;
  return between(isoMonth(year, first)!, end, 'stated');
}

/** "1990s", "early 1990s", "late 1990s". */
function decade(match: RegExpExecArray): When | null {
  const first = Number(match[1]);
  const part = /\b(early|mid|late)[ -]*$/.exec(match.input.slice(0, match.index))?.[1];
  const [from, to] = { early: [0, 4], mid: [3, 7], late: [6, 9] }[part as 'early' | 'mid' | 'late'] ?? [0, 9];
  return span(String(first + from!), String(first + to!));
}

/** "Nov 21" is a month and a year where dates are written day first; a day elsewhere. */
function monthThenNumber(match: RegExpExecArray, context: TimeContext): When | null {
  const month = MONTHS[match[1]!]!;
  const number = Number(match[2]);
  const century = Number(context.noteDate.slice(2, 4));
  if (context.order === 'dmy' && match[2]!.length === 2 && number > century - 15 && number <= century)
    return point(isoMonth(2000 + number, month));
  return point(nearest(month, number, context));
}

function numeric(a: string, b: string, year: string, { order }: TimeContext): PartialDate | null {
  const y = yearOf(year);
  const [first, second] = [Number(a), Number(b)];
  const us = isoDate(y, first, second);
  const uk = isoDate(y, second, first);
  return order === 'dmy' ? (uk ?? us) : (us ?? uk);
}

function withoutYear(a: string, b: string, context: TimeContext): PartialDate | null {
  const [first, second] = [Number(a), Number(b)];
  const us = nearest(first, second, context);
  const uk = nearest(second, first, context);
  return context.order === 'dmy' ? (uk ?? us) : (us ?? uk);
}

/** "in 6/19" is June 2019 where "6/19" cannot be a day, or where the words speak of a month; "6/52" is six weeks. */
function dayMonth(match: RegExpExecArray, context: TimeContext): When | null {
  const [first, second] = [match[1]!, match[2]!];
  if (second === '52') return null;
  if (/\bin $/.test(match.input.slice(0, match.index)) && Number(first) <= 12 && second.length === 2)
    return point(isoMonth(yearOf(second), Number(first)));
  const day = withoutYear(first, second, context);
  if (day !== null) return point(day);
  const year = yearOf(second);
  return second.length === 2 && year <= Number(context.noteDate.slice(0, 4)) + 5
    ? point(isoMonth(year, Number(first)))
    : null;
}

/** A bare number such as 1912 may be a clock time; a year has to be one that the patient can have lived. */
const CLOCK_BEFORE = /(?:\b(?:labs?|vs|vitals|repeat|rpt|time|ecg|ekg|bp|obs)|@)[\s:(]*$/i;

function plainYear(year: string, input: string, context: TimeContext): When | null {
  const { birthDate, noteDate, planned } = context;
  // "Labs 2010:" in a note of one evening is ten past eight.
  if (CLOCK_BEFORE.test(context.preceding) && Number(year.slice(2)) < 60 && input.trim() === year) return null;
  const latest = Number(noteDate.slice(0, 4)) + (planned ? 5 : 1);
  const first = birthDate === null ? 1920 : Number(birthDate.slice(0, 4));
  if (Number(year) > latest || Number(year) < first) return null;
  const early = /\bearly (?:19|20)\d\d(?!s)/.test(input);
  const late = /\b(?:late|end of) (?:19|20)\d\d(?!s)/.test(input);
  const middle = /\bmid[ -](?:19|20)\d\d(?!s)/.test(input);
  if (early) return between(`${year}-01`, `${year}-04`, 'stated');
  if (late) return between(`${year}-09`, `${year}-12`, 'stated');
  if (middle) return between(`${year}-05`, `${year}-08`, 'stated');
  return at(year, 'stated');
}

function point(date: PartialDate | null): When | null {
  return date === null ? null : at(date, 'stated');
}

function span(start: PartialDate | null, end: PartialDate | null): When | null {
  if (start === null || end === null) return point(start ?? end);
  return start <= end ? between(start, end, 'stated') : at(end, 'stated');
}
