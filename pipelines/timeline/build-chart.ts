import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { IsoDate } from '#pipelines/domain/ids.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import type { TimelineEvent } from '#pipelines/domain/timeline.ts';
import type { DateOrder } from './dates/time-context.ts';
import { dateOrderOf, dateOrderVotes } from './reading/date-order.ts';
import { readNote } from './reading/read-note.ts';
import { reconcile } from './reconcile/reconcile.ts';

export interface BuildChartInput {
  readonly patient: Patient;
  readonly notes: readonly AnnotatedNote[];
  /** Notes after this day are left out; all are taken where it is absent. */
  readonly asOf?: IsoDate | null;
  readonly terminology: Terminology;
}

/** What one note says happened, placed in time; in order of text. The order of numeric dates is judged from the note alone. */
export function timelineEvents(
  note: AnnotatedNote,
  context: { readonly patient: Patient; readonly terminology: Terminology },
): TimelineEvent[] {
  return [...readNote(note, context).events];
}

/**
 * A patient's notes as one chart of facts: each note is read by itself, then the readings are reconciled. Pure; the server
 * may keep readings (`readNote`) and call `reconcile` alone.
 */
export function buildChart({ patient, notes, asOf, terminology }: BuildChartInput): Chart {
  const order = chartDateOrder(notes);
  const readings = notes.map((note) => readNote(note, { patient, terminology, order }));
  return reconcile({ patient, terminology, readings, asOf: asOf ?? null });
}

/** Whether a chart writes month or day first, judged from all its notes. */
export function chartDateOrder(notes: readonly Pick<AnnotatedNote, 'note'>[]): DateOrder {
  return dateOrderOf(notes.reduce((votes, { note }) => votes + dateOrderVotes(note), 0));
}
