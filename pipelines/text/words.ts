/** A word of a text with its exact place. `form` tells a newline, and a run of blank lines, from words proper. */
export interface Word {
  /** UTF-16 code units, half-open. */
  readonly start: number;
  readonly end: number;
  readonly form: 'word' | 'line' | 'blank';
}

// Letters and digits with combining marks inside, or one other character that is not white space, or a newline. Written
// with the `u` flag so that a character beyond the basic plane is one character and not two halves.
const WORD = /\n[ \t\r\f\v]*\n\s*|\n|[\p{L}\p{N}]+(?:[\u0300-\u036f]+[\p{L}\p{N}]*)*|[^\s]/gu;

/**
 * Splits a text into the words that the extractor was trained on. White space other than newlines separates words and is
 * none; a newline is a word (`line`), blank lines with the white space after them are one word (`blank`).
 *
 * @returns Words in order, without overlap.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const word = match[0];
    const form = word[0] !== '\n' ? 'word' : word.indexOf('\n', 1) > 0 ? 'blank' : 'line';
    words.push({ start: match.index, end: match.index + word.length, form });
  }
  return words;
}
