import type { IsoDate, PartialDate } from '#pipelines/domain/ids.ts';
import type { Anchor, Precision, When } from '#pipelines/domain/timeline.ts';
import { firstDay, lastDay } from './partial-date.ts';

/** Nothing is known of when it was. */
export const UNKNOWN_WHEN: When = { start: null, end: null, precision: 'unknown', anchor: 'note-date' };

/** A point in time at the precision of the date. */
export function at(date: PartialDate, anchor: Anchor): When {
  return { start: date, end: date, precision: precisionOf(date), anchor };
}

/** A stretch of time; its precision is that of the coarser end. */
export function between(start: PartialDate, end: PartialDate, anchor: Anchor): When {
  const shorter = start.length < end.length ? start : end;
  return { start, end, precision: precisionOf(shorter), anchor };
}

/** The day of the note, for what the text does not date. */
export function onNoteDate(date: IsoDate): When {
  return { start: date, end: date, precision: 'day', anchor: 'note-date' };
}

/** From a date, or from the start of a stretch, up to the note that says so. */
export function since(when: When, noteDate: IsoDate): When {
  if (when.start === null || firstDay(when.start) > noteDate) return when;
  return { ...when, end: noteDate };
}

/** Up to a date, from nobody knows when. */
export function until(when: When): When {
  return { ...when, start: null };
}

/** The first day that it may lie on; null where unknown. */
export function earliest(when: When): IsoDate | null {
  return when.start !== null ? firstDay(when.start) : null;
}

/** The last day that it may lie on; null where unknown. */
export function latest(when: When): IsoDate | null {
  return when.end !== null ? lastDay(when.end) : null;
}

/** Orders by first day, then by last; unknown before everything. */
export function compareWhen(a: When, b: When): number {
  return compare(earliest(a) ?? '', earliest(b) ?? '') || compare(latest(a) ?? '', latest(b) ?? '');
}

function precisionOf(date: PartialDate): Precision {
  return date.length === 4 ? 'year' : date.length === 7 ? 'month' : 'day';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
