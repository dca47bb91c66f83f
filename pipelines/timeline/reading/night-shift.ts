import type { IsoDate } from '#pipelines/domain/ids.ts';
import { readAbsolute } from '../dates/absolute.ts';
import { addDays } from '../dates/partial-date.ts';
import type { TimeContext } from '../dates/time-context.ts';
import type { WrittenOn } from './addenda.ts';

/** A line of a log that opens with a clock time: "2115 Norepi OFF", "00:30 asleep". */
const LOGGED = /^[ \t\-*•]*([01]\d|2[0-3]):?([0-5]\d)(?!\d)[ \t]*(?:h|hrs)?\b(?![ \t]*(?:mg|ml|units?)\b)/gim;
const DATE = /\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d{2}-\d{2}/g;
const [EVENING, MORNING] = [17, 9];
/** Lines of a note's head that may say which night it is. */
const HEAD = 3;

/**
 * The day of each line of a night's log. Where its clock passes midnight and its head names the evening's date ("11/06 1900 -
 * 11/07 0700", or the night's own date), lines before midnight are of that day and lines after it of the next. Null where the
 * note is no such log, or its head does not say which night it is.
 */
export function nightShift(text: string, context: TimeContext): WrittenOn | null {
  const lines = [...text.matchAll(LOGGED)].map((match) => ({ start: match.index, hour: Number(match[1]) }));
  const turn = lines.findIndex(({ hour }, i) => i > 0 && hour < MORNING && lines[i - 1]!.hour >= EVENING);
  const evening = turn < 1 || lines.slice(0, turn).some(({ hour }) => hour < EVENING) ? null : eveningOf(text, context);
  if (evening === null) return null;
  const midnight = lines[turn]!.start;
  return (offset) => (offset + 1 < midnight ? evening : addDays(evening, 1));
}

/** The earliest date of the head, where it is the note's own or the day before. */
function eveningOf(text: string, context: TimeContext): IsoDate | null {
  const head = text.split('\n').slice(0, HEAD).join(' ');
  const named = [...head.matchAll(DATE)].flatMap(([words]) => readAbsolute(words.toLowerCase(), context)?.start ?? []);
  const nights = [addDays(context.noteDate, -1), context.noteDate];
  return nights.find((day) => named.includes(day)) ?? null;
}
