import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { GenotypeStore, Write } from '#pipelines/contracts/stores.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import { guarded } from './errors.ts';
import type { StoreSchema } from './schema.ts';

/** Uploaded genotypes in SQLite, in order of upload. */
export class SqliteGenotypeStore implements GenotypeStore {
  readonly #query: Kysely<StoreSchema>;

  constructor(query: Kysely<StoreSchema>) {
    this.#query = query;
  }

  add(patient: PatientId, upload: Parameters<GenotypeStore['add']>[1], write: Write): Promise<string> {
    const id = randomUUID();
    return guarded(async () => {
      await this.#query
        .insertInto('genotype_upload')
        .values({
          id,
          patient,
          kind: upload.kind,
          name: upload.name,
          results: JSON.stringify(upload.results),
          ...write,
        })
        .execute();
      return id;
    });
  }

  list(patient: PatientId): ReturnType<GenotypeStore['list']> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('genotype_upload')
        .selectAll()
        .where('patient', '=', patient)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map(({ id, kind, name, results, at }) => ({
        id,
        kind,
        name,
        results: JSON.parse(results) as unknown[],
        at,
      }));
    });
  }
}
