import { draftAdverse } from './adverse.ts';
import { draftAllergy } from './allergy.ts';
import { draftConflict } from './conflict.ts';
import { draftExistence } from './existence.ts';
import { draftFamily } from './family.ts';
import { draftMedicationCurrent } from './medication-current.ts';
import { draftMedicationHistory } from './medication-history.ts';
import { draftMedicationList } from './medication-list.ts';
import { draftPgx } from './pgx.ts';
import { draftProcedure } from './procedure.ts';
import { draftReason } from './reason.ts';
import { draftSections } from './sections/index.ts';
import { draftSummary } from './summary.ts';
import { draftTreatment } from './treatment.ts';
import { draftTrend } from './trend.ts';
import type { Drafter } from './types.ts';
import { draftValue } from './value.ts';
import { draftWhen } from './when.ts';

/** Every drafter, most specific first. */
export const DRAFTERS: readonly Drafter[] = [
  draftPgx,
  draftSections,
  draftSummary,
  draftConflict,
  draftFamily,
  draftAllergy,
  draftTrend,
  draftReason,
  draftAdverse,
  draftProcedure,
  draftMedicationList,
  draftMedicationCurrent,
  draftMedicationHistory,
  draftValue,
  draftWhen,
  draftExistence,
  draftTreatment,
];
