import type { PgxRules } from '#pipelines/pgx/rules.ts';
import type { PgxCase } from '../../datasets/pgx-cases.ts';

/** Whether the product agrees with a case; what was expected and what came out, in the same shape. */
export interface PgxOutcome {
  readonly agrees: boolean;
  readonly expected: unknown;
  readonly got: unknown;
  /** Why it does not agree, where that is known. */
  readonly reason?: string;
}

export interface PgxScorerContext {
  readonly rules: PgxRules;
  /** Folder that `raw/...` paths of cases are relative to. */
  readonly dataRoot: string;
}

/** Scores one case of a set by running the product's own functions on its input. */
export type PgxScorer = (item: PgxCase, context: PgxScorerContext) => PgxOutcome | Promise<PgxOutcome>;

/** Equal as JSON with the members of objects in any order. */
export function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

/** Diplotypes as a set of unordered pairs. */
export function pairSet(diplotypes: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(diplotypes.map((pair) => [...pair].sort().join('/')))].sort();
}
