import type { PgxWarning } from '../../domain/pgx.ts';
import type { TextRange } from '../../domain/span.ts';
import type { GeneRules, PgxRules } from '../rules.ts';
import type { Segment } from './segments.ts';
import type { AlleleStatus } from './types.ts';

/** A segment with the rules of its gene. */
export interface Reading {
  readonly rules: PgxRules;
  readonly text: string;
  readonly segment: Segment;
  readonly gene: string;
  readonly geneRules: GeneRules | null;
}

/** What a segment says of the alleles. */
export interface Genotype {
  readonly alleles: readonly string[] | null;
  readonly lookupAlleles: readonly string[] | null;
  readonly statuses: readonly AlleleStatus[];
  readonly partial: boolean;
  readonly warnings: readonly PgxWarning[];
  readonly ranges: readonly TextRange[];
}

/** Nothing said. */
export const EMPTY = {
  alleles: null,
  lookupAlleles: null,
  statuses: [],
  partial: false,
  warnings: [],
  ranges: [],
} satisfies Genotype;
