import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROJECT_ROOT } from './config.ts';

const SHIPPED = ['package.json', 'tsconfig.json', 'pipelines', 'server', 'prompts', 'corpora'];

let home = '';
let running: ChildProcess | null = null;

/** A copy of the project as it ships, in a folder that has nothing beside it. */
beforeAll(() => {
  home = join(mkdtempSync(join(tmpdir(), 'anamnesis-alone-')), 'project');
  mkdirSync(home);
  for (const name of SHIPPED) cpSync(join(PROJECT_ROOT, name), join(home, name), { recursive: true });
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(home, 'node_modules'));
  mkdirSync(join(home, 'client/dist'), { recursive: true });
  writeFileSync(join(home, 'client/dist/index.html'), '<!doctype html><title>Anamnesis</title>');
});
afterAll(async () => {
  await stop();
  rmSync(join(home, '..'), { recursive: true, force: true });
});

async function start(settings: Record<string, string>): Promise<{ address: string; output: () => string }> {
  running = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: home,
    env: { PATH: '/usr/bin:/bin', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [running.stdout!, running.stderr!])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ready = /Anamnesis is ready: (http:\S+)/;
  await expect.poll(() => ready.test(output) || running?.exitCode !== null, { timeout: 60_000 }).toBe(true);
  const address = ready.exec(output)?.[1];
  if (!address) throw new Error(`The server did not start: ${output}`);
  return { address, output: () => output };
}

async function stop(): Promise<number | null> {
  if (!running || running.exitCode !== null) return running?.exitCode ?? null;
  const ended = once(running, 'exit');
  running.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  return code;
}

const json = async (address: string, path: string, body?: object) => {
  const options = body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  const reply = await fetch(address + path, options);
  return { status: reply.status, body: (await reply.json()) as Record<string, never> };
};

it('starts from what ships alone, reads the demo charts with its own models, and answers with citations', async () => {
  const { address, output } = await start({ DEMO: 'on', DEMO_PATIENTS: '1' });
  const notesOf = async (): Promise<{ queued: number; read: number }> =>
    (await json(address, '/api/v1/status')).body['notes']!;
  await expect.poll(async () => (await notesOf()).read, { timeout: 120_000, interval: 500 }).toBe(6);
  const patients: { id: string }[] = (await json(address, '/api/v1/patients')).body['patients']!;
  expect(patients).toHaveLength(1);
  const base = `/api/v1/patients/${patients[0]!.id}`;
  const answer = await json(address, `${base}/questions`, { question: 'Why was warfarin stopped?' });
  expect(answer.status).toBe(200);
  expect(answer.body['status']).toBe('answered');
  const claims: { citations: { noteId: string; start: number; end: number; quote: string }[] }[] =
    answer.body['claims']!;
  for (const { noteId, start: from, end, quote } of claims.flatMap((claim) => claim.citations)) {
    const note: { text: string } = (await json(address, `${base}/notes/${noteId}`)).body['note']!;
    expect(note.text.slice(from, end)).toBe(quote);
  }
  expect((await json(address, '/api/v1/status')).body['outboundConnections']).toBe(0);
  expect((await fetch(address)).status).toBe(200);
  await expect.poll(output).toContain('Notes read: 6 of 6');

  expect(await stop()).toBe(0);
  const again = await start({ DEMO: 'on', DEMO_PATIENTS: '1' });
  expect((await json(again.address, '/api/v1/status')).body['notes']).toEqual({ queued: 0, read: 6, failed: 0 });
  expect((await json(again.address, `${base}/conversations`)).body['conversations']).toHaveLength(1);
  await stop();
}, 240_000);

it('starts empty with DEMO=off, in the data folder that it is given', async () => {
  const { address } = await start({ DEMO: 'off', DATA_DIR: join(home, 'elsewhere') });
  expect((await json(address, '/api/v1/patients')).body['patients']).toEqual([]);
  await stop();
}, 60_000);

it('does not start without a model file, and says which and what to do', async () => {
  rmSync(join(home, 'pipelines/models/clinical-extractor/1/vocab.txt'));
  await expect(start({ DEMO: 'off', DATA_DIR: join(home, 'other') })).rejects.toThrow(/MODEL_FILE_MISSING/);
  expect(running?.exitCode).toBe(1);
}, 60_000);
