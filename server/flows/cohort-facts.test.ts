import { expect, it } from 'vitest';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { NoteId, PatientId } from '#pipelines/domain/ids.ts';
import { annotateNote } from '#pipelines/ingest-note.ts';
import { timelineEvents } from '#pipelines/timeline/index.ts';
import { fakeTagger } from '../testing/fake-engines.ts';
import { fakeTerminology as terminology } from '../testing/fake-terminology.ts';
import { CohortFacts } from './cohort-facts.ts';

const patient = {
  id: asId<PatientId>('ann'),
  name: 'Ann Example',
  birthDate: null,
  sex: null,
  race: null,
  ethnicity: null,
  identifiers: [],
};

const read = (id: string, text: string): Promise<AnnotatedNote> => {
  const note = { id: asId<NoteId>(id), patient: patient.id, type: 'note', date: '2021-05-01', text, sha256: '' };
  return annotateNote(note, { tagger: fakeTagger, terminology });
};

it('knows a test that a note mentions without a value, beside what the timeline holds', async () => {
  const notes = [await read('n1', 'Has hypertension. INR to be checked.')];
  const facts = new CohortFacts({
    patients: {
      add: () => Promise.reject(new Error('not needed')),
      get: async () => patient,
      list: async () => [{ ...patient, notes: notes.length, lastNote: null }],
      namesOtherThan: async () => [],
    },
    annotations: {
      listForPatient: async () => notes,
      events: async () => notes.flatMap((note) => timelineEvents(note, { patient, terminology })),
    },
    pipeline: 'test/1',
    terminology,
  });
  const concepts = async (): Promise<string[]> => (await facts.all())[0]!.events.map(({ concept }) => concept);
  expect(await concepts()).toEqual(['hypertension', 'inr']);

  notes.push(await read('n2', 'Has a dry cough.'));
  expect(await concepts()).toHaveLength(2);
  facts.changed(patient.id);
  expect(await concepts()).toContain('dry cough');
  expect((await facts.all())[0]!.noteDates.get(asId<NoteId>('n2'))).toBe('2021-05-01');
});
