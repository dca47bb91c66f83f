import type { NoteEntity } from '#server/contract/index.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A line of the note with its line break, and the marks that touch it. Offsets are the note's. */
export interface NoteLine extends Range {
  readonly text: string;
  readonly entities: readonly NoteEntity[];
}

/** Characters that look alike: under the same mark, cited or not, found or not. */
export interface Segment extends Range {
  readonly text: string;
  /** The innermost mark; null for plain text. */
  readonly entity: NoteEntity | null;
  /** Whether the mark begins here (a mark may be cut by a line break or by a citation). */
  readonly head: boolean;
  readonly cited: boolean;
  readonly found: boolean;
}

const touches = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end;

/** Where the lines of a text begin and end; each keeps its own break (LF, CRLF or CR), so that joined they are the text. */
export function lineRanges(text: string): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    const end = match.index + match[0].length;
    ranges.push({ start, end });
    start = end;
  }
  if (start < text.length) ranges.push({ start, end: text.length });
  return ranges;
}

/** Cuts a note into lines, each with the marks on it; marks must be in order of start. */
export function noteLines(text: string, entities: readonly NoteEntity[]): NoteLine[] {
  let open: readonly NoteEntity[] = [];
  let next = 0;
  return lineRanges(text).map((range) => {
    const opened: NoteEntity[] = [];
    for (let entity = entities[next]; entity && entity.start < range.end; entity = entities[++next])
      opened.push(entity);
    const here = [...open, ...opened].filter((entity) => touches(entity, range));
    open = here.filter((entity) => entity.end > range.end);
    return { ...range, text: text.slice(range.start, range.end), entities: here };
  });
}

function innermost(entities: readonly NoteEntity[], at: Range): NoteEntity | null {
  const covering = entities.filter((entity) => touches(entity, at));
  return covering.reduce<NoteEntity | null>(
    (best, entity) => (best === null || entity.end - entity.start < best.end - best.start ? entity : best),
    null,
  );
}

/** Cuts a line wherever its look changes. The texts of the segments, joined, are the line's text. */
export function lineSegments(line: NoteLine, cited: Range | null, found: readonly Range[]): Segment[] {
  const borders = new Set([line.start, line.end]);
  const marks: readonly Range[] = [...line.entities, ...found, ...(cited ? [cited] : [])];
  for (const mark of marks) {
    for (const at of [mark.start, mark.end]) if (at > line.start && at < line.end) borders.add(at);
  }
  const sorted = [...borders].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, i) => {
    const range = { start, end: sorted[i + 1]! };
    const entity = innermost(line.entities, range);
    return {
      ...range,
      text: line.text.slice(start - line.start, range.end - line.start),
      entity,
      head: entity !== null && entity.start === start,
      cited: cited !== null && touches(cited, range),
      found: found.some((one) => touches(one, range)),
    };
  });
}

/** Every place where words stand in a text, letter case ignored; offsets into the text as it is. At most `limit`. */
export function findInText(text: string, words: string, limit = 500): Range[] {
  if (words.trim() === '') return [];
  // A regular expression with `i` keeps offsets where lower-casing a text may change its length.
  const pattern = new RegExp(
    words
      .trim()
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\s+/g, '\\s+'),
    'giu',
  );
  const found: Range[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push({ start: match.index, end: match.index + match[0].length });
    if (found.length >= limit) break;
  }
  return found;
}
