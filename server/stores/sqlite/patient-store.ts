import type { Kysely } from 'kysely';
import type { NewPatient, PatientStore, Write } from '#pipelines/contracts/stores.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import type { Identifier, Patient, Sex } from '#pipelines/domain/patient.ts';
import { guarded } from './errors.ts';
import type { PatientRow, StoreSchema } from './schema.ts';

/** Patients in SQLite. */
export class SqlitePatientStore implements PatientStore {
  readonly #query: Kysely<StoreSchema>;

  constructor(query: Kysely<StoreSchema>) {
    this.#query = query;
  }

  add(id: PatientId, patient: NewPatient, write: Write): Promise<Patient> {
    const row: PatientRow = {
      id,
      name: patient.name,
      birth_date: patient.birthDate ?? null,
      sex: patient.sex ?? null,
      race: patient.race ?? null,
      ethnicity: patient.ethnicity ?? null,
      identifiers: JSON.stringify(patient.identifiers ?? []),
      ...write,
    };
    return guarded(async () => {
      await this.#query.insertInto('patient').values(row).execute();
      return patientOf(row);
    });
  }

  get(id: PatientId): Promise<Patient | null> {
    return guarded(async () => {
      const row = await this.#query.selectFrom('patient').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? patientOf(row) : null;
    });
  }

  list(): Promise<readonly (Patient & { readonly notes: number; readonly lastNote: string | null })[]> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('patient')
        .leftJoin('note', 'note.patient', 'patient.id')
        .selectAll('patient')
        .select(({ fn }) => [fn.count<number>('note.id').as('notes'), fn.max('note.date').as('lastNote')])
        .groupBy('patient.id')
        .orderBy('patient.name')
        .orderBy('patient.id')
        .execute();
      return rows.map((row) => ({ ...patientOf(row), notes: row.notes, lastNote: row.lastNote }));
    });
  }

  namesOtherThan(id: PatientId): Promise<readonly string[]> {
    return guarded(async () => {
      const rows = await this.#query.selectFrom('patient').select('name').distinct().where('id', '!=', id).execute();
      return rows.map((row) => row.name);
    });
  }
}

function patientOf(row: PatientRow): Patient {
  return {
    id: asId<PatientId>(row.id),
    name: row.name,
    birthDate: row.birth_date,
    sex: row.sex as Sex | null,
    race: row.race,
    ethnicity: row.ethnicity,
    identifiers: JSON.parse(row.identifiers) as Identifier[],
  };
}
