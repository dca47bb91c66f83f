import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import { assertionOf } from '#pipelines/domain/assertion.ts';
import type { Entity } from '#pipelines/domain/entity.ts';
import { citeNote } from '#pipelines/domain/evidence.ts';
import type { EventId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { TimelineEvent } from '#pipelines/domain/timeline.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { PatientFacts } from './match-term.ts';

/**
 * What cohort search knows of one patient: the timeline's events, and beside them tests that a note mentions without a
 * value ("colonoscopy last year"), which make no event.
 *
 * @param chart - `Chart` has both.
 */
export function patientFacts(
  chart: { readonly notes: readonly AnnotatedNote[]; readonly events: readonly TimelineEvent[] },
  terminology: Terminology,
): PatientFacts {
  const placed = new Set(chart.events.map(({ note, entity }) => `${note}/${entity}`));
  const tests = chart.notes.flatMap((annotated) =>
    annotated.entities
      .filter(({ id, label }) => label === 'Test' && !placed.has(`${annotated.note.id}/${id}`))
      .map((entity) => testEvent(annotated, entity, terminology)),
  );
  return {
    events: [...chart.events, ...tests],
    noteDates: new Map(chart.notes.map(({ note }) => [note.id, note.date])),
  };
}

function testEvent({ note }: AnnotatedNote, entity: Entity, terminology: Terminology): TimelineEvent {
  const mention = citeNote(note, entity);
  return {
    id: asId<EventId>(`${note.id}/${entity.id}/mention`),
    patient: note.patient,
    note: note.id,
    entity: entity.id,
    kind: 'result',
    display: mention.quote,
    concept: terminology.conceptKey('Test', mention.quote),
    concepts: entity.concepts ?? [],
    assertion: assertionOf(entity.flags),
    when: { start: note.date, end: note.date, precision: 'day', anchor: 'note-date' },
    evidence: [mention],
    by: { component: 'cohort' },
  };
}
