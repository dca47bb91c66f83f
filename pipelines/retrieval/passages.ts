import type { AnnotatedNote, Section } from '#pipelines/domain/annotated-note.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { PassageId } from '#pipelines/domain/ids.ts';
import type { Passage } from '#pipelines/domain/passage.ts';
import type { TextRange } from '#pipelines/domain/span.ts';

/** Sentences in a passage, and how many the next passage begins further on: neighbours share one sentence. */
const SENTENCES = 3;
const STRIDE = 2;
/** Longest sentence that stays whole; tables and dictation without full stops are cut at a line break or blank. */
const LONGEST = 800;

/**
 * Cuts a note into passages of about three sentences, the last of one being the first of the next. A passage stays in its
 * section and takes the section's header in where the two stand together. Every sentence lies in some passage, and
 * `passage.text` is the note's text at its offsets.
 */
export function buildPassages(note: AnnotatedNote): Passage[] {
  const { text, id, patient, date } = note.note;
  const pieces = note.sentences.flatMap((sentence) => cut(text, sentence));
  return groupBySection(pieces, note.sections)
    .flatMap(({ section, ranges }) =>
      windows(withoutTitle(ranges, section)).map((range) => withHeader(range, section, text)),
    )
    .map((range, index) => ({
      id: asId<PassageId>(`${id}/p${index}`),
      patient,
      note: id,
      date,
      start: range.start,
      end: range.end,
      text: text.slice(range.start, range.end),
    }));
}

interface Group {
  readonly section: Section | null;
  readonly ranges: TextRange[];
}

function groupBySection(ranges: readonly TextRange[], sections: readonly Section[]): Group[] {
  const groups: Group[] = [];
  for (const range of ranges) {
    const section = sections.find(({ start, end }) => start <= range.start && range.start < end) ?? null;
    const last = groups.at(-1);
    if (last !== undefined && last.section === section) last.ranges.push(range);
    else groups.push({ section, ranges: [range] });
  }
  return groups;
}

/** A header that stands as a sentence of its own counts as none; it is taken in by the passage that follows it. */
function withoutTitle(ranges: readonly TextRange[], section: Section | null): readonly TextRange[] {
  const title = section?.title ?? null;
  const first = ranges[0]!;
  const isTitle = title !== null && first.start >= title.start && first.end <= title.end + 1;
  return isTitle && ranges.length > 1 ? ranges.slice(1) : ranges;
}

function windows(ranges: readonly TextRange[]): TextRange[] {
  const found: TextRange[] = [];
  for (let first = 0; first < ranges.length; first += STRIDE) {
    const last = Math.min(first + SENTENCES, ranges.length) - 1;
    found.push({ start: ranges[first]!.start, end: ranges[last]!.end });
    if (last === ranges.length - 1) break;
  }
  return found;
}

/** Takes the header in where only blanks, colons or line breaks stand between it and the passage. */
function withHeader(range: TextRange, section: Section | null, text: string): TextRange {
  const title = section?.title ?? null;
  if (title === null || title.start >= range.start) return range;
  return /^[\s:.\-=]*$/.test(text.slice(title.end, range.start)) ? { start: title.start, end: range.end } : range;
}

/** Cuts an overlong range at the last line break, else blank, before the limit. */
function cut(text: string, range: TextRange): TextRange[] {
  const pieces: TextRange[] = [];
  let start = range.start;
  while (range.end - start > LONGEST) {
    const part = text.slice(start, start + LONGEST);
    const at = Math.max(part.lastIndexOf('\n'), part.lastIndexOf(' '));
    const end = start + (at > 0 ? at : wholeCharacters(part));
    pieces.push(trimmed(text, { start, end }));
    start = end;
  }
  pieces.push(trimmed(text, { start, end: range.end }));
  return pieces.filter((piece) => piece.start < piece.end);
}

/** Length of a part that does not end in the middle of a surrogate pair. */
function wholeCharacters(part: string): number {
  const last = part.charCodeAt(part.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? part.length - 1 : part.length;
}

function trimmed(text: string, { start, end }: TextRange): TextRange {
  while (start < end && /\s/.test(text[start]!)) start += 1;
  while (end > start && /\s/.test(text[end - 1]!)) end -= 1;
  return { start, end };
}
