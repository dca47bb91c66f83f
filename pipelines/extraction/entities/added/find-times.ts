import rules from '../../../rules/added-mentions/1/times.json' with { type: 'json' };
import { oneOf } from './patterns.ts';
import type { SecondReading } from './reading.ts';

const MONTH = `(?:${oneOf(rules.months)})\\.?`;
const YEAR = '(?:19|20)\\d\\d';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const NUMBER_OF_MONTH = '(?:0?[1-9]|1[0-2])';
const DATE = new RegExp(
  `(?<![\\p{L}\\p{N}/.:#-])(?:(?:${oneOf(rules.kept)})[ ])?(?:${[
    `${YEAR}-${NUMBER_OF_MONTH}-${DAY}`,
    `${DAY}/${NUMBER_OF_MONTH}/(?:${YEAR}|\\d\\d)`,
    `${NUMBER_OF_MONTH}/${DAY}/(?:${YEAR}|\\d\\d)`,
    `${MONTH}[ ]${DAY}(?:st|nd|rd|th)?,?[ ]${YEAR}`,
    `${DAY}(?:st|nd|rd|th)?[ -]${MONTH}[ -]${YEAR}`,
    `${MONTH}(?:[ ]of)?,?[ ]${YEAR}`,
  ].join('|')})(?![\\p{L}\\p{N}]|[/.:-]\\d)`,
  'gu',
);
const NOT_AFTER = new RegExp(`(?<!\\p{L})(?:${oneOf(rules.notAfter)})[^\\p{L}\\n]*$`, 'iu');

/** Adds dates that are dates by their form, unless the words before them say of birth, of dictation or of a number. */
export function addTimes(reading: SecondReading): void {
  for (const match of reading.text.matchAll(DATE)) {
    const range = { start: match.index, end: match.index + match[0].length };
    if (!reading.isFree(range)) continue;
    if (NOT_AFTER.test(reading.text.slice(Math.max(0, range.start - 24), range.start))) continue;
    reading.add('Time', range);
  }
}
