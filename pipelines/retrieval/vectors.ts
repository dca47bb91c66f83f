/** Cosine similarity of vectors of length 1. @param a, b - Of the same dimension. */
export function similarity(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

/** Exact scan: every allowed vector is compared. Best first; equal scores in order of the list. */
export function nearestVectors(
  query: Float32Array,
  vectors: readonly Float32Array[],
  allowed: (position: number) => boolean = () => true,
): { readonly position: number; readonly score: number }[] {
  return vectors
    .flatMap((vector, position) => (allowed(position) ? [{ position, score: similarity(query, vector) }] : []))
    .sort((a, b) => b.score - a.score || a.position - b.position);
}

/** Damps the lead of first ranks in reciprocal-rank fusion (Cormack, Clarke and Büttcher 2009). */
const RANK_OFFSET = 60;

/**
 * Fuses rankings by reciprocal rank: what several rankings place well comes first, whatever their scores' scales.
 *
 * @param rankings - Positions, best first, with the weight of each ranking.
 */
export function fuseRanks(
  rankings: readonly { readonly positions: readonly number[]; readonly weight: number }[],
): { readonly position: number; readonly score: number }[] {
  const scores = new Map<number, number>();
  for (const { positions, weight } of rankings) {
    positions.forEach((position, rank) => {
      scores.set(position, (scores.get(position) ?? 0) + weight / (RANK_OFFSET + rank + 1));
    });
  }
  return [...scores]
    .map(([position, score]) => ({ position, score }))
    .sort((a, b) => b.score - a.score || a.position - b.position);
}
