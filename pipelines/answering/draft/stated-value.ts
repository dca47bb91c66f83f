import type { PartialDate } from '../../domain/ids.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { WrittenDate } from '../text/dates.ts';

/** A value that stands right behind its test's name: `INR 2.6`, `LDL 12/10 61`, `weight 94.1 kg -> 85.3 kg`. */
export interface StatedValue {
  readonly unit: Unit;
  readonly display: string;
  readonly value: string;
  /** Range of the note from the test's name to the value's end. */
  readonly start: number;
  readonly end: number;
  /** Where the value itself starts in the note. */
  readonly at: number;
  /** Where the text dates it; null for the note's own day. */
  readonly date: PartialDate | null;
  /** The text leaves the year to the reader. */
  readonly withoutYear: boolean;
  /** Told for comparison, of a day before the note that the text does not name. */
  readonly earlier: boolean;
  /** Told for comparison beside another value, with its day or without. */
  readonly compared: boolean;
  /** The highest or lowest of a course ("peak 8.4"), on a day up to its date. */
  readonly extreme: boolean;
}

/** Fills in the year that a date leaves out: the latest that is not after the note. */
export function resolveDate(date: WrittenDate, unit: Unit, isDayFirst: boolean): PartialDate {
  const two = (n: number): string => String(n).padStart(2, '0');
  if (date.month === null) return String(date.year ?? unit.date.slice(0, 4));
  let [month, day] = [date.month, date.day];
  const numeric = day !== null && day <= 12 && isNumeric(date, unit);
  if (isDayFirst && numeric) [month, day] = [day!, month];
  const tail = `${two(month)}${day === null ? '' : `-${two(day)}`}`;
  if (date.year !== null) return `${date.year}-${tail}`;
  const same = `${unit.date.slice(0, 4)}-${tail}`;
  return same <= unit.date ? same : `${Number(unit.date.slice(0, 4)) - 1}-${tail}`;
}

/** `09/02`, which reads differently in Britain and in America. */
function isNumeric({ month, day, year }: WrittenDate, { text }: Unit): boolean {
  const tail = year === null ? '' : `[/.-](?:${year}|${String(year).slice(2)})`;
  return new RegExp(`(?<!\\d)0?${month}[/.-]0?${day}${tail}(?![\\d])`).test(text);
}
