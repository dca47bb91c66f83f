/** A split: feature, threshold, where to go up to it and above it; below zero, the leaf `~n`. */
export type Split = readonly [feature: number, threshold: number, left: number, right: number];

/** Gradient-boosted trees as `evals/sentence-ranker/train.py` writes them; a tree's first split is its root. */
export interface Trees {
  readonly features: readonly string[];
  readonly trees: readonly { readonly splits: readonly Split[]; readonly leaves: readonly number[] }[];
}

/** The chance that trees give, 0 to 1; a feature that is not there counts as 0. */
export function chanceOf(features: Readonly<Record<string, number>>, { features: names, trees }: Trees): number {
  const values = names.map((name) => features[name] ?? 0);
  let odds = 0;
  for (const { splits, leaves } of trees) {
    let at = splits.length === 0 ? -1 : 0;
    while (at >= 0) {
      const [feature, threshold, left, right] = splits[at]!;
      at = values[feature]! <= threshold ? left : right;
    }
    odds += leaves[~at]!;
  }
  return 1 / (1 + Math.exp(-odds));
}
