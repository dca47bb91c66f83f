import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { Comparison } from './query.ts';
import { cue, cueSource, inUsualUnit } from './words.ts';

const NUMBER = '(\\d+(?:\\.\\d+)?)';
/** Units as they are typed; other words behind a number are none ("35 on a beta blocker"). */
const UNIT =
  '\\s*(%|(?:[mµμu]?mol|[mµμun]?g|mcg|pg|m?eq|m?iu|u|units?|cells?|copies|m?l|sec|ms|cm|kg|lbs?|bpm|mmhg|kpa|ppb|k)(?:\\/[a-zµμ\\d.]+)*)?(?![a-z])';
const LEAD = '^[\\s:]*(?:(?:levels?|values?|results?|counts?|score|readings?|of|is|was|that is|being|running|at)\\s+)*';
const BETWEEN = new RegExp(
  `${LEAD}(?:between|from|in the range of?)?\\s*${NUMBER}\\s*(?:%\\s*)?(?:and|to|-|–)\\s*${NUMBER}${UNIT}`,
  'iu',
);
const BEFORE = new RegExp(
  `${LEAD}(${cueSource('under')}|${cueSource('over')})\\s*(?:or equal to\\s*)?${NUMBER}${UNIT}`,
  'iu',
);
const BEHIND = new RegExp(`${LEAD}${NUMBER}${UNIT}\\s*(${cueSource('under')}|${cueSource('over')}|\\+)`, 'iu');
const EQUAL = new RegExp(`${LEAD}=?\\s*${NUMBER}${UNIT}`, 'iu');

/**
 * Reads the comparison right behind the name of a test, in the test's usual unit: `under 35%`, `of 9 or more`,
 * `between 3 and 4`, `< 60`.
 *
 * @param after - The query behind the name.
 */
export function readComparison(test: string, after: string): { comparison: Comparison; length: number } | null {
  const between = BETWEEN.exec(after);
  if (between !== null) {
    const [low, high] = [between[1], between[2]].map((number) => inUsualUnit(test, Number(number), between[3] ?? null));
    return { comparison: { low: low!, high: high!, lowIncluded: true, highIncluded: true }, length: between[0].length };
  }
  const before = BEFORE.exec(after);
  if (before !== null) return limited(test, before[1]!, before[2]!, before[3], before[0].length);
  const behind = BEHIND.exec(after);
  if (behind !== null) return limited(test, behind[3]!, behind[1]!, behind[2], behind[0].length);
  const equal = EQUAL.exec(after);
  if (equal === null) return null;
  const value = inUsualUnit(test, Number(equal[1]), equal[2] ?? null);
  return { comparison: { low: value, high: value, lowIncluded: true, highIncluded: true }, length: equal[0].length };
}

function limited(
  test: string,
  word: string,
  number: string,
  unit: string | undefined,
  length: number,
): { comparison: Comparison; length: number } {
  const value = inUsualUnit(test, Number(number), unit ?? null);
  const included = word === '+' || cue('inclusive').test(word);
  const under = word !== '+' && cue('under').test(word) && !/^not below$/i.test(word);
  return {
    comparison: under
      ? { low: -Infinity, high: value, lowIncluded: false, highIncluded: included }
      : { low: value, high: Infinity, lowIncluded: included, highIncluded: false },
    length,
  };
}

/** Comparison for `low` or `high` before a test, by the reference range that the terminology has; null where it has none. */
export function comparisonByRange(before: string, words: string, terminology: Terminology): Comparison | null {
  const range = /([\d.]+)\s*-\s*([\d.]+)/.exec(terminology.test(words)?.referenceRange ?? '');
  if (range === null) return null;
  if (new RegExp(`${cueSource('low')}\\s*$`, 'iu').test(before)) {
    return { low: -Infinity, high: Number(range[1]), lowIncluded: false, highIncluded: false };
  }
  if (new RegExp(`${cueSource('high')}\\s*$`, 'iu').test(before)) {
    return { low: Number(range[2]), high: Infinity, lowIncluded: false, highIncluded: false };
  }
  return null;
}

/** Whether a result as written satisfies a comparison; `35-40%` counts as its middle, `172/90` as `part` says. */
export function satisfies(
  comparison: Comparison,
  test: string,
  result: { readonly value: string; readonly unit: string | null },
  part: 0 | 1 = 0,
): boolean {
  const number = numberOf(result.value, part);
  if (number === null) return false;
  const value = inUsualUnit(test, number, result.unit ?? unitOf(result.value));
  const { low, high, lowIncluded, highIncluded } = comparison;
  return (value > low || (lowIncluded && value === low)) && (value < high || (highIncluded && value === high));
}

/** The number that a value states: the middle of a range, one side of a pair; null for words. */
export function numberOf(value: string, part: 0 | 1): number | null {
  const text = value.replace(/(\d),(\d{3})/g, '$1$2');
  const pair = /(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)/.exec(text);
  if (pair !== null) return Number(pair[part + 1]);
  const range = /(\d+(?:\.\d+)?)\s*%?\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)/.exec(text);
  if (range !== null && Number(range[1]) < Number(range[2])) return (Number(range[1]) + Number(range[2])) / 2;
  const single = /\d+(?:\.\d+)?/.exec(text);
  return single === null ? null : Number(single[0]);
}

function unitOf(value: string): string | null {
  return /\d\s*([a-zµμ%]+(?:\/[a-zµμ\d]+)*)\s*$/iu.exec(value)?.[1] ?? null;
}
