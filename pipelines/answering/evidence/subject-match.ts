import type { ChartIndex, Unit } from './chart-index.ts';
import { stemsOf } from '../text/words.ts';

/** A way of writing something, as stems in order. Short ones count only where the note marks them as a term. */
export interface Form {
  readonly stems: readonly string[];
  /** 1 for the subject's own names, less for related words. */
  readonly weight: number;
}

/** Where a subject stands in a unit. `first` and `last` are word positions. */
export interface Match {
  readonly unit: Unit;
  readonly first: number;
  readonly last: number;
  readonly weight: number;
}

/** Forms from phrases, without repeats. */
export function formsOf(phrases: readonly string[], weight: number): Form[] {
  const seen = new Set<string>();
  return phrases.flatMap((phrase) => {
    const stems = stemsOf(phrase);
    const key = stems.join(' ');
    if (stems.length === 0 || seen.has(key)) return [];
    seen.add(key);
    return [{ stems, weight }];
  });
}

/** Every place of a chart where one of the forms stands, best form first within a unit. */
export function matchesOf(index: ChartIndex, forms: readonly Form[]): Match[] {
  const best = new Map<number, Match>();
  for (const form of forms) {
    for (const { unit: number, position } of index.postings.get(form.stems[0]!) ?? []) {
      const unit = index.units[number]!;
      if (!standsAt(unit, position, form.stems)) continue;
      const last = position + form.stems.length - 1;
      if (isShort(form) && !isMarked(unit, position)) continue;
      const known = best.get(number);
      if (known === undefined || known.weight < form.weight) {
        best.set(number, { unit, first: position, last, weight: form.weight });
      }
    }
  }
  return [...best.values()].sort((a, b) => a.unit.index - b.unit.index);
}

/** Every place of a chart where one of the forms stands, several in a unit too; the longest form of a place counts. */
export function allMatchesOf(index: ChartIndex, forms: readonly Form[]): Match[] {
  const found = new Map<string, Match>();
  for (const form of forms) {
    for (const { unit: number, position } of index.postings.get(form.stems[0]!) ?? []) {
      const unit = index.units[number]!;
      if (!standsAt(unit, position, form.stems) || (isShort(form) && !isMeasured(unit, position))) continue;
      const key = `${number} ${position}`;
      const last = position + form.stems.length - 1;
      if ((found.get(key)?.last ?? -1) < last) found.set(key, { unit, first: position, last, weight: form.weight });
    }
  }
  return [...found.values()].sort((a, b) => a.unit.index - b.unit.index || a.first - b.first);
}

function standsAt(unit: Unit, position: number, stems: readonly string[]): boolean {
  for (let i = 1; i < stems.length; i++) if (unit.words[position + i]?.stem !== stems[i]) return false;
  return true;
}

/** One or two letters, or a word like "as" and "all", say nothing by themselves. */
function isShort(form: Form): boolean {
  return form.stems.length === 1 && (form.stems[0]!.length <= 2 || AMBIGUOUS.has(form.stems[0]!));
}

const AMBIGUOUS = new Set([
  'as',
  'all',
  'it',
  'or',
  'he',
  'is',
  'am',
  'pm',
  'us',
  'art',
  'led',
  'mag',
  'iron',
  'chemo',
  'old',
  'fit',
  'ten',
  'map',
  'cap',
  'hap',
  'dress',
  'sat',
  'si',
]);

/** A letter or two that a number follows ("K 2.8") name a test; a part of a longer name ("B/P") does not. */
function isMeasured(unit: Unit, position: number): boolean {
  const { start, end, text } = unit.words[position]!;
  if (unit.text[start - 1] === '/' || unit.text[end] === '/') return false;
  if (/^[A-Z][A-Za-z]?$/.test(text) && /^\s?[:;=]?\s?[<>]?\d/.test(unit.text.slice(end))) return true;
  return isMarked(unit, position);
}

function isMarked(unit: Unit, position: number): boolean {
  const word = unit.words[position]!;
  if (/^[A-Z]{2,}$/.test(word.text)) return true;
  const [start, end] = [unit.start + word.start, unit.start + word.end];
  return unit.entities.some((entity) => entity.start < end && start < entity.end);
}
