import type { Kysely } from 'kysely';
import type { NoteState, NoteStore, Write } from '#pipelines/contracts/stores.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { IsoDate, NoteId, PatientId, Release } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import { guarded } from './errors.ts';
import type { NoteRow, StoreSchema } from './schema.ts';

/** Notes in SQLite; the table refuses changes of what was received. */
export class SqliteNoteStore implements NoteStore {
  readonly #query: Kysely<StoreSchema>;

  constructor(query: Kysely<StoreSchema>) {
    this.#query = query;
  }

  add(note: Note, write: Write): Promise<{ readonly note: Note; readonly duplicate: boolean }> {
    return guarded(async () => {
      const inserted = await this.#query
        .insertInto('note')
        .values({ ...note, state: 'queued', ...write })
        .onConflict((conflict) => conflict.columns(['patient', 'sha256']).doNothing())
        .executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows === 1n) return { note, duplicate: false };
      const row = await this.#query
        .selectFrom('note')
        .selectAll()
        .where('patient', '=', note.patient)
        .where('sha256', '=', note.sha256)
        .executeTakeFirstOrThrow();
      return { note: noteOf(row), duplicate: true };
    });
  }

  get(patient: PatientId, note: NoteId): Promise<(Note & { readonly state: NoteState }) | null> {
    return guarded(async () => {
      const row = await this.#query
        .selectFrom('note')
        .selectAll()
        .where('id', '=', note)
        .where('patient', '=', patient)
        .executeTakeFirst();
      return row ? { ...noteOf(row), state: row.state } : null;
    });
  }

  list(patient: PatientId): Promise<readonly (Note & { readonly state: NoteState })[]> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('note')
        .selectAll()
        .where('patient', '=', patient)
        .orderBy('date')
        .orderBy('receipt')
        .execute();
      return rows.map((row) => ({ ...noteOf(row), state: row.state }));
    });
  }

  queued(): Promise<readonly Note[]> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('note')
        .selectAll()
        .where('state', '=', 'queued')
        .orderBy('receipt')
        .execute();
      return rows.map(noteOf);
    });
  }

  fail(note: NoteId, errorCode: string, write: Write): Promise<void> {
    return guarded(() =>
      this.#query.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('reading_failure')
          .values({ note, error_code: errorCode, ...write })
          .execute();
        await transaction.updateTable('note').set({ state: 'failed' }).where('id', '=', note).execute();
      }),
    );
  }

  requeue(pipeline: Release): Promise<number> {
    return guarded(async () => {
      const result = await this.#query
        .updateTable('note')
        .set({ state: 'queued' })
        .where('state', '!=', 'queued')
        .where('id', 'not in', (annotated) =>
          annotated.selectFrom('annotation').select('note').where('pipeline', '=', pipeline),
        )
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    });
  }

  unread(patient: PatientId, asOf: IsoDate | null): Promise<number> {
    return guarded(async () => {
      const row = await this.#query
        .selectFrom('note')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('patient', '=', patient)
        .where('state', '!=', 'read')
        .$if(asOf !== null, (notes) => notes.where('date', '<=', asOf!))
        .executeTakeFirstOrThrow();
      return row.count;
    });
  }

  counts(): Promise<Readonly<Record<NoteState, number>>> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('note')
        .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return { queued: 0, read: 0, failed: 0, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
    });
  }
}

/** The note of a row, without what the store keeps beside it. */
export function noteOf(row: Pick<NoteRow, 'id' | 'patient' | 'type' | 'date' | 'text' | 'sha256'>): Note {
  return {
    id: asId<NoteId>(row.id),
    patient: asId<PatientId>(row.patient),
    type: row.type,
    date: row.date,
    text: row.text,
    sha256: row.sha256,
  };
}
