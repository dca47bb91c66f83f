import type { IsoDate } from '#pipelines/domain/ids.ts';
import { readAbsolute } from '../dates/absolute.ts';
import { daysBetween } from '../dates/partial-date.ts';
import type { TimeContext } from '../dates/time-context.ts';

const ADDENDUM = /^[ \t\-*•#>]*(?:[\p{L}/]+[ \t]+){0,2}(?:addend(?:um|a)|late entry)\b[^\n\d]{0,24}(\d[^\n]{0,20})/gimu;
/** An addendum is written within so many days of its note. */
const WITHIN = 366;

/** The day on which a place of a note was written: the note's, or that of the addendum that it stands in. */
export type WrittenOn = (offset: number) => IsoDate;

/**
 * Finds dated addenda ("ADDENDUM 10/4/2022 (RN): …"); each reaches to the next one or to the end of the note.
 *
 * @param before - The day of what stands before them, where it is not the note's throughout.
 */
export function findAddenda(text: string, context: TimeContext, before: WrittenOn | null = null): WrittenOn {
  const parts: { start: number; date: IsoDate }[] = [];
  for (const match of text.matchAll(ADDENDUM)) {
    const when = readAbsolute(match[1]!.toLowerCase(), { ...context, planned: true });
    if (when?.precision !== 'day' || when.start === null || when.start !== when.end) continue;
    const days = daysBetween(context.noteDate, when.start);
    if (days >= 0 && days <= WITHIN) parts.push({ start: match.index, date: when.start });
  }
  return (offset) => parts.findLast(({ start }) => start <= offset)?.date ?? before?.(offset) ?? context.noteDate;
}
