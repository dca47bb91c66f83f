import type { IsoDate, NoteId, PassageId, PatientId } from '../domain/ids.ts';
import type { ScoredPassage } from '../domain/passage.ts';

/** Search within one patient's passages. Never returns another patient's. */
export interface PassageSearch {
  /** @returns At most `limit` passages, best first. */
  search(
    scope: { readonly patient: PatientId; readonly asOf?: IsoDate | null },
    query: string,
    limit: number,
  ): Promise<readonly ScoredPassage[]>;
}

export interface VectorHit {
  readonly id: string;
  /** Cosine similarity, -1 to 1. */
  readonly score: number;
}

/** A vector index over all patients, for cohort search. Can always be rebuilt from the store. */
export interface VectorIndex {
  readonly dimension: number;
  readonly size: number;
  /** @throws ClinicalError `INDEX_DAMAGED` for a vector that is not finite or has another dimension. */
  add(items: readonly { readonly id: string; readonly vector: Float32Array }[]): Promise<void>;
  delete(ids: readonly string[]): Promise<void>;
  search(vector: Float32Array, limit: number): Promise<readonly VectorHit[]>;
  save(): Promise<void>;
}

export type { NoteId, PassageId };
