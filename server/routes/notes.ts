import { randomUUID } from 'node:crypto';
import { assertionOf } from '#pipelines/domain/assertion.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { NoteId, PatientId } from '#pipelines/domain/ids.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import {
  createNoteQuery,
  createNoteRequest,
  createNoteResponse,
  getNoteResponse,
  listNotesResponse,
  noteUsesQuery,
  noteUsesResponse,
} from '#server/contract/index.ts';
import { shortId } from '../flows/chart-book.ts';
import { countWords } from '../flows/reading-queue.ts';
import { receiveNote } from '../flows/receive-note.ts';
import type { Product } from '../product.ts';
import { noteBody } from './bodies.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const tag = 'Notes';
const path = '/api/v1/patients/{patient}/notes';

/** Notes: received and read, listed, looked at with their layers. */
export function noteRoutes(product: Product): Route[] {
  return [createNote(product), listNotes(product), getNote(product), noteUses(product)];
}

function createNote({ stores, charts, reading, sign, maxNoteBytes }: Product): Route {
  return route(
    {
      id: 'createNote',
      method: 'post',
      path,
      tag,
      summary: 'Stores a note and answers when it is read, with 201; with wait=false at once, with 202',
      query: createNoteQuery,
      body: createNoteRequest,
      otherBodies: ['text/plain', 'multipart/form-data'],
      status: 201,
      otherStatuses: [202],
      response: createNoteResponse,
    },
    async ({ params, query, body, response }) => {
      const patient = asId<PatientId>(params['patient']!);
      await charts.patient(patient);
      const draft = { id: asId<NoteId>(randomUUID()), patient, date: body.date, type: body.type, text: body.text };
      const note = await receiveNote(draft, { notes: stores.notes, sign, maxNoteBytes });
      response.location(`/api/v1/patients/${patient}/notes/${note.id}`);
      const wait = query.wait !== 'false';
      const read = reading.add(note, { urgent: wait });
      if (wait) await read;
      else response.status(202);
      return { id: note.id, state: wait ? ('read' as const) : ('queued' as const) };
    },
    noteBody(maxNoteBytes),
  );
}

function listNotes({ stores, charts }: Product): Route {
  return route(
    {
      id: 'listNotes',
      method: 'get',
      path,
      tag,
      summary: "Lists the patient's notes by date",
      response: listNotesResponse,
    },
    async ({ params }) => {
      const patient = asId<PatientId>(params['patient']!);
      await charts.patient(patient);
      const notes = await stores.notes.list(patient);
      return {
        notes: notes.map(({ id, date, type, state, text }) => ({
          id,
          date,
          type,
          state,
          length: text.length,
          words: countWords(text),
        })),
      };
    },
  );
}

function getNote({ stores, charts, pipeline }: Product): Route {
  return route(
    {
      id: 'getNote',
      method: 'get',
      path: `${path}/{note}`,
      tag,
      summary: 'A note as it was received, with the layers that the pipeline put on it',
      response: getNoteResponse,
    },
    async ({ params }) => {
      const { patient, note } = await findNote(params, { stores, charts });
      const layers = await stores.annotations.get(patient, note.id, pipeline);
      const { id, date, type, text, sha256, state } = note;
      return {
        note: { id, date, type, text, sha256 },
        state,
        sections: layers?.sections ?? [],
        sentences: layers?.sentences ?? [],
        entities: (layers?.entities ?? []).map((entity) => ({ ...entity, assertion: assertionOf(entity.flags) })),
        relations: layers?.relations ?? [],
        pipeline: layers?.pipeline ?? null,
        by: layers?.by ?? [],
      };
    },
  );
}

function noteUses({ stores, charts }: Product): Route {
  return route(
    {
      id: 'listNoteUses',
      method: 'get',
      path: `${path}/{note}/uses`,
      tag,
      summary: 'Answers whose claims cite a range of the note',
      query: noteUsesQuery,
      response: noteUsesResponse,
    },
    async ({ params, query }) => {
      const { patient, note } = await findNote(params, { stores, charts });
      const turns = await stores.conversations.answersCiting(patient, note.id, query.start, query.end);
      return {
        answers: turns.map(({ id, conversation, question, answer }) => ({
          id,
          conversation,
          question,
          status: answer.status,
        })),
      };
    },
  );
}

/** @throws ClinicalError `PATIENT_NOT_FOUND`, `NOTE_NOT_FOUND` (also for a note of another patient) */
async function findNote(
  params: Readonly<Record<string, string>>,
  { stores, charts }: Pick<Product, 'stores' | 'charts'>,
) {
  const patient = asId<PatientId>(params['patient']!);
  await charts.patient(patient);
  const note = await stores.notes.get(patient, asId<NoteId>(params['note']!));
  if (!note) throw new ClinicalError('NOTE_NOT_FOUND', { note: shortId(params['note']!) });
  return { patient, note };
}
