import type { RelationRows } from '../../extraction/relations/link-entities.ts';
import type { Window } from '../../text/windows.ts';
import type { Rows } from './model.ts';

interface Widths {
  readonly tags: number;
  readonly flags: number;
  readonly actions: number;
  readonly relations: number;
}

/** A word that begins an entity with a smaller probability hardly ever does; if it does, its window runs again. */
const MAY_BEGIN = 0.01;

/**
 * What the model said of each word of a text. The rows for relations are by far the widest and matter for the first words of
 * entities alone, so they are kept only where an entity may begin: a note of a megabyte would need 800 MB otherwise.
 */
export class RowStore implements RelationRows {
  readonly tags: Float32Array;
  readonly flags: Float32Array;
  readonly actions: Float32Array;
  readonly #widths: Widths;
  readonly #dependents = new Map<number, Float32Array>();
  readonly #targets = new Map<number, Float32Array>();

  constructor(words: number, widths: Widths) {
    this.#widths = widths;
    this.tags = new Float32Array(words * widths.tags);
    this.flags = new Float32Array(words * widths.flags);
    this.actions = new Float32Array(words * widths.actions);
  }

  /** @param keep - Words whose relation rows are wanted, where that is known beforehand. */
  put(window: Window, outputs: Readonly<Record<string, Rows>>, tags: string, keep?: ReadonlySet<number>): void {
    this.tags.set(outputs[tags]!.data, window.from * this.#widths.tags);
    this.flags.set(outputs['flags']!.data, window.from * this.#widths.flags);
    this.actions.set(outputs['actions']!.data, window.from * this.#widths.actions);
    this.#keep(window, outputs, (word) => (keep ? keep.has(word) : this.#mayBegin(word)));
  }

  keepRelations(window: Window, outputs: Readonly<Record<string, Rows>>): void {
    this.#keep(window, outputs, () => true);
  }

  /** Windows that must run again, because an entity begins where no row was kept. */
  windowsLacking(words: readonly number[], windows: readonly Window[]): Window[] {
    const lacking = words.filter((word) => !this.#dependents.has(word));
    return windows.filter((window) => lacking.some((word) => window.from <= word && word < window.to));
  }

  dependent(word: number): Float32Array {
    return this.#dependents.get(word)!;
  }

  target(word: number): Float32Array {
    return this.#targets.get(word)!;
  }

  #keep(window: Window, outputs: Readonly<Record<string, Rows>>, wanted: (word: number) => boolean): void {
    const width = this.#widths.relations;
    for (let word = window.from; word < window.to; word++) {
      if (!wanted(word)) continue;
      const at = (word - window.from) * width;
      this.#dependents.set(word, outputs['rel_dep']!.data.slice(at, at + width));
      this.#targets.set(word, outputs['rel_tgt']!.data.slice(at, at + width));
    }
  }

  #mayBegin(word: number): boolean {
    const at = word * this.#widths.tags;
    let begins = 0;
    let all = 0;
    for (let tag = 0; tag < this.#widths.tags; tag++) {
      const weight = Math.exp(this.tags[at + tag]! - this.tags[at]!);
      all += weight;
      if (tag % 2 === 1) begins += weight;
    }
    return begins > MAY_BEGIN * all;
  }
}
