import type { MedicationAction } from '#pipelines/domain/entity.ts';
import type { EventKind, TimelineEvent } from '#pipelines/domain/timeline.ts';
import type { EventId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import { TIMELINE_RELEASE } from '../words.ts';
import type {
  HabitMention,
  Mention,
  MedicationMention,
  ProblemMention,
  ProcedureMention,
  ResultMention,
} from './reading.ts';

const BY = { component: 'timeline', rules: [TIMELINE_RELEASE] } as const;

export interface Readings {
  readonly medications: readonly MedicationMention[];
  readonly problems: readonly ProblemMention[];
  readonly results: readonly ResultMention[];
  readonly procedures: readonly ProcedureMention[];
  readonly habits: readonly HabitMention[];
  readonly genotypes: readonly Mention[];
}

/** Writes a note's mentions as events, in order of text; several values of one test give several events. */
export function eventsOf(patient: PatientId, readings: Readings): TimelineEvent[] {
  const events = [
    ...readings.problems.map((mention) => ({
      ...base(patient, mention.kind, mention),
      when: mention.onset ?? mention.when,
    })),
    ...readings.medications.map((mention) => medicationEvent(patient, mention)),
    ...readings.results.map((mention) => resultEvent(patient, mention)),
    ...readings.procedures.map((mention) => base(patient, 'procedure', mention)),
    ...readings.habits.map((mention) => base(patient, 'habit', mention)),
    ...readings.genotypes.map((mention) => base(patient, 'genotype', mention)),
  ];
  return withDistinctIds(events.sort((a, b) => a.evidence[0].start - b.evidence[0].start || (a.id < b.id ? -1 : 1)));
}

/** Several events of one entity (two genes in "CYP2C9 *1/*3 / VKORC1 A/A") are numbered from the second on. */
function withDistinctIds(events: readonly TimelineEvent[]): TimelineEvent[] {
  const seen = new Map<EventId, number>();
  return events.map((event) => {
    const count = (seen.get(event.id) ?? 0) + 1;
    seen.set(event.id, count);
    return count === 1 ? event : { ...event, id: asId<EventId>(`${event.id}/${count}`) };
  });
}

function base(patient: PatientId, kind: EventKind, mention: Mention): TimelineEvent {
  return {
    id: asId<EventId>(`${mention.note}/${mention.entity.id}`),
    patient,
    note: mention.note,
    entity: mention.entity.id,
    kind,
    display: mention.words,
    concept: mention.concept,
    concepts: mention.codes,
    assertion: mention.assertion,
    when: mention.when,
    evidence: mention.evidence,
    by: BY,
  };
}

function medicationEvent(patient: PatientId, mention: MedicationMention): TimelineEvent {
  const { dose, route, frequency, reason } = mention;
  return {
    ...base(patient, 'medication', mention),
    action: actionOfEvent(mention),
    ...(dose === null ? {} : { dose }),
    ...(route === null ? {} : { route }),
    ...(frequency === null ? {} : { frequency }),
    ...(reason === null ? {} : { reason }),
  };
}

function actionOfEvent({ action }: MedicationMention): MedicationAction | null {
  return action === 'resume' || action === 'plan' ? 'start' : action;
}

function resultEvent(patient: PatientId, mention: ResultMention): TimelineEvent {
  const { value, unit } = mention;
  const event = base(patient, 'result', mention);
  const at = mention.evidence[0].end;
  return { ...event, id: asId<EventId>(`${event.id}/${at}`), value, ...(unit === null ? {} : { unit }) };
}
