import { draftAllergy } from './allergy.ts';
import { draftExistence } from './existence.ts';
import { draftFamily } from './family.ts';
import { draftMedicationCurrent } from './medication-current.ts';
import { draftMedicationList } from './medication-list.ts';
import { draftReason } from './reason.ts';
import { draftTrend } from './trend.ts';
import type { Drafter } from './types.ts';
import { draftValue } from './value.ts';
import { draftWhen } from './when.ts';

/** Every drafter, most specific first. */
export const DRAFTERS: readonly Drafter[] = [
  draftFamily,
  draftAllergy,
  draftTrend,
  draftReason,
  draftMedicationList,
  draftMedicationCurrent,
  draftWhen,
  draftValue,
  draftExistence,
];
