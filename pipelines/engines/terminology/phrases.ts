import type { Folder } from './fold.ts';

/** Words that qualify a term without changing what it names, folded; some are of several words. */
export class Qualifiers {
  readonly #words: ReadonlySet<string>;
  readonly #longest: number;

  constructor(folder: Folder, words: readonly string[]) {
    this.#words = new Set(words.map((word) => folder.fold(word)));
    this.#longest = Math.max(1, ...[...this.#words].map((word) => word.split(' ').length));
  }

  has(token: string): boolean {
    return this.#words.has(token);
  }

  /** Number of tokens at the front that are one qualifier; 0 for none. The longest wins. */
  leading(tokens: readonly string[]): number {
    for (let length = Math.min(this.#longest, tokens.length - 1); length > 0; length -= 1) {
      if (this.#words.has(tokens.slice(0, length).join(' '))) return length;
    }
    return 0;
  }

  /** Number of tokens at the end that are one qualifier; 0 for none. */
  trailing(tokens: readonly string[]): number {
    for (let length = Math.min(this.#longest, tokens.length - 1); length > 0; length -= 1) {
      if (this.#words.has(tokens.slice(-length).join(' '))) return length;
    }
    return 0;
  }

  /** Every shorter form that is left when qualifiers go from either end, longest first. */
  *reductions(folded: string): Generator<string> {
    const seen = new Set<string>([folded]);
    const queue = [folded];
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      const tokens = item.split(' ');
      const front = this.leading(tokens);
      const back = this.trailing(tokens);
      const shorter = [
        front > 0 ? tokens.slice(front).join(' ') : '',
        back > 0 ? tokens.slice(0, tokens.length - back).join(' ') : '',
      ];
      for (const form of shorter) {
        if (form === '' || seen.has(form)) continue;
        seen.add(form);
        queue.push(form);
        yield form;
      }
    }
  }

  /** What is left when all qualifiers have gone from both ends; never empty. */
  bare(folded: string): string {
    let last = folded;
    for (const form of this.reductions(folded)) last = form.length < last.length ? form : last;
    return last;
  }
}
