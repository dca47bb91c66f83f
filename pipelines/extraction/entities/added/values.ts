import type { TextRange } from '../../../domain/span.ts';
import rules from '../../../rules/added-mentions/1/results.json' with { type: 'json' };
import { oneOf } from './patterns.ts';

/** A value as it is written, not yet known to be one. */
export interface WrittenValue extends TextRange {
  /** In order; none of a value in words. */
  readonly numbers: readonly number[];
  readonly form: 'number' | 'pair' | 'range' | 'words';
  /** Percent sign or unit of measure behind the number. */
  readonly hasUnit: boolean;
  /** A bare F or C behind the number: degrees, or somebody's sex. */
  readonly hasDegrees: boolean;
  /** Begins with a sign such as `<`. */
  readonly isBound: boolean;
  /** Said in a word that also describes an examination ("normal"). */
  readonly isWeak: boolean;
}

const PLAIN = String.raw`(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.\d{1,4})?|\.\d{1,3}`;
const MEASURE = `[ ]?(?:${oneOf(rules.units)})(?![\\p{L}\\d])(?:[ ]?(?:${oneOf(rules.airWords)})(?![\\p{L}\\d]))?`;
/** Thousands and degrees: after a blank, and before a number, the letter is potassium or another name ("Na 138 K 4.2"). */
const LETTER = `[Kk](?![\\p{L}\\d])|[ ]?(?:${oneOf(rules.temperatureUnits)})(?![\\p{L}\\d]|[ ]?\\d)`;
const UNIT = `(?:${MEASURE}|${LETTER})`;
const NUMERIC = new RegExp(
  `(?<![\\d#$]|\\d[.,:/–-]|[.])(?<compare>(?:[<>≤≥~]|[<>]=)[ ]?)?(?<first>${PLAIN})s?` +
    `(?:(?<pair>[ ]?/[ ]?)(?<second>\\d{1,3})s?|(?<dash>[ ]?[-–][ ]?)(?<last>${PLAIN}))?` +
    `(?<unit>${UNIT})?(?![\\p{L}\\d%°]|[.,:/–-]\\d|[ ]?/[ ]?\\d)`,
  'gu',
);
const WORDS = new RegExp(`(?<![\\p{L}\\d-])(?:${oneOf(rules.qualitative)})(?![\\p{L}\\d-])`, 'gu');
const NOT_AFTER = new RegExp(
  `^(?:[ -]?(?:${oneOf(rules.doseUnits)}|${oneOf(rules.notAfter)})(?![\\p{L}\\d])|[ ]?(?:st|nd|rd|th|x)(?!\\p{L}))`,
  'iu',
);
const GOAL_BEHIND = /^[ ]?\(?(?:goal|target)\b/i;
/** A word goes on to say something else: "positive pressure", "normal saline", "negative for". */
const WORD_GOES_ON = /^[ -](?!(?:and|but|on|in|at|today|x|this|from|with|since|per)\b)[\p{Ll}]/u;
const DEGREES: ReadonlySet<string> = new Set(rules.temperatureUnits);
const TEMPERATURE = 'body temperature';
const WEAK: ReadonlySet<string> = new Set(rules.weakQualitative);

/** Everything of a text that is written like a result, in order; of two that overlap the first. */
export function valuesIn(text: string): WrittenValue[] {
  const values: WrittenValue[] = [];
  for (const match of text.matchAll(NUMERIC)) {
    const value = numericValue(match);
    const after = text.slice(value.end, value.end + 16);
    if ((!value.hasUnit && NOT_AFTER.test(after)) || GOAL_BEHIND.test(after)) continue;
    values.push(value);
  }
  for (const match of text.matchAll(WORDS)) {
    const end = match.index + match[0].length;
    if (WORD_GOES_ON.test(text.slice(end, end + 10))) continue;
    const isWeak = WEAK.has(match[0]);
    values.push({
      start: match.index,
      end,
      numbers: [],
      form: 'words',
      hasUnit: false,
      hasDegrees: false,
      isBound: false,
      isWeak,
    });
  }
  return values;
}

function numericValue(match: RegExpExecArray): WrittenValue {
  const { compare, first, pair, second, dash, last, unit } = match.groups as Record<string, string | undefined>;
  const numbers = [first, second, last].flatMap((part) =>
    part === undefined ? [] : [Number(part.replaceAll(',', ''))],
  );
  const form = pair !== undefined ? 'pair' : dash !== undefined ? 'range' : 'number';
  const start = match.index;
  const hasDegrees = unit !== undefined && DEGREES.has(unit.trim());
  const hasUnit = unit !== undefined && !hasDegrees;
  const isBound = compare !== undefined;
  return { start, end: start + match[0].length, numbers, form, hasUnit, hasDegrees, isBound, isWeak: false };
}

const RANGES: Readonly<Record<string, readonly (readonly number[])[]>> = rules.ranges;
const PAIRS: ReadonlySet<string> = new Set(rules.pairs);

/** Whether a test can have such a value; null where the rules know no limits of the test. */
export function canHave(test: string, value: WrittenValue): boolean | null {
  if (value.form === 'words') return null;
  if (value.hasDegrees && test !== TEMPERATURE) return false;
  if (PAIRS.has(test) !== (value.form === 'pair'))
    return value.form === 'pair' ? false : PAIRS.has(test) ? false : null;
  const ranges = RANGES[test];
  if (ranges === undefined) return null;
  return ranges.some(([low = 0, high = 0]) => value.numbers.every((number) => low <= number && number <= high));
}
