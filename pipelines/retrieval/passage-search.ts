import type { Embedder } from '#pipelines/contracts/embedder.ts';
import type { PassageSearch } from '#pipelines/contracts/retrieval.ts';
import type { StoredPassage } from '#pipelines/contracts/stores.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import { LexicalIndex, searchWords } from './lexical.ts';
import { fuseRanks, nearestVectors } from './vectors.ts';

/** How many of each ranking are fused. */
const DEPTH = 100;
/** Weight of words that were added to a query, against 1 for its own. */
const ADDED = 0.4;

export interface PassageSources {
  readonly embedder: Embedder;
  /** A patient's passages with their vectors; called once a patient until `changed` is called. */
  readonly load: (patient: PatientId) => Promise<readonly StoredPassage[]>;
  /** Makes what is awaited between small steps of loading, so that a caller's thread can do other things meanwhile. */
  readonly rest?: () => () => Promise<void>;
  /** Other words for what the query names, for instance `terminology.synonyms` of its concepts. */
  readonly expand?: (query: string) => readonly string[];
}

/** Patients whose passages are held; beyond it the one not searched for longest goes. */
const HELD = 32;

export interface HeldPassageSearch extends PassageSearch {
  /** Loads a patient's passages before they are searched. */
  prepare(patient: PatientId): Promise<void>;
  /** To call when a patient's notes changed. */
  changed(patient: PatientId): void;
}

/**
 * Search over one patient's passages: BM25 and an exact scan of vectors, fused by reciprocal rank. A patient's passages are
 * held apart from all others, so that none of another patient can be found.
 */
export function createPassageSearch(sources: PassageSources): HeldPassageSearch {
  const held = new Map<PatientId, Promise<PatientPassages>>();
  const hold = (patient: PatientId): Promise<PatientPassages> => {
    const passages = held.get(patient) ?? loadPassages(sources, patient);
    held.delete(patient);
    held.set(patient, passages);
    passages.catch(() => held.get(patient) === passages && held.delete(patient));
    for (const oldest of held.keys()) {
      if (held.size <= HELD) break;
      held.delete(oldest);
    }
    return passages;
  };
  return {
    prepare: async (patient) => void (await hold(patient)),
    async search({ patient, asOf = null }, query, limit) {
      const { stored, vectors, lexical } = await hold(patient);
      if (stored.length === 0 || query.trim() === '' || limit < 1) return [];
      const allowed = (position: number): boolean => asOf === null || stored[position]!.passage.date <= asOf;
      const [vector] = await sources.embedder.embed([query]);
      const byWords = lexical.search(weightedWords(query, sources.expand?.(query) ?? []), allowed);
      const byVector = vector === undefined ? [] : nearestVectors(vector, vectors, allowed);
      return fuseRanks([
        { positions: byWords.slice(0, DEPTH).map(({ position }) => position), weight: 1 },
        { positions: byVector.slice(0, DEPTH).map(({ position }) => position), weight: 1 },
      ])
        .slice(0, limit)
        .map(({ position, score }) => ({ passage: stored[position]!.passage, score }));
    },
    changed(patient) {
      held.delete(patient);
    },
  };
}

interface PatientPassages {
  readonly stored: readonly StoredPassage[];
  readonly vectors: readonly Float32Array[];
  readonly lexical: LexicalIndex;
}

async function loadPassages({ load, rest }: PassageSources, patient: PatientId): Promise<PatientPassages> {
  const stored = (await load(patient)).filter(({ passage }) => passage.patient === patient);
  const lexical = new LexicalIndex();
  const pause = rest?.();
  for (const { passage } of stored) {
    lexical.add(passage.text);
    await pause?.();
  }
  return { stored, vectors: stored.map(({ vector }) => vector), lexical };
}

/** Words that hold a question together and tell nothing of what it is about. */
const FUNCTION_WORDS = new Set(
  searchWords(
    'a an and any are as at be been by did do does for from had has have he her him his how i in is it its me my no not of on or our she that the their them then there these they this to was we were what when where which who whom why will with you your patient',
  ),
);

/** The query's own words at full weight, added ones at less; a word keeps its greatest weight. */
export function weightedWords(query: string, added: readonly string[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const word of searchWords(added.join(' '))) if (!FUNCTION_WORDS.has(word)) weights.set(word, ADDED);
  for (const word of searchWords(query)) if (!FUNCTION_WORDS.has(word)) weights.set(word, 1);
  return weights;
}
