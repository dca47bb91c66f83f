import type { TextRange } from '../../../domain/span.ts';

/** Places of a text that belong to an entity already. Nothing that is added may touch them. */
export class Claimed {
  readonly #taken: Uint8Array;

  constructor(length: number, ranges: Iterable<TextRange> = []) {
    this.#taken = new Uint8Array(length);
    for (const range of ranges) this.claim(range);
  }

  claim({ start, end }: TextRange): void {
    this.#taken.fill(1, start, end);
  }

  /** Whether no character of the range is an entity's. */
  isFree({ start, end }: TextRange): boolean {
    for (let at = start; at < end; at++) if (this.#taken[at] === 1) return false;
    return true;
  }
}
