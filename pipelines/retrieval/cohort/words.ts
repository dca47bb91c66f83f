import units from '#pipelines/rules/cohort/1/units.json' with { type: 'json' };
import words from '#pipelines/rules/cohort/1/words.json' with { type: 'json' };

/** Release of the words and units that cohort queries are read by. */
export const COHORT_RULES = 'cohort/1';

/** A unit in which a test is also given: recognised by its name, or where it is not named by the size of the number. */
interface OtherUnit {
  readonly unit: string;
  readonly from?: number;
  readonly to?: number;
  readonly factor: number;
  readonly offset: number;
}

const UNITS: Readonly<Record<string, { readonly unit: string; readonly other: readonly OtherUnit[] }>> = units;

const list = (text: string): readonly string[] => text.split('|');

/** Words that hold a query together and name nothing. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(words.function.split(' '));
export const GENES: ReadonlySet<string> = new Set(list(words.genes));
export const PHENOTYPES: readonly (readonly [string, readonly string[]])[] = Object.entries(words.phenotypes).map(
  ([name, names]) => [name, list(names)] as const,
);

type CueName = Exclude<keyof typeof words, 'function' | 'phenotypes' | 'genes'>;

const PATTERNS = new Map<CueName, RegExp>();

/** Matches any word of a list, not inside longer words. */
export function cue(name: CueName): RegExp {
  let pattern = PATTERNS.get(name);
  if (pattern === undefined) {
    const inside = [...list(words[name])]
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[.*+?^$()[\]{}|\\/]/g, '\\$&'))
      .join('|');
    pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${inside})(?![\\p{L}\\p{N}])`, 'iu');
    PATTERNS.set(name, pattern);
  }
  return pattern;
}

/** Source of the pattern of a list, for building larger ones. */
export const cueSource = (name: CueName): string => cue(name).source;

/**
 * A number in the usual unit of its test: `58` of HbA1c is mmol/mol and becomes 7.5%.
 *
 * @param unit - As written, or null where none is.
 */
export function inUsualUnit(test: string, number: number, unit: string | null): number {
  const known = UNITS[test];
  if (known === undefined) return number;
  const written = (unit ?? '').toLowerCase().replace('µ', 'u').replace('μ', 'u');
  for (const { unit: other, from = -Infinity, to = Infinity, factor, offset } of known.other) {
    const named = other !== '' && written.includes(other);
    const usual = written !== '' && known.unit.toLowerCase().includes(written);
    if (named || (!usual && number >= from && number <= to)) return number * factor + offset;
  }
  return number;
}
