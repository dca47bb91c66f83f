import type { IsoDate } from '#pipelines/domain/ids.ts';
import { readAbsolute } from '../dates/absolute.ts';
import type { TimeContext } from '../dates/time-context.ts';
import { WORDS, alternatives } from '../words.ts';

const END = new RegExp(
  `(?<!\\p{L})(?:${alternatives(WORDS.medication.courseEnds)})[ \\t]*:?[ \\t]*(?:(?:${alternatives(Object.keys(WORDS.time.weekdays))})\\.?,?[ \\t]+)?(?=\\d|${alternatives(Object.keys(WORDS.time.months))})`,
  'iu',
);
/** Room for "14 September 2024" and no sentence behind it. */
const LENGTH = 18;

/**
 * The last day of a course that the words behind a drug state: "cefazolin 2 g q8h through 11/17". Null where they state none,
 * or no day ("until March").
 */
export function statedEnd(after: string, context: TimeContext): IsoDate | null {
  const match = END.exec(after);
  if (match === null) return null;
  const from = match.index + match[0].length;
  const when = readAbsolute(after.slice(from, from + LENGTH).toLowerCase(), { ...context, planned: true });
  return when?.precision === 'day' && when.start !== null && when.start >= context.noteDate ? when.start : null;
}
