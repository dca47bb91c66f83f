import { setImmediate } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { AnnotationStore, IndexedLine, NoteLayers, StoredPassage, Write } from '#pipelines/contracts/stores.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { NoteId, PassageId, PatientId, Release } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import type { TimelineEvent } from '#pipelines/domain/timeline.ts';
import { guarded } from './errors.ts';
import { noteOf } from './note-store.ts';
import type { LineRow, StoreSchema } from './schema.ts';
import { fromBlob, toBlob } from './vectors.ts';

/** SQLite takes at most 32,766 values in a statement; a line has 13. */
const ROWS_PER_INSERT = 500;

/** Layers of notes in SQLite, side by side by pipeline release. */
export class SqliteAnnotationStore implements AnnotationStore {
  readonly #query: Kysely<StoreSchema>;

  constructor(query: Kysely<StoreSchema>) {
    this.#query = query;
  }

  save(layers: NoteLayers, write: Write): Promise<void> {
    return guarded(() => this.#query.transaction().execute((transaction) => saveLayers(transaction, layers, write)));
  }

  get(patient: PatientId, note: NoteId, pipeline: Release): Promise<AnnotatedNote | null> {
    return guarded(async () => {
      const row = await this.#annotated(patient, pipeline).where('note.id', '=', note).executeTakeFirst();
      return row ? annotatedOf(row) : null;
    });
  }

  listForPatient(patient: PatientId, pipeline: Release): Promise<readonly AnnotatedNote[]> {
    return guarded(async () => {
      const rows = await this.#annotated(patient, pipeline).orderBy('note.date').orderBy('note.receipt').execute();
      return rows.map(annotatedOf);
    });
  }

  events(patient: PatientId, pipeline: Release): Promise<readonly TimelineEvent[]> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('timeline_event')
        .innerJoin('note', 'note.id', 'timeline_event.note')
        .select('timeline_event.event')
        .where('timeline_event.patient', '=', patient)
        .where('timeline_event.pipeline', '=', pipeline)
        .orderBy('note.date')
        .orderBy('note.receipt')
        .orderBy('timeline_event.ordinal')
        .execute();
      return rows.map((row) => JSON.parse(row.event) as TimelineEvent);
    });
  }

  passages(patient: PatientId, pipeline: Release): Promise<readonly StoredPassage[]> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('line')
        .innerJoin('note', 'note.id', 'line.note')
        .selectAll('line')
        .where('line.patient', '=', patient)
        .where('line.pipeline', '=', pipeline)
        .where('line.kind', '=', 'passage')
        .orderBy('note.date')
        .orderBy('note.receipt')
        .orderBy('line.ordinal')
        .execute();
      return rows.map(storedPassageOf);
    });
  }

  allVectors(pipeline: Release, after: string | null, limit: number): Promise<readonly IndexedLine[]> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('line')
        .selectAll()
        .where('pipeline', '=', pipeline)
        .where('kind', '!=', 'passage')
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(lineOf);
    });
  }

  /** Of a line that several releases wrote, the latest written. */
  lines(ids: readonly string[]): Promise<readonly IndexedLine[]> {
    return guarded(async () => {
      if (ids.length === 0) return [];
      const rows = await this.#query
        .selectFrom('line')
        .selectAll()
        .where('id', 'in', [...ids])
        .orderBy('at')
        .execute();
      const byId = new Map(rows.map((row) => [row.id, lineOf(row)]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    });
  }

  #annotated(patient: PatientId, pipeline: Release) {
    return this.#query
      .selectFrom('annotation')
      .innerJoin('note', 'note.id', 'annotation.note')
      .select(['note.id', 'note.patient', 'note.type', 'note.date', 'note.text', 'note.sha256', 'annotation.layers'])
      .where('annotation.pipeline', '=', pipeline)
      .where('note.patient', '=', patient);
  }
}

async function saveLayers(transaction: Transaction<StoreSchema>, layers: NoteLayers, write: Write): Promise<void> {
  const { note, ...rest } = layers.annotated;
  const key = { pipeline: rest.pipeline, note: note.id, patient: note.patient };
  for (const table of ['annotation', 'timeline_event', 'line'] as const) {
    await transaction.deleteFrom(table).where('note', '=', note.id).where('pipeline', '=', rest.pipeline).execute();
  }
  await transaction
    .insertInto('annotation')
    .values({ note: note.id, pipeline: rest.pipeline, layers: JSON.stringify(rest), ...write })
    .execute();
  const events = layers.events.map((event, ordinal) => ({
    ...key,
    id: event.id,
    ordinal,
    event: JSON.stringify(event),
    ...write,
  }));
  for (const rows of chunks(events)) {
    await transaction.insertInto('timeline_event').values(rows).execute();
    await setImmediate(); // a note of a megabyte has tens of thousands of rows
  }
  const lines = linesOf(layers).map((line, ordinal) => ({ ...key, ...line, ordinal, ...write }));
  for (const rows of chunks(lines)) {
    await transaction.insertInto('line').values(rows).execute();
    await setImmediate();
  }
  await transaction.updateTable('note').set({ state: 'read' }).where('id', '=', note.id).execute();
}

function linesOf(layers: NoteLayers): Pick<LineRow, 'id' | 'date' | 'kind' | 'text' | 'start' | 'end' | 'vector'>[] {
  const passages = layers.passages.map(({ passage: { id, date, text, start, end }, vector }) => ({
    ...{ id, date, text, start, end },
    kind: 'passage',
    vector: toBlob(vector),
  }));
  const events = layers.eventLines.map(({ id, date, kind, text, start, end, vector }) => ({
    ...{ id, date, kind, text, start, end },
    vector: toBlob(vector),
  }));
  return [...passages, ...events];
}

function annotatedOf(row: { layers: string } & Parameters<typeof noteOf>[0]): AnnotatedNote {
  const note: Note = noteOf(row);
  return { note, ...(JSON.parse(row.layers) as Omit<AnnotatedNote, 'note'>) };
}

function storedPassageOf(row: LineRow): StoredPassage {
  return {
    passage: {
      id: asId<PassageId>(row.id),
      patient: asId<PatientId>(row.patient),
      note: asId<NoteId>(row.note),
      date: row.date,
      text: row.text,
      start: row.start,
      end: row.end,
    },
    vector: fromBlob(row.vector),
  };
}

function lineOf(row: LineRow): IndexedLine {
  return {
    id: row.id,
    patient: asId<PatientId>(row.patient),
    note: asId<NoteId>(row.note),
    date: row.date,
    kind: row.kind as IndexedLine['kind'],
    text: row.text,
    start: row.start,
    end: row.end,
    vector: fromBlob(row.vector),
  };
}

function* chunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) yield rows.slice(at, at + ROWS_PER_INSERT);
}
