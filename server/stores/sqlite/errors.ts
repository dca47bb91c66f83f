import { ClinicalError } from '#pipelines/errors.ts';

/** Wraps a failure of SQLite once, keeping its cause; anything else passes through. */
export function storeError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!code.startsWith('SQLITE_')) return error;
  if (code === 'SQLITE_FULL') return new ClinicalError('STORE_FULL', {}, error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new ClinicalError('STORE_DAMAGED', {}, error);
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|IOERR)/.test(code)) return new ClinicalError('DATA_DIR_UNWRITABLE', {}, error);
  return error;
}

/** Runs store work and wraps what SQLite throws. @throws ClinicalError `STORE_FULL`, `STORE_DAMAGED`, `DATA_DIR_UNWRITABLE` */
export async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error);
  }
}
