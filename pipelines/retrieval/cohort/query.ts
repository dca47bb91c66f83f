import type { IsoDate } from '#pipelines/domain/ids.ts';
import type { Sex } from '#pipelines/domain/patient.ts';

export type TermKind = 'problem' | 'medication' | 'test' | 'procedure' | 'habit' | 'genotype' | 'words';

export interface Comparison {
  readonly low: number;
  readonly high: number;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
}

/** How a medication or a problem has to stand to the patient. */
export type TermMode = 'any' | 'current' | 'stopped' | 'started' | 'held' | 'allergy' | 'family' | 'former' | 'never';

/** One thing that is asked for. */
export interface Term {
  readonly kind: TermKind;
  /** As typed. */
  readonly words: string;
  /** Keys of the concept and of all that is a kind of it. */
  readonly keys: ReadonlySet<string>;
  /** Other names, lower case, for mentions that no table knows. */
  readonly names: readonly string[];
  readonly mode: TermMode;
  readonly comparison: Comparison | null;
  /** Of a genotype: `poor metabolizer`, `*4`, … lower case; null for any result of the gene. */
  readonly phenotype: string | null;
}

/** Alternatives, of which one is enough; negated: none may hold. */
export interface TermGroup {
  readonly anyOf: readonly Term[];
  readonly negated: boolean;
  /** Has to be said in the same note as the group before it: a cause and its effect. */
  readonly sameNote: boolean;
}

/** A cohort query as it was read: all groups have to hold. */
export interface CohortQuery {
  readonly groups: readonly TermGroup[];
  readonly sex: Sex | null;
  /** Years, both ends included; null for no limit. */
  readonly age: { readonly from: number; readonly to: number } | null;
  /** Days of the events, both ends included. */
  readonly window: { readonly from: IsoDate; readonly to: IsoDate } | null;
}
