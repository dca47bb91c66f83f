import type { Figure } from '../task.ts';

/** Deterministic pseudo-random numbers in [0, 1) (mulberry32), so that intervals repeat for a seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Percentile bootstrap over groups (patients or documents), since cases of one patient are not independent.
 *
 * @param groups - The cases of each patient.
 * @param statistic - Computes the figure from cases; must bear an empty list.
 */
export function bootstrapByGroup<Case>(
  groups: readonly (readonly Case[])[],
  statistic: (cases: readonly Case[]) => number,
  seed: number,
  rounds = 1000,
): Figure {
  const all = groups.flat();
  const value = statistic(all);
  if (groups.length < 2) return { value, low: value, high: value, n: all.length };
  const random = randomFrom(seed);
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const drawn: Case[] = [];
    for (let i = 0; i < groups.length; i++) drawn.push(...groups[Math.floor(random() * groups.length)]!);
    values.push(statistic(drawn));
  }
  values.sort((a, b) => a - b);
  const at = (q: number): number =>
    values[Math.min(values.length - 1, Math.max(0, Math.round(q * (values.length - 1))))]!;
  return { value, low: at(0.025), high: at(0.975), n: all.length };
}

/** Share of cases for which `test` holds; NaN-free: 0 for no cases. */
export function rate<Case>(cases: readonly Case[], test: (item: Case) => boolean): number {
  return cases.length === 0 ? 0 : cases.filter(test).length / cases.length;
}

/** F1 from counts; 0 where nothing was expected and nothing found. */
export function f1(counts: { readonly tp: number; readonly fp: number; readonly fn: number }): number {
  const denominator = 2 * counts.tp + counts.fp + counts.fn;
  return denominator === 0 ? 0 : (2 * counts.tp) / denominator;
}
