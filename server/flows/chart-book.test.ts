import { beforeAll, describe, expect, it } from 'vitest';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { NoteId, PatientId, Release } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import { annotateNote } from '#pipelines/ingest-note.ts';
import {
  buildChart,
  dateOrderOf,
  dateOrderVotes,
  readNoteInSteps,
  reconcileInSteps,
} from '#pipelines/timeline/index.ts';
import { fakeTagger } from '../testing/fake-engines.ts';
import { fakeTerminology as terminology } from '../testing/fake-terminology.ts';
import { ChartBook } from './chart-book.ts';

const LARGE = 1000;
const pipeline: Release = 'test/1';

const patientOf = (id: string): Patient => ({
  id: asId<PatientId>(id),
  name: id,
  birthDate: '1950-01-01',
  sex: 'female',
  race: null,
  ethnicity: null,
  identifiers: [],
});

function noteOf(patient: Patient, index: number, sentence: string): Note {
  const date = new Date(Date.UTC(2015, 0, 1 + index)).toISOString().slice(0, 10);
  const text = `ASSESSMENT:\nVisit ${index}. ${sentence}\nINR 2.${index % 10}. He denies chest pain.\n`;
  const id = asId<NoteId>(`${patient.id}-${index}`);
  return { id, patient: patient.id, type: 'progress note', date, text, sha256: '' };
}

const read = (note: Note): Promise<AnnotatedNote> => annotateNote(note, { tagger: fakeTagger, terminology });

/** A book over notes in memory that counts what is read. */
function bookOver(patients: readonly Patient[], notes: AnnotatedNote[], kept?: number) {
  const reads: string[] = [];
  const book = new ChartBook(
    {
      patients: {
        add: () => Promise.reject(new Error('not needed')),
        get: async (id) => patients.find((patient) => patient.id === id) ?? null,
        list: async () => [],
        namesOtherThan: async () => [],
      },
      notes: {
        list: async (id) =>
          notes.flatMap(({ note }) => (note.patient === id ? [{ ...note, state: 'read' as const }] : [])),
      },
      annotations: { get: async (_patient, id) => notes.find(({ note }) => note.id === id) ?? null },
      pipeline,
      timeline: {
        votes: ({ note }) => dateOrderVotes(note),
        orderOf: dateOrderOf,
        readNote: (note, patient, order) => {
          reads.push(note.note.id);
          return readNoteInSteps(note, { patient, terminology, order });
        },
        reconcile: (input) => reconcileInSteps({ ...input, terminology }),
      },
    },
    kept,
  );
  return { book, reads };
}

describe('a chart of 1,000 notes', () => {
  const patient = patientOf('large');
  const notes: AnnotatedNote[] = [];
  beforeAll(async () => {
    for (let index = 0; index < LARGE; index++)
      notes.push(await read(noteOf(patient, index, index % 7 === 0 ? 'Started warfarin.' : 'Has hypertension.')));
  });

  it('leaves the event loop free while it is built, and equals the chart built in one go', async () => {
    const { book } = bookOver([patient], notes);
    let turns = 0;
    let building = true;
    const count = (): void => {
      turns++;
      if (building) setImmediate(count);
    };
    setImmediate(count);
    const chart = await book.chart(patient.id, null);
    building = false;
    expect(turns).toBeGreaterThan(3);
    // As text, since a deep comparison of a chart of this size takes longer than all the rest.
    expect(JSON.stringify(chart) === JSON.stringify(buildChart({ patient, notes, terminology }))).toBe(true);
  });

  it('costs the reading of the new note alone when one is added, and none for another day', async () => {
    const all = notes.slice(0, 50);
    const { book, reads } = bookOver([patient], all);
    await book.chart(patient.id, null);
    expect(reads).toHaveLength(50);
    const added = await read(noteOf(patient, 50, 'Stopped warfarin.'));
    all.push(added);
    book.changed(patient.id, added.note.id);
    const asOf = '2015-01-20';
    expect(await book.chart(patient.id, null)).toEqual(buildChart({ patient, notes: all, terminology }));
    expect(await book.chart(patient.id, asOf)).toEqual(buildChart({ patient, notes: all, asOf, terminology }));
    expect(reads.slice(50)).toEqual([added.note.id]);
  });

  it('of some types of notes is the chart of those notes, whatever order they are named in', async () => {
    const typed = notes.slice(0, 6).map((each, i) => ({
      ...each,
      note: { ...each.note, type: i % 2 === 0 ? 'letter' : 'clinic-note' },
    }));
    const { book, reads } = bookOver([patient], typed);
    const letters = await book.chart(patient.id, null, ['letter']);
    expect(letters.notes.map(({ note }) => note.type)).toEqual(['letter', 'letter', 'letter']);
    expect(await book.chart(patient.id, null, ['letter', 'clinic-note'])).toBe(
      await book.chart(patient.id, null, ['clinic-note', 'letter']),
    );
    expect(reads).toHaveLength(6);
  });

  it('reads a note again once its layers were written anew', async () => {
    const { book, reads } = bookOver([patient], notes.slice(0, 3));
    await book.chart(patient.id, null);
    book.changed(patient.id, notes[1]!.note.id);
    await book.chart(patient.id, null);
    expect(reads.slice(3)).toEqual([notes[1]!.note.id]);
  });

  it('builds once for questions that come at the same time', async () => {
    const { book, reads } = bookOver([patient], notes.slice(0, 20));
    const charts = await Promise.all([null, null, '2015-01-05'].map((asOf) => book.chart(patient.id, asOf)));
    expect(charts[0]).toBe(charts[1]);
    expect(reads).toHaveLength(20);
  });
});

describe('what is kept', () => {
  it('is of the patients asked about last, within the limit', async () => {
    const patients = ['a', 'b', 'c'].map(patientOf);
    const notes: AnnotatedNote[] = [];
    for (const patient of patients)
      for (let index = 0; index < 4; index++) notes.push(await read(noteOf(patient, index, 'Has hypertension.')));
    const { book, reads } = bookOver(patients, notes, 8);
    for (const patient of patients) await book.chart(patient.id, null);
    expect(book.kept).toBe(8);
    await book.chart(patients[2]!.id, null);
    expect(reads).toHaveLength(12);
    await book.chart(patients[0]!.id, null);
    expect(reads).toHaveLength(16);
  });

  it('is nothing of a patient who is not there', async () => {
    const { book } = bookOver([], []);
    await expect(book.chart(asId<PatientId>('nobody'), null)).rejects.toMatchObject({ code: 'PATIENT_NOT_FOUND' });
    expect(book.kept).toBe(0);
  });
});
