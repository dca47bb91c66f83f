import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { Coding } from '#pipelines/domain/coding.ts';

/** What the terminology knows of a mention's words. */
export interface Grounded {
  /** Canonical key. */
  readonly key: string;
  readonly codes: readonly Coding[];
  readonly ingredients: readonly string[];
  readonly classes: readonly string[];
  readonly isClass: boolean;
  /** Reference range that the terminology gives a test. */
  readonly referenceRange: string | null;
  /** Units of a test, the usual one first. */
  readonly units: readonly string[];
}

const CACHES = new WeakMap<Terminology, Map<string, Grounded>>();

/** Grounds words once per terminology: the same few hundred names recur through a chart. */
export function ground(terminology: Terminology, label: string, words: string): Grounded {
  let cache = CACHES.get(terminology);
  if (cache === undefined) CACHES.set(terminology, (cache = new Map<string, Grounded>()));
  const key = `${label}\u0000${words.toLowerCase()}`;
  let grounded = cache.get(key);
  if (grounded === undefined) cache.set(key, (grounded = look(terminology, label, words)));
  return grounded;
}

function look(terminology: Terminology, label: string, words: string): Grounded {
  const key = terminology.conceptKey(label, words) || words.toLowerCase().trim();
  const plain: Grounded = {
    key,
    codes: [],
    ingredients: [],
    classes: [],
    isClass: false,
    referenceRange: null,
    units: [],
  };
  if (label === 'Medication') {
    const drug = terminology.medication(words);
    if (drug === null) return plain;
    const { codes, classes, isClass } = drug;
    return { ...plain, codes, classes, isClass, ingredients: isClass ? [] : drug.ingredients };
  }
  if (label === 'Test') {
    const test = terminology.test(words);
    return test === null
      ? plain
      : { ...plain, codes: test.codes, referenceRange: test.referenceRange, units: test.units };
  }
  if (label === 'Condition' || label === 'Finding')
    return { ...plain, codes: terminology.condition(words)?.codes ?? [] };
  return plain;
}
