import type { PgxWarning } from '../../domain/pgx.ts';
import type { TextRange } from '../../domain/span.ts';

/** Presence of one allele or variant, where a report says no more than that. */
export interface AlleleStatus {
  readonly allele: string;
  readonly status: 'positive' | 'negative';
}

/**
 * One gene's result as a report states it, brought to the names of the release. What the report does not say is null; what
 * it says in words that are not understood is in `warnings`, never guessed.
 */
export interface ReportedFinding {
  /** HGNC symbol. */
  readonly gene: string;
  /** Words of the report that were read. */
  readonly reported: string;
  /** Where they stand in the text that was read; null for a field of a table. */
  readonly range: TextRange | null;
  /** One or two allele names; names that the release does not know stay as written. */
  readonly alleles: readonly string[] | null;
  /** The names under which guidelines look the alleles up: `*1x3` -> `*1x≥3`. */
  readonly lookupAlleles: readonly string[] | null;
  /** Phenotypes that the words stand for: usually one; two where the word covers two (CYP3A5 "expresser"). */
  readonly phenotypes: readonly string[];
  /** `1.0`, `≥3.0`. */
  readonly activityScore: string | null;
  readonly statuses: readonly AlleleStatus[];
  /** Only a part of the result is stated (one allele, or one variant of several). */
  readonly partial: boolean;
  readonly warnings: readonly PgxWarning[];
}

/** A place that takes an earlier result back ("superseded", "reported in error"). */
export interface Retraction {
  readonly gene: string;
  readonly reported: string;
  readonly lookupAlleles: readonly string[] | null;
  readonly phenotypes: readonly string[];
}

/** What was read from a text. */
export interface ReadReport {
  readonly findings: readonly ReportedFinding[];
  readonly retractions: readonly Retraction[];
}
