const MAX_PIECES = 12;
const MAX_CHARACTERS = 64;
const CACHE_LIMIT = 50_000;

/**
 * WordPiece over single words: lower case, NFD without combining marks, greedy longest match. The library's own tokenizer
 * returns no offsets and truncates, which is why words are split and looked up here.
 */
export class WordPiece {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #cache = new Map<string, readonly number[]>();
  readonly #unknown: readonly number[];

  /** @param vocabulary - Pieces in order of id, as the lines of `vocab.txt`. */
  constructor(vocabulary: readonly string[]) {
    this.#ids = new Map(vocabulary.map((piece, id) => [piece, id]));
    this.#unknown = [this.special('[UNK]')];
  }

  /** Id of a special token, for example `[CLS]`. @throws RangeError for a token that the vocabulary lacks. */
  special(token: string): number {
    const id = this.#ids.get(token);
    if (id === undefined) throw new RangeError(`The vocabulary has no ${token}.`);
    return id;
  }

  /** Ids of one word's pieces, at least one and at most twelve; `[UNK]` where no split into known pieces exists. */
  encode(word: string): readonly number[] {
    const known = this.#cache.get(word);
    if (known) return known;
    const pieces = this.#split(word);
    if (this.#cache.size >= CACHE_LIMIT) this.#cache.clear();
    this.#cache.set(word, pieces);
    return pieces;
  }

  #split(word: string): readonly number[] {
    const letters = word
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '');
    if (letters.length > MAX_CHARACTERS && [...letters].length > MAX_CHARACTERS) return this.#unknown;
    const pieces: number[] = [];
    let from = 0;
    while (from < letters.length) {
      const match = this.#longest(letters, from);
      if (!match) return this.#unknown;
      pieces.push(match.id);
      from = match.end;
    }
    return pieces.length === 0 ? this.#unknown : pieces.slice(0, MAX_PIECES);
  }

  #longest(letters: string, from: number): { id: number; end: number } | null {
    const prefix = from === 0 ? '' : '##';
    for (let end = letters.length; end > from; end--) {
      const id = this.#ids.get(prefix + letters.slice(from, end));
      if (id !== undefined) return { id, end };
    }
    return null;
  }
}
