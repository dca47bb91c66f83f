import type { Entity } from '#pipelines/domain/entity.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import type { NoteView } from './note-view.ts';
import { linesOf } from './note-view.ts';

/** A value of a table with the test and the time that its row and column give it. */
export interface TableCell {
  readonly test: Entity;
  readonly value: TextRange;
  readonly time: Entity | null;
}

const CELL = /\S+(?: (?! )\S+)*/g;
const NUMBER =
  /^[<>≤≥~]?\s?\d{1,3}(?:,\d{3})*(?:\.\d+)?(?:\/\d{1,3})?\s?%?(?:\s?[HL*]|\s?\([HL]\))?$|^[<>≤≥~]?\s?\d+(?:\.\d+)?%?$/;
/** A row below its header by more lines than this belongs to another table. */
const REACH = 20;

/**
 * Reads tables that are laid out with white space or bars: dates over columns with a test in each row, tests over columns
 * with a date in each row, and lists of dated values under one test.
 */
export function findTableCells(view: NoteView): TableCell[] {
  const lines = linesOf(view.text);
  const cells: TableCell[] = [];
  let header: { line: number; heads: readonly Entity[] } | null = null;
  for (const [index, line] of lines.entries()) {
    const inside = view.within(line);
    const heads = headsOf(view, line, inside);
    if (heads !== null) {
      header = { line: index, heads };
      continue;
    }
    if (header === null || index - header.line > REACH) continue;
    const row = rowOf(view, line, inside, header.heads);
    if (row.length > 0) {
      cells.push(...row);
      header = { ...header, line: index };
    } else if (view.text.slice(line.start, line.end).trim() !== '' && inside.length > 0) header = null;
  }
  return cells;
}

/** A header: two or more dates and no value; or tests and no value, as the last thing before rows. */
function headsOf(view: NoteView, line: TextRange, inside: readonly Entity[]): readonly Entity[] | null {
  if (inside.some(({ label }) => label === 'Value') || inside.length === 0) return null;
  const times = inside.filter(({ label }) => label === 'Time');
  const tests = inside.filter(({ label }) => label === 'Test');
  if (times.length >= 2 && tests.length <= 1) return times;
  const isTabular = /\S(?: {2,}|\t|\|)\s*\S/.test(view.text.slice(line.start, line.end)) && tests.length >= 2;
  const isList = tests.length >= 1 && times.length === 0 && /:\s*$|\)\s*$/.test(view.text.slice(line.start, line.end));
  return isTabular ? tests : isList ? tests.slice(-1) : null;
}

function rowOf(view: NoteView, line: TextRange, inside: readonly Entity[], heads: readonly Entity[]): TableCell[] {
  const values = valuesOf(view, line, inside);
  if (values.length === 0) return [];
  const column = (value: TextRange, index: number): Entity =>
    values.length === heads.length ? heads[index]! : nearest(view, value, heads);
  if (heads[0]!.label === 'Time') {
    const tests = inside.filter(({ label }) => label === 'Test');
    if (tests.length !== 1 || tests[0]!.start > values[0]!.start || inside[0]!.label === 'Time') return [];
    return values.length > heads.length + 1
      ? []
      : values.map((value, index) => ({ test: tests[0]!, value, time: column(value, index) }));
  }
  const times = inside.filter(({ label }) => label === 'Time');
  if (inside.some(({ label }) => label === 'Test') || times.length > 1) return [];
  const isSingle = heads.length === 1;
  if (isSingle && (times.length === 0 || times[0]!.start > values[0]!.start)) return [];
  return (isSingle ? values.slice(0, 1) : values).map((value, index) => ({
    test: column(value, index),
    value,
    time: times[0] ?? null,
  }));
}

/** Marked values, and plain numbers that stand alone in a cell. */
function valuesOf(view: NoteView, line: TextRange, inside: readonly Entity[]): TextRange[] {
  const text = view.text.slice(line.start, line.end);
  const marked = inside.filter(({ label }) => label === 'Value');
  const free: TextRange[] = [];
  for (const cell of text.replaceAll('|', ' ').replaceAll('\t', ' ').matchAll(CELL)) {
    const range = { start: line.start + cell.index, end: line.start + cell.index + cell[0].length };
    const taken = inside.some(({ start, end }) => start < range.end && range.start < end);
    if (!taken && NUMBER.test(cell[0])) free.push(range);
  }
  return [...marked, ...free].sort((a, b) => a.start - b.start);
}

/** The head whose column is nearest, by the middle of the words from the start of their lines. */
function nearest(view: NoteView, value: TextRange, heads: readonly Entity[]): Entity {
  const middle = ({ start, end }: TextRange): number => (start + end) / 2 - view.lineAt(start).start;
  const at = middle(value);
  return heads.reduce((best, head) => (Math.abs(middle(head) - at) < Math.abs(middle(best) - at) ? head : best));
}
