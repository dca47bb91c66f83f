import type { Note } from '#pipelines/domain/note.ts';
import { isoDate } from '../dates/partial-date.ts';
import type { DateOrder } from '../dates/time-context.ts';
import { WORDS, anyOf } from '../words.ts';

const FULL_DATE = /(?<![\d.])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)?\d{2})(?!\d)/g;
const BRITISH = new RegExp(anyOf(WORDS.time.britishSpelling.map((word) => `${word.trim()}*`)).source, 'giu');

/** Votes for day-month (positive) or month-day (negative) order of the numeric dates of one note. */
export function dateOrderVotes({ text, date }: Pick<Note, 'text' | 'date'>): number {
  let votes = 0;
  for (const [, a, , b, y] of text.matchAll(FULL_DATE)) {
    const [first, second] = [Number(a), Number(b)];
    const year = Number(y) < 100 ? 2000 + Number(y) : Number(y);
    const us = isoDate(year, first, second);
    const uk = isoDate(year, second, first);
    if (first === second || (us === null && uk === null)) continue;
    if (us === null) votes += 3;
    else if (uk === null) votes -= 3;
    else if (uk === date) votes += 3;
    else if (us === date) votes -= 3;
    else if (us > date && uk <= date) votes += 1;
    else if (uk > date && us <= date) votes -= 1;
  }
  const british = new Set([...text.matchAll(BRITISH)].map((match) => match[0].toLowerCase())).size;
  return votes + (british >= 3 ? Math.min(british, 6) / 3 : 0);
}

/** Month first unless the chart speaks for day first. */
export function dateOrderOf(votes: number): DateOrder {
  return votes > 0 ? 'dmy' : 'mdy';
}
