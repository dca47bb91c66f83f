import { ClinicalError } from '../errors.ts';
import type { NoteId } from './ids.ts';

/** Half-open range of UTF-16 code units: `0 <= start < end <= text.length`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A range of one note's text. */
export interface Span extends TextRange {
  readonly note: NoteId;
}

/**
 * Returns the characters that a range covers, exactly as they were written.
 *
 * @throws ClinicalError `SPAN_OUT_OF_RANGE`
 */
export function textOf(text: string, range: TextRange): string {
  if (!(range.start >= 0 && range.start < range.end && range.end <= text.length)) {
    throw new ClinicalError('SPAN_OUT_OF_RANGE', { start: range.start, end: range.end, length: text.length });
  }
  return text.slice(range.start, range.end);
}

/** Whether two ranges share at least one character. */
export function overlaps(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether `outer` covers every character of `inner`. */
export function covers(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Index of the last of sorted ranges that starts at or before an offset; -1 where none does. */
export function lastAtOrBefore(ranges: readonly TextRange[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
