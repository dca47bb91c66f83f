import { ingestNote } from '#pipelines/ingest-note.ts';
import type { Embedder } from '#pipelines/contracts/embedder.ts';
import type { PassageSearch } from '#pipelines/contracts/retrieval.ts';
import type { NoteLayers } from '#pipelines/contracts/stores.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { TokenTagger } from '#pipelines/contracts/token-tagger.ts';
import type { PatientId, Release } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import { createPassageSearch, rememberVectors } from '#pipelines/retrieval/index.ts';
import { searchCohort } from '#pipelines/search-cohort.ts';
import type { CohortResult } from '#pipelines/search-cohort.ts';
import type { Stores } from '../stores/stores.ts';
import { CohortFacts } from './cohort-facts.ts';
import type { CohortIndex } from './cohort-index.ts';
import { givesWay } from './event-loop.ts';

export interface RetrievalMeans {
  readonly stores: Pick<Stores, 'patients' | 'notes' | 'annotations'>;
  readonly engines: { readonly tagger: TokenTagger; readonly embedder: Embedder; readonly terminology: Terminology };
  readonly pipeline: Release;
  readonly index: CohortIndex;
}

/** Reading notes into layers, and finding what they say. */
export interface Retrieval {
  read(note: Note, patient: Patient): Promise<NoteLayers>;
  readonly passages: PassageSearch;
  /** Loads a patient's passages, for a first question that need not wait. */
  prepare(patient: PatientId): Promise<void>;
  /** The patients who fulfil a query, with the words that say so. */
  searchCohort(query: string, limit: number): Promise<CohortResult>;
  /** A note's layers were stored: what was kept of its patient is stale. */
  changed(layers: NoteLayers): void;
}

/** Joins the retrieval stage with store, engines and the index over all patients. */
export function createRetrieval({ stores, engines, pipeline, index }: RetrievalMeans): Retrieval {
  const { embedder, terminology } = engines;
  const facts = new CohortFacts({ ...stores, pipeline, terminology });
  const lineEmbedder = rememberVectors(embedder);
  const passages = createPassageSearch({
    embedder,
    load: (patient) => stores.annotations.passages(patient, pipeline),
    rest: givesWay,
    expand: (query) => query.split(/\s+/).flatMap((word) => terminology.expansions(word)),
  });
  return {
    passages,
    prepare: (patient) => passages.prepare(patient),
    read: (note, patient) => ingestNote(note, patient, { ...engines, lineEmbedder, rest: givesWay() }),
    searchCohort: (query, limit) =>
      searchCohort(query, { terminology, embedder, index, patients: () => facts.all() }, limit),
    changed: (layers) => {
      facts.changed(layers.annotated.note.patient);
      passages.changed(layers.annotated.note.patient);
      index.add(layers);
    },
  };
}
