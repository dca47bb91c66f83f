import type { AnnotatedNote } from '../domain/annotated-note.ts';
import type { Turn } from '../domain/conversation.ts';
import type { Answer } from '../domain/evidence.ts';
import { asId } from '../domain/ids.ts';
import type { AnswerId, ConversationId, EntityId, EventId, NoteId, PassageId, PatientId } from '../domain/ids.ts';
import type { Note } from '../domain/note.ts';
import type { TimelineEvent } from '../domain/timeline.ts';
import type { NoteLayers, Write } from './stores.ts';

/** Small values that the store suites write and read back. */
export const WRITE: Write = { actor: 'dr test', at: '2024-01-01T00:00:00.000Z' };
export const ANN = asId<PatientId>('ann');
export const BOB = asId<PatientId>('bob');
export const PIPELINE = 'pipeline/1';

export const noteWith = (id: string, patient: PatientId, text: string, date = '2022-03-12'): Note => ({
  id: asId<NoteId>(id),
  patient,
  type: 'clinic note',
  date,
  text,
  sha256: `hash of ${text}`,
});

export const annotated = (note: Note, pipeline = PIPELINE): AnnotatedNote => ({
  note,
  sections: [{ start: 0, end: note.text.length, category: 'other', title: null }],
  sentences: [{ start: 0, end: note.text.length }],
  entities: [],
  relations: [],
  pipeline,
  by: [{ component: 'test', model: 'none/1' }],
});

export const eventOf = (note: Note): TimelineEvent => ({
  id: asId<EventId>(`${note.id}:e1`),
  patient: note.patient,
  note: note.id,
  entity: asId<EntityId>('e1'),
  kind: 'medication',
  display: 'warfarin',
  concept: 'warfarin',
  concepts: [],
  assertion: { existence: 'present', temporality: 'current', experiencer: 'patient' },
  when: { start: note.date, end: note.date, precision: 'day', anchor: 'note-date' },
  evidence: [{ kind: 'note', noteId: note.id, start: 0, end: 4, quote: note.text.slice(0, 4) }],
  by: { component: 'test' },
});

export const layersOf = (note: Note, pipeline = PIPELINE): NoteLayers => ({
  annotated: annotated(note, pipeline),
  events: [eventOf(note)],
  passages: [
    {
      passage: {
        id: asId<PassageId>(`${note.id}:p1`),
        patient: note.patient,
        note: note.id,
        date: note.date,
        text: note.text,
        start: 0,
        end: note.text.length,
      },
      vector: Float32Array.of(0.6, -0.8),
    },
  ],
  eventLines: [
    {
      id: `${note.id}:l1`,
      patient: note.patient,
      note: note.id,
      date: note.date,
      kind: 'medication',
      text: 'warfarin started',
      start: 0,
      end: 4,
      vector: Float32Array.of(1, 0),
    },
  ],
});

export const turnOf = (id: string, note: Note, range: { start: number; end: number }): Turn => ({
  id: asId<AnswerId>(id),
  conversation: asId<ConversationId>('talk'),
  patient: note.patient,
  question: 'When was warfarin started?',
  askedFor: null,
  answer: {
    status: 'answered',
    finding: 'affirmed',
    claims: [
      {
        text: 'Warfarin was started on 12 Mar 2022.',
        citations: [{ kind: 'note', noteId: note.id, ...range, quote: note.text.slice(range.start, range.end) }],
      },
    ],
    mentions: [],
    more: [],
    searched: { notes: 1, from: note.date, to: note.date, terms: ['warfarin'] },
    asOf: note.date,
    basis: { inputsUsed: [], inputsMissing: [], rulesApplied: [], limits: [] },
    by: { drafter: 'rules', pipeline: PIPELINE, rules: [] },
  } satisfies Answer,
});
