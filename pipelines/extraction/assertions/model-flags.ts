import type { Flag, MedicationAction } from '../../domain/entity.ts';
import { FLAGGED_LABELS, FLAGS, MEDICATION_ACTIONS } from '../../domain/entity.ts';

/** Probability above which each flag is set. */
export type FlagThresholds = Readonly<Record<Flag, number>>;

/**
 * Flags of an entity: the mean of its words' logits, through a sigmoid, above each flag's threshold.
 *
 * @param logits - Five a word, in the order of `FLAGS`.
 * @param range - Half-open range of word indexes, not empty.
 */
export function readFlags(
  logits: Float32Array,
  range: { readonly from: number; readonly to: number },
  label: string,
  thresholds: FlagThresholds,
): Flag[] {
  if (!FLAGGED_LABELS.has(label)) return [];
  return FLAGS.filter((flag, column) => {
    let sum = 0;
    for (let word = range.from; word < range.to; word++) sum += logits[word * FLAGS.length + column]!;
    return 1 / (1 + Math.exp(-sum / (range.to - range.from))) > thresholds[flag];
  });
}

/**
 * Action on a medication: the largest of its first word's scores; the first score means none.
 *
 * @param scores - Eight a word: none, then `MEDICATION_ACTIONS`.
 */
export function readAction(scores: Float32Array, word: number, label: string): MedicationAction | null {
  if (label !== 'Medication') return null;
  const width = MEDICATION_ACTIONS.length + 1;
  let best = 0;
  for (let action = 1; action < width; action++) {
    if (scores[word * width + action]! > scores[word * width + best]!) best = action;
  }
  return best === 0 ? null : MEDICATION_ACTIONS[best - 1]!;
}
