import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { IsoDate } from '#pipelines/domain/ids.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import { findConflicts } from '../conflicts/find-conflicts.ts';
import type { NoteReading } from '../reading/reading.ts';
import { reconcileAllergies } from './allergies.ts';
import { indexCopies } from './copied.ts';
import { stopMembersOfClasses } from './class-stops.ts';
import { reconcileMedications } from './medications.ts';
import { reconcileGenotypes, reconcileHabits, reconcileProcedures } from './others.ts';
import { reconcileProblems } from './problems.ts';
import { reconcileResults } from './results.ts';
import { finish } from '#pipelines/domain/steps.ts';
import type { Steps } from '#pipelines/domain/steps.ts';

export interface ReconcileInput {
  readonly patient: Patient;
  readonly terminology: Terminology;
  /** In any order. */
  readonly readings: readonly NoteReading[];
  /** The day that counts as now: the last note's date where absent. */
  readonly asOf?: IsoDate | null;
}

/** Joins the readings of a patient's notes into one chart. Pure and deterministic: equal input, equal chart. */
export function reconcile(input: ReconcileInput): Chart {
  return finish(reconcileInSteps(input));
}

/** Likewise in small steps, for a caller that has other things to do in between; nothing may change meanwhile. */
export function* reconcileInSteps({ patient, terminology, readings: all, asOf: asked }: ReconcileInput): Steps<Chart> {
  const readings = inOrder(all).filter(
    ({ annotated }) => asked === null || asked === undefined || annotated.note.date <= asked,
  );
  const last = readings.at(-1)?.annotated.note.date ?? null;
  const asOf = asked ?? last;
  const copies = indexCopies(readings);
  yield;
  const { allergies, statement, statementEvidence } = reconcileAllergies(readings, copies);
  return {
    patient,
    asOf,
    notes: readings.map(({ annotated }) => annotated),
    events: readings.flatMap(({ events }) => events),
    medications: stopMembersOfClasses(yield* reconcileMedications(readings, copies, asOf ?? '')),
    problems: yield* reconcileProblems(readings, copies),
    allergies,
    allergyStatement: statement,
    allergyStatementEvidence: statementEvidence,
    results: yield* reconcileResults(readings, copies),
    procedures: yield* reconcileProcedures(readings, copies),
    habits: reconcileHabits(readings, copies),
    genotypes: reconcileGenotypes(readings, copies),
    conflicts: yield* findConflicts(readings, allergies, copies, terminology),
  };
}

/** By date; notes of one day keep the order in which they were given. */
function inOrder(readings: readonly NoteReading[]): NoteReading[] {
  return readings
    .map((reading, index) => ({ reading, index }))
    .sort((a, b) => compare(a.reading.annotated.note.date, b.reading.annotated.note.date) || a.index - b.index)
    .map(({ reading }) => reading);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
