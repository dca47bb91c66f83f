import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ClinicalError } from '#pipelines/errors.ts';

export interface DataDirLock {
  release(): void;
}

/**
 * Claims a data folder for this process. The claim is an exclusive lock that the operating system holds on a small
 * SQLite file beside the database, and drops by itself when the process ends in any way: there is no stale lock to
 * clear after kill -9, and a reused process id cannot fool it. `server.pid` only names the holder.
 *
 * @throws ClinicalError `DATA_DIR_IN_USE`, `DATA_DIR_UNWRITABLE`
 */
export function lockDataDir(dataDir: string): DataDirLock {
  const pidFile = join(dataDir, 'server.pid');
  let lock: Sqlite.Database | null = null;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    lock = new Sqlite(join(dataDir, 'server.lock'), { timeout: 200 });
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) {
      throw new ClinicalError('DATA_DIR_IN_USE', { pid: holderOf(pidFile) }, error);
    }
    throw new ClinicalError('DATA_DIR_UNWRITABLE', {}, error);
  }
  const held = lock;
  return { release: () => void held.close() };
}

function holderOf(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
