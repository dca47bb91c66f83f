import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { AllergyFact, Conflict } from '#pipelines/domain/chart.ts';
import type { NoteReading } from '../reading/reading.ts';
import type { CopyIndex } from '../reconcile/copied.ts';
import { stepsOf } from '#pipelines/domain/steps.ts';
import type { Steps } from '#pipelines/domain/steps.ts';
import { allergyAgainstOrder, noAllergiesAgainstReaction } from './allergy-conflicts.ts';
import { smokingConflicts } from './habit-conflicts.ts';
import {
  activeAgainstResolved,
  conditionGroups,
  lateralityConflicts,
  presentAgainstDenied,
} from './problem-conflicts.ts';
import { twoDoses, twoValues } from './regimen-conflicts.ts';

/**
 * Finds places of a chart that cannot both hold, each with both sides. Rather misses one than cries wolf: what time, recurrence or
 * rounding can explain is left out.
 *
 * @param readings - In order of date.
 */
export function* findConflicts(
  readings: readonly NoteReading[],
  allergies: readonly AllergyFact[],
  copies: CopyIndex,
  terminology: Terminology,
): Steps<Conflict[]> {
  const conditions = conditionGroups(readings);
  const finders: readonly (() => Conflict[])[] = [
    () => allergyAgainstOrder(readings, allergies, terminology),
    () => noAllergiesAgainstReaction(readings, allergies),
    () => lateralityConflicts(readings),
    () => smokingConflicts(readings),
    () => activeAgainstResolved(conditions, copies),
    () => twoDoses(readings),
    () => twoValues(readings),
    () => presentAgainstDenied(readings, conditions),
  ];
  return yield* stepsOf(finders, (find) => find());
}
