import type { PgxScorer } from './scorer.ts';

/** The scorer of each set, by the start of its file name; loaded when the set is there. */
export const PGX_SCORERS: Readonly<Record<string, () => Promise<PgxScorer>>> = {
  a1: async () => (await import('./a1.ts')).scoreA1,
  a2: async () => (await import('./genotypes.ts')).scoreGenotype,
  a3: async () => (await import('./genotypes.ts')).scoreGenotype,
  a4: async () => (await import('./genotypes.ts')).scoreGenotype,
  b: async () => (await import('./b.ts')).scoreB,
};
