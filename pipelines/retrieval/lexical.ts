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

/** BM25 over a list of texts, to which more are added at the end. */
export class LexicalIndex {
  readonly #postings = new Map<string, Map<number, number>>();
  readonly #lengths: number[] = [];
  #length = 0;

  constructor(texts: readonly string[] = []) {
    for (const text of texts) this.add(text);
  }

  add(text: string): void {
    const position = this.#lengths.length;
    const words = searchWords(text);
    for (const word of words) {
      let posting = this.#postings.get(word);
      if (posting === undefined) this.#postings.set(word, (posting = new Map<number, number>()));
      posting.set(position, (posting.get(position) ?? 0) + 1);
    }
    this.#lengths.push(words.length);
    this.#length += words.length;
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
    const meanLength = this.#length / Math.max(1, this.#lengths.length);
    for (const [word, weight] of words) {
      const posting = this.#postings.get(word);
      if (posting === undefined) continue;
      const rarity = Math.log(1 + (this.#lengths.length - posting.size + 0.5) / (posting.size + 0.5));
      for (const [position, count] of posting) {
        if (allowed !== undefined && !allowed(position)) continue;
        const length = K1 * (1 - B + (B * this.#lengths[position]!) / meanLength);
        scores.set(position, (scores.get(position) ?? 0) + (weight * rarity * count * (K1 + 1)) / (count + length));
      }
    }
    return [...scores]
      .map(([position, score]) => ({ position, score }))
      .sort((a, b) => b.score - a.score || a.position - b.position);
  }
}
