import type { PgxScorer } from './scorer.ts';

/** The scorer of each set, by the start of its file name; loaded when the set is there. */
export const PGX_SCORERS: Readonly<Record<string, () => Promise<PgxScorer>>> = {
  a1: async () => (await import('./a1.ts')).scoreA1,
  a2: async () => (await import('./genotypes.ts')).scoreGenotype,
  a3: async () => (await import('./genotypes.ts')).scoreGenotype,
  a4: async () => (await import('./genotypes.ts')).scoreGenotype,
  b: async () => (await import('./b.ts')).scoreB,
  c5: async () => (await import('./c5.ts')).scoreC5,
  a4b: async () => (await import('./reported-calls.ts')).scoreReportedCall,
  a5: async () => (await import('./reported-calls.ts')).scoreReportedCall,
  a6: async () => (await import('./a6.ts')).scoreA6,
  a7: async () => (await import('./findings.ts')).scoreFhir,
  c1: async () => (await import('./guidance.ts')).scoreC1,
  c2: async () => (await import('./guidance.ts')).scoreC2,
  c3: async () => (await import('./guidance.ts')).scoreC3,
  c4: async () => (await import('./guidance.ts')).scoreC4,
  d: async () => (await import('./doses.ts')).scoreD,
  e: async () => (await import('./doses.ts')).scoreE,
};
