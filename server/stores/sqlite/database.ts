import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type BetterSqlite3 from 'better-sqlite3';
import type * as KyselyLibrary from 'kysely';
import { ClinicalError } from '#pipelines/errors.ts';
import { storeError } from './errors.ts';
import { migrate } from './migrations.ts';
import type { StoreSchema } from './schema.ts';

/** Its CommonJS build, which loads in a quarter of the time: the other is some three hundred modules, each through the loader. */
const { Kysely, SqliteDialect } = createRequire(import.meta.url)('kysely') as typeof KyselyLibrary;

export const DATABASE_FILE = 'anamnesis.sqlite';

export interface OpenDatabase {
  readonly query: KyselyLibrary.Kysely<StoreSchema>;
  /** The connection itself, for pragmas. */
  readonly connection: BetterSqlite3.Database;
  close(): Promise<void>;
}

/**
 * Opens the database of a data folder, making it if there is none. Write-ahead log with synchronous=FULL: a commit that
 * was acknowledged is on disk.
 *
 * @throws ClinicalError `DATA_DIR_UNWRITABLE`, `STORE_DAMAGED`
 */
export function openDatabase(dataDir: string): OpenDatabase {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ClinicalError('DATA_DIR_UNWRITABLE', {}, error);
  }
  const connection = connect(join(dataDir, DATABASE_FILE));
  const query = new Kysely<StoreSchema>({ dialect: new SqliteDialect({ database: connection }) });
  return { query, connection, close: () => query.destroy() };
}

function connect(file: string): BetterSqlite3.Database {
  let connection: BetterSqlite3.Database | null = null;
  try {
    connection = new Sqlite(file, { timeout: 5000 });
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    const verdict = connection.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new ClinicalError('STORE_DAMAGED');
    migrate(connection);
    return connection;
  } catch (error) {
    connection?.close();
    throw storeError(error);
  }
}
