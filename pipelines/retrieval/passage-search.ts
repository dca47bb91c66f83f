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
  /** Other words for what the query names, for instance `terminology.synonyms` of its concepts. */
  readonly expand?: (query: string) => readonly string[];
}

/**
 * Search over one patient's passages: BM25 and an exact scan of vectors, fused by reciprocal rank. A patient's passages are
 * held apart from all others, so that none of another patient can be found.
 *
 * @returns The search, and `changed` to call when a patient's notes changed.
 */
export function createPassageSearch(sources: PassageSources): PassageSearch & { changed(patient: PatientId): void } {
  const held = new Map<PatientId, Promise<PatientPassages>>();
  return {
    async search({ patient, asOf = null }, query, limit) {
      let passages = held.get(patient);
      if (passages === undefined) {
        passages = loadPassages(sources, patient);
        held.set(patient, passages);
        passages.catch(() => held.delete(patient));
      }
      const { stored, vectors, lexical } = await passages;
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

async function loadPassages(sources: PassageSources, patient: PatientId): Promise<PatientPassages> {
  const stored = (await sources.load(patient)).filter(({ passage }) => passage.patient === patient);
  return {
    stored,
    vectors: stored.map(({ vector }) => vector),
    lexical: new LexicalIndex(stored.map(({ passage }) => passage.text)),
  };
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
