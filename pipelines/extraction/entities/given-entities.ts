import type { GivenSpan } from '../../contracts/token-tagger.ts';
import type { Word } from '../../text/words.ts';

/**
 * Words that a given span touches, at least one: a span in white space takes the word after it.
 *
 * @param words - At least one, in order.
 */
export function wordsTouched(span: GivenSpan, words: readonly Word[]): { from: number; to: number } {
  const from = Math.min(
    firstIndex(words, (word) => word.end > span.start),
    words.length - 1,
  );
  const to = firstIndex(words, (word) => word.start >= span.end);
  return { from, to: Math.max(to, from + 1) };
}

/** Index of the first word for which `test` holds, where it holds for every later one; the length if for none. */
function firstIndex(words: readonly Word[], test: (word: Word) => boolean): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(words[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
