import type { IsoDate, PartialDate } from '../../domain/ids.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const NAMES =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** A date as the house writes it in sentences: `12 Mar 2022`, `Mar 2022`, `2022`. */
export function houseDate(date: PartialDate): string {
  const [year, month, day] = date.split('-');
  if (month === undefined) return year!;
  const name = MONTHS[Number(month) - 1] ?? month;
  return day === undefined ? `${name} ${year!}` : `${Number(day)} ${name} ${year!}`;
}

/** A date found in a text; parts that were not written are null. */
export interface WrittenDate {
  readonly start: number;
  readonly end: number;
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
}

const PATTERNS: readonly {
  readonly pattern: RegExp;
  readonly parts: (m: RegExpMatchArray) => (string | undefined)[];
}[] = [
  { pattern: /\b(\d{4})-(\d{2})(?:-(\d{2}))?\b/g, parts: (m) => [m[1], m[2], m[3]] },
  { pattern: /(?<![\d/.])(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?![\d/])/g, parts: (m) => [m[3], m[1], m[2]] },
  { pattern: /(?<![\d/.])(\d{1,2})\/((?:19|20)\d{2})(?![\d/])/g, parts: (m) => [m[2], m[1], undefined] },
  {
    pattern: new RegExp(
      `\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${NAMES}\\.?(?:,?\\s+((?:19|20)\\d{2}))?\\b`,
      'gi',
    ),
    parts: (m) => [m[3], m[2], m[1]],
  },
  {
    pattern: new RegExp(`\\b${NAMES}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s+((?:19|20)\\d{2}))?\\b`, 'gi'),
    parts: (m) => [m[3], m[1], m[2]],
  },
  {
    pattern: new RegExp(`\\b${NAMES}\\.?,?\\s+(?:of\\s+)?((?:19|20)\\d{2})\\b`, 'gi'),
    parts: (m) => [m[2], m[1], undefined],
  },
  { pattern: /(?<![\d/.])(0?[1-9]|1[0-2])\/([0-3]?\d)(?![\d/%])/g, parts: (m) => [undefined, m[1], m[2]] },
  {
    pattern: /(?<![\d/.])(1[3-9]|2\d|3[01])\/(0[1-9]|1[0-2])(?![\d/%]|\.\d|\s?(?:mg|mcg|mm))/g,
    parts: (m) => [undefined, m[2], m[1]],
  },
  {
    pattern: new RegExp(`\\b(?:in|since|until|by|last|this|of|late|early|mid)[\\s-]+${NAMES}\\b`, 'gi'),
    parts: (m) => [undefined, m[1], undefined],
  },
  { pattern: /(?<![\d/.-])((?:19|20)\d{2})(?![\d/-])/g, parts: (m) => [m[1], undefined, undefined] },
];

/**
 * Every date that a text writes in figures or with a month's name, in order; overlapping readings keep the fuller one.
 * Dates in figures are read month first, or day first where told; where only one order makes a date, that one holds.
 */
export function datesIn(text: string, isDayFirst = false): WrittenDate[] {
  const found: WrittenDate[] = [];
  for (const { pattern, parts } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => other.start < end && start < other.end)) continue;
      const date = written(inOrder(match[0], parts(match), isDayFirst), start, end);
      if (date !== null) found.push(date);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

const BOTH_IN_FIGURES = /^\d{1,2}\/\d{1,2}(?:\/\d+)?$/;

/** The parts with month and day as the order of figures has them; `written` mends what makes no date. */
function inOrder(words: string, parts: (string | undefined)[], isDayFirst: boolean): (string | undefined)[] {
  const [year, month, day] = parts;
  const swaps = isDayFirst && BOTH_IN_FIGURES.test(words) && day !== undefined && Number(day) <= 12;
  return swaps ? [year, day, month] : parts;
}

function written(parts: (string | undefined)[], start: number, end: number): WrittenDate | null {
  const year = parts[0] === undefined ? null : Number(parts[0]) + (parts[0].length === 2 ? 2000 : 0);
  let month = parts[1] === undefined ? null : monthOf(parts[1]);
  let day = parts[2] === undefined ? null : Number(parts[2]);
  if (month !== null && day !== null && month > 12 && day <= 12) [month, day] = [day, month];
  if ((month !== null && (month < 1 || month > 12)) || (day !== null && (day < 1 || day > 31))) return null;
  return { start, end, year, month, day };
}

function monthOf(word: string): number {
  if (/^\d+$/.test(word)) return Number(word);
  return MONTHS.findIndex((name) => word.toLowerCase().startsWith(name.toLowerCase())) + 1;
}

/** Whether a known date can be the one that was written, parts that were not written left open. */
export function fits(written: WrittenDate, date: PartialDate): boolean {
  const [year, month, day] = date.split('-').map(Number);
  const same = (a: number | null, b: number | undefined): boolean => a === null || b === undefined || a === b;
  return same(written.year, year) && same(written.month, month) && same(written.day, day);
}

/** First and last day of a partial date. */
export function boundsOf(date: PartialDate): readonly [IsoDate, IsoDate] {
  const [year, month, day] = date.split('-');
  if (day !== undefined) return [date, date];
  if (month !== undefined)
    return [`${date}-01`, `${date}-${String(daysIn(Number(year), Number(month))).padStart(2, '0')}`];
  return [`${year!}-01-01`, `${year!}-12-31`];
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Moves a date by whole days; months and years of the calendar are reckoned as 30.44 and 365.25 days. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + Math.round(days) * 86_400_000).toISOString().slice(0, 10);
}

/** Days from one date to another. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
