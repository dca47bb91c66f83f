import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storesContract } from '#pipelines/contracts/stores.contract.ts';
import { layersOf, noteWith } from '#pipelines/contracts/stores.samples.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import { DATABASE_FILE, openDatabase } from './database.ts';
import { SqliteAnnotationStore } from './annotation-store.ts';
import { SqliteNoteStore } from './note-store.ts';
import { SqlitePatientStore } from './patient-store.ts';
import { lockDataDir, openSqliteStores } from './index.ts';

let folder = '';
let stores: ReturnType<typeof openSqliteStores> | null = null;
const WRITE = { actor: 'dr test', at: '2024-01-01T00:00:00.000Z' };
const ANN = asId<PatientId>('ann');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

storesContract('sqlite', {
  open: async () => (stores = openSqliteStores(folder)),
  reopen: async () => {
    await stores?.close();
    return (stores = openSqliteStores(folder));
  },
  close: async () => {
    await stores?.close();
    stores = null;
  },
});

describe('sqlite store', () => {
  it('stores who wrote each row, and when', async () => {
    const database = openDatabase(folder);
    await new SqlitePatientStore(database.query).add(ANN, { name: 'Ann Example' }, WRITE);
    await new SqliteNoteStore(database.query).add(noteWith('n1', ANN, 'Text.'), WRITE);
    await new SqliteAnnotationStore(database.query).save(layersOf(noteWith('n1', ANN, 'Text.')), WRITE);
    for (const table of ['patient', 'note', 'annotation', 'timeline_event', 'line']) {
      expect(database.connection.prepare(`SELECT DISTINCT actor, at FROM ${table}`).all()).toEqual([WRITE]);
    }
    await database.close();
  });

  it('refuses to change or delete what was received', async () => {
    const database = openDatabase(folder);
    await new SqlitePatientStore(database.query).add(ANN, { name: 'Ann Example' }, WRITE);
    await new SqliteNoteStore(database.query).add(noteWith('n1', ANN, 'Text.'), WRITE);
    expect(() => database.connection.exec("UPDATE note SET text = 'Other.'")).toThrow('immutable');
    expect(() => database.connection.exec('DELETE FROM note')).toThrow('kept');
    await database.close();
  });

  it('writes through a log with full synchronisation and checks references', async () => {
    const { connection, close } = openDatabase(folder);
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(connection.pragma('synchronous', { simple: true })).toBe(2);
    expect(connection.pragma('foreign_keys', { simple: true })).toBe(1);
    await close();
  });

  it('says that the disk is full, and keeps what was stored before', async () => {
    const database = openDatabase(folder);
    const notes = new SqliteNoteStore(database.query);
    await new SqlitePatientStore(database.query).add(ANN, { name: 'Ann Example' }, WRITE);
    await notes.add(noteWith('n1', ANN, 'Kept.'), WRITE);
    const pages = database.connection.pragma('page_count', { simple: true }) as number;
    database.connection.pragma(`max_page_count = ${pages}`);
    const large = noteWith('n2', ANN, 'x'.repeat(200_000));
    await expect(notes.add(large, WRITE)).rejects.toMatchObject({ code: 'STORE_FULL' });
    database.connection.pragma('max_page_count = 1000000');
    expect((await notes.list(ANN)).map((note) => note.id)).toEqual(['n1']);
    expect((await notes.add(large, WRITE)).duplicate).toBe(false);
    await database.close();
  });

  it('says that the file is damaged', async () => {
    writeFileSync(join(folder, DATABASE_FILE), 'this is no database, however long it may be '.repeat(100));
    expect(() => openSqliteStores(folder)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED' }) as Error);
  });

  it('says that a file cut short is damaged', async () => {
    const database = openDatabase(folder);
    await new SqlitePatientStore(database.query).add(ANN, { name: 'Ann Example' }, WRITE);
    for (let at = 0; at < 20; at++) {
      await new SqliteNoteStore(database.query).add(noteWith(`n${at}`, ANN, `${at}`.repeat(5000)), WRITE);
    }
    await database.close();
    truncateSync(join(folder, DATABASE_FILE), 40_960);
    expect(() => openSqliteStores(folder)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED' }) as Error);
  });

  it('does not open a file of a folder that cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openSqliteStores(join(folder, 'file', 'data'))).toThrow(
      expect.objectContaining({ code: 'DATA_DIR_UNWRITABLE' }) as Error,
    );
  });

  it('upgrades an empty file and leaves a current one alone', async () => {
    await openDatabase(folder).close();
    const connection = new Sqlite(join(folder, DATABASE_FILE));
    const version = connection.pragma('user_version', { simple: true });
    connection.close();
    const again = openDatabase(folder);
    expect(again.connection.pragma('user_version', { simple: true })).toBe(version);
    await again.close();
  });
});

describe('data folder lock', () => {
  const holder = () =>
    spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '-e',
        `import('#server/stores/sqlite/data-dir-lock.ts').then((m) => { m.lockDataDir(process.argv[1]); console.log('held'); setInterval(() => {}, 1000); })`,
        folder,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );

  it('refuses a folder that another process holds, and names the process', async () => {
    const other = holder();
    await once(other.stdout, 'data');
    expect(() => lockDataDir(folder)).toThrow(
      expect.objectContaining({ code: 'DATA_DIR_IN_USE', details: { pid: String(other.pid) } }) as Error,
    );
    other.kill('SIGKILL');
    await once(other, 'exit');
    const lock = lockDataDir(folder);
    lock.release();
  });

  it('holds within one process too, and can be released', () => {
    const first = lockDataDir(folder);
    expect(() => lockDataDir(folder)).toThrow(expect.objectContaining({ code: 'DATA_DIR_IN_USE' }) as Error);
    first.release();
    lockDataDir(folder).release();
    expect(execFileSync('ls', [folder]).toString()).toContain('server.pid');
  });
});
