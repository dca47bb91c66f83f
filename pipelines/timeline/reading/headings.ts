import type { TextRange } from '#pipelines/domain/span.ts';

/** A heading, or a label at the start of a line ("Meds:"), in force from `start` on. */
export interface Heading extends TextRange {
  /** Lower case, without colon and numbering. */
  readonly words: string;
}

const LABEL = /^[\s\-*•#>]*(?:\d{1,2}[.)]\s*)?([A-Za-z][A-Za-z0-9 /&.,'()+-]{0,70}?)\s*(?::|\s[-–](?=\s))/;
const NUMBERED = /^\s*(?:\d{1,2}[.)]|[-*•])\s/;

/**
 * Finds what each line stands under. A label with text after it holds for its line and the lines below it until the next
 * heading; a numbered item keeps the heading above it.
 */
export function findHeadings(text: string, lines: readonly TextRange[]): Heading[] {
  const headings: Heading[] = [];
  for (const line of lines) {
    const words = text.slice(line.start, line.end);
    if (words.trim() === '') continue;
    const label = NUMBERED.test(words) ? null : headingOf(words);
    if (label !== null) headings.push({ start: line.start, end: line.end, words: label });
  }
  return headings;
}

function headingOf(line: string): string | null {
  const label = LABEL.exec(line);
  if (label !== null && label[1]!.split(/\s+/).length <= 8) return clean(label[1]!);
  const words = line.trim();
  const isCapitals =
    words.length >= 2 &&
    words.length < 70 &&
    words === words.toUpperCase() &&
    /[A-Z]{2}/.test(words) &&
    !/\d{2}/.test(words);
  const isShortTitle = /^[A-Z][A-Za-z/&' -]{2,40}$/.test(words) && words.split(/\s+/).length <= 5;
  return isCapitals || isShortTitle ? clean(words) : null;
}

function clean(words: string): string {
  return words
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[^\p{L}\p{N}/&' -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
