/**
 * Activity scores as guidelines write them: `0.0`, `1.25`, `≥3.0`, `n/a`. A score that starts with `≥` is a lower bound, as
 * it arises from three or more gene copies.
 */

/** Score that cannot be worked out because an allele's activity is not known. */
export const NO_SCORE = 'n/a';

interface ParsedScore {
  readonly value: number;
  readonly atLeast: boolean;
}

/** Reads a score; null for `n/a` and for anything that is no number. Accepts `>=`, `≥` and a missing decimal. */
export function parseScore(score: string): ParsedScore | null {
  const match = /^\s*(≥|>=|=>)?\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*$/.exec(score);
  if (match?.[2] === undefined) return null;
  return { value: Number(match[2].replace(',', '.')), atLeast: match[1] !== undefined };
}

/** Writes a number as a score: at least one decimal, no more than are needed. */
export function formatScore(value: number, atLeast = false): string {
  const rounded = Math.round(value * 10_000) / 10_000;
  const text = Number.isInteger(rounded) ? rounded.toFixed(1) : String(rounded);
  return atLeast ? `≥${text}` : text;
}

/** Brings a score into the guidelines' spelling: `1` -> `1.0`, `>=3` -> `≥3.0`; null where it is none. */
export function normaliseScore(score: string): string | null {
  const parsed = parseScore(score);
  return parsed === null ? null : formatScore(parsed.value, parsed.atLeast);
}

/** Sums activity values; `n/a` as soon as one is not known. */
export function sumScores(values: readonly (string | null)[]): string {
  let total = 0;
  let atLeast = false;
  for (const value of values) {
    const parsed = value === null ? null : parseScore(value);
    if (parsed === null) return NO_SCORE;
    total += parsed.value;
    atLeast ||= parsed.atLeast;
  }
  return formatScore(total, atLeast);
}

/** Orders scores by value; lower bounds after the plain score of equal value. */
export function compareScores(a: string, b: string): number {
  const [left, right] = [parseScore(a), parseScore(b)];
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  return Number(left.atLeast) - Number(right.atLeast) || left.value - right.value;
}
