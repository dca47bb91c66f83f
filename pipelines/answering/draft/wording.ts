import type { NoteCitation } from '../../domain/evidence.ts';
import { citeNote } from '../../domain/evidence.ts';
import type { Entity } from '../../domain/entity.ts';
import type { TextRange } from '../../domain/span.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { houseDate } from '../text/dates.ts';

/** Most words of one quote. */
export const QUOTE_WORDS = 34;

/** Number of words as the scoring counts them. */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

/** `Discharge summary, 19 Jun 2020`. */
export function sourceOf(unit: Unit): string {
  const type = unit.note.note.type;
  return `${type === '' ? 'Note' : type[0]!.toUpperCase() + type.slice(1)}, ${houseDate(unit.date)}`;
}

/** White space of a quote folded for reading inside a sentence; the citation keeps the characters as they are. */
export function inline(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export interface QuotedUnit {
  readonly text: string;
  readonly citation: NoteCitation;
}

/** Cites the part of a unit around its focus, whole clauses where they fit. @param focus - Ranges of the note that must stay in. */
export function quoteUnit(unit: Unit, focus: readonly TextRange[], limit = QUOTE_WORDS): QuotedUnit {
  const range = clip(unit, focus, limit);
  const citation = citeNote(unit.note.note, range);
  return { text: inline(citation.quote), citation };
}

function clip(unit: Unit, focus: readonly TextRange[], limit: number): TextRange {
  const words = [...unit.text.matchAll(/\S+/g)].map((m) => ({
    start: unit.start + m.index,
    end: unit.start + m.index + m[0].length,
    text: m[0],
  }));
  if (words.length <= limit || words.length === 0) return { start: unit.start, end: unit.end };
  const inFocus = words.map((word) => focus.some((range) => range.start < word.end && word.start < range.end));
  let first = Math.max(0, inFocus.indexOf(true));
  let last = Math.max(first, inFocus.lastIndexOf(true));
  if (last - first + 1 > limit) last = first + limit - 1;
  // Grow to clause borders first on the right, then on the left, while the quote stays short enough.
  const stops = (text: string): boolean => /[;.!?]$/.test(text) && !/^\d+\.$/.test(text);
  while (last < words.length - 1 && last - first + 1 < limit && !stops(words[last]!.text)) last++;
  while (first > 0 && last - first + 1 < limit && !stops(words[first - 1]!.text)) first--;
  const start = words[first]!.start;
  let end = words[last]!.end;
  const text = unit.note.note.text;
  while (end > start + 1 && /[\s,;]/.test(text[end - 1]!)) end--;
  return { start, end };
}

/** The characters of an entity. */
export function textOfEntity(unit: Unit, entity: Entity): string {
  return inline(unit.note.note.text.slice(entity.start, entity.end));
}

export function capital(text: string): string {
  return text === '' ? text : text[0]!.toUpperCase() + text.slice(1);
}
