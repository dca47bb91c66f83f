/** Words of a text for lexical search: lower case, plural `s` off, in order of occurrence. */
export function searchWords(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+(?:[.'-][\p{L}\p{N}]+)*/gu) ?? []
  ).map((word) => (word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word));
}

/** Saturation of repeated words and weight of length, the usual values (Robertson and Zaragoza 2009). */
const K1 = 1.2;
const B = 0.75;

/** BM25 over a fixed list of texts. Rebuilt when the list changes: a patient's passages are few. */
export class LexicalIndex {
  readonly #postings = new Map<string, Map<number, number>>();
  readonly #lengths: readonly number[];
  readonly #meanLength: number;

  constructor(texts: readonly string[]) {
    this.#lengths = texts.map((text, index) => {
      const words = searchWords(text);
      for (const word of words) {
        const posting = this.#postings.get(word) ?? new Map<number, number>();
        posting.set(index, (posting.get(index) ?? 0) + 1);
        this.#postings.set(word, posting);
      }
      return words.length;
    });
    this.#meanLength = this.#lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, this.#lengths.length);
  }

  /**
   * Scores the texts that hold at least one word, best first; equal scores in order of the list.
   *
   * @param words - As `searchWords` gives them, with a weight each.
   * @param allowed - Positions that may be found; all where absent.
   */
  search(
    words: ReadonlyMap<string, number>,
    allowed?: (position: number) => boolean,
  ): { readonly position: number; readonly score: number }[] {
    const scores = new Map<number, number>();
    for (const [word, weight] of words) {
      const posting = this.#postings.get(word);
      if (posting === undefined) continue;
      const rarity = Math.log(1 + (this.#lengths.length - posting.size + 0.5) / (posting.size + 0.5));
      for (const [position, count] of posting) {
        if (allowed !== undefined && !allowed(position)) continue;
        const length = K1 * (1 - B + (B * this.#lengths[position]!) / this.#meanLength);
        scores.set(position, (scores.get(position) ?? 0) + (weight * rarity * count * (K1 + 1)) / (count + length));
      }
    }
    return [...scores]
      .map(([position, score]) => ({ position, score }))
      .sort((a, b) => b.score - a.score || a.position - b.position);
  }
}
