import type { Folder } from './fold.ts';

/** Finds what a name stands for. Names written in capitals in the tables ("HIT", "US") match only in capitals. */
export class NameIndex<Value> {
  readonly #folder: Folder;
  readonly #byFolded = new Map<string, Value>();
  readonly #byCapitals = new Map<string, Value>();
  #deletions: Map<string, Set<string>> | null = null;

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** The first value that is added under a name keeps it. */
  add(name: string, value: Value): void {
    if (/^[A-Z]{1,5}$/.test(name)) {
      if (!this.#byCapitals.has(name)) this.#byCapitals.set(name, value);
      return;
    }
    const folded = this.#folder.fold(name);
    if (folded !== '' && !this.#byFolded.has(folded)) this.#byFolded.set(folded, value);
  }

  /** Names written in capitals in whatever case: only where the label of the words is known to fit. */
  getInAnyCase(words: string): Value | undefined {
    return this.get(words) ?? this.#byCapitals.get(words.trim().toUpperCase());
  }

  get(words: string): Value | undefined {
    return this.#byCapitals.get(words.trim()) ?? this.#byFolded.get(this.#folder.fold(words));
  }

  /** Look-up of words that are folded already. */
  getFolded(folded: string): Value | undefined {
    return this.#byFolded.get(folded);
  }

  /**
   * The value of the one name that is a single edit away (a letter more, less, other, or two swapped) and begins with the
   * same letter. Only for single words of at least `minimum` letters; undefined where two values are equally near.
   */
  near(words: string, minimum: number): Value | undefined {
    const folded = this.#folder.fold(words);
    if (folded.length < minimum || !/^[a-z]+$/.test(folded)) return undefined;
    this.#deletions ??= this.#indexDeletions(minimum - 1);
    const found = new Set<Value>();
    for (const key of [folded, ...deletionsOf(folded)]) {
      for (const name of this.#deletions.get(key) ?? []) {
        if (name.length >= minimum && name[0] === folded[0] && oneEditApart(name, folded)) {
          found.add(this.#byFolded.get(name)!);
        }
      }
    }
    return found.size === 1 ? [...found][0] : undefined;
  }

  #indexDeletions(minimum: number): Map<string, Set<string>> {
    const index = new Map<string, Set<string>>();
    for (const name of this.#byFolded.keys()) {
      if (name.length < minimum || !/^[a-z]+$/.test(name)) continue;
      for (const key of [name, ...deletionsOf(name)]) {
        const names = index.get(key) ?? new Set<string>();
        names.add(name);
        index.set(key, names);
      }
    }
    return index;
  }
}

function deletionsOf(word: string): string[] {
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
}

/** Whether one insertion, deletion, substitution or swap of neighbours makes one word into the other. */
export function oneEditApart(a: string, b: string): boolean {
  if (a === b) return true;
  let head = 0;
  while (head < a.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const restA = a.slice(head, a.length - tail);
  const restB = b.slice(head, b.length - tail);
  if (Math.max(restA.length, restB.length) <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
