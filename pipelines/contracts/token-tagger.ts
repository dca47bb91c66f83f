import type { Flag, MedicationAction, RelationType } from '../domain/entity.ts';
import type { Release } from '../domain/ids.ts';

/** A span that is given, so that only its flags, action and relations are read. */
export interface GivenSpan {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface TaggedEntity extends GivenSpan {
  readonly score: number;
  readonly flags: readonly Flag[];
  readonly action: MedicationAction | null;
}

export interface TaggedRelation {
  readonly type: RelationType;
  readonly head: string;
  readonly tail: string;
  readonly score: number;
}

export interface TaggedText {
  readonly entities: readonly TaggedEntity[];
  readonly relations: readonly TaggedRelation[];
}

/**
 * Reads entities with flags, actions and relations from a text of any length. Offsets are half-open UTF-16 code units;
 * the same input gives the same output.
 */
export interface TokenTagger {
  readonly release: Release;
  readonly schemas: readonly string[];
  /** @throws ClinicalError `MODEL_SCHEMA_UNKNOWN`, `MODEL_WORKER_FAILED` */
  tag(
    text: string,
    options?: { readonly schema?: string; readonly entities?: readonly GivenSpan[]; readonly signal?: AbortSignal },
  ): Promise<TaggedText>;
}
