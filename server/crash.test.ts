import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROJECT_ROOT } from './config.ts';

const ROUNDS = 8;

interface Listed {
  readonly id: string;
  readonly state: string;
}

let folder = '';
let running: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis-crash-'));
});
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<string> {
  const script = join(PROJECT_ROOT, 'server/testing/crash-server.ts');
  running = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(running.stdout!, 'data')) as [Buffer];
  return line.toString().trim();
}

async function kill(): Promise<void> {
  const ended = once(running!, 'exit');
  running!.kill('SIGKILL');
  await ended;
}

const post = async (address: string, path: string, body: object) => {
  const reply = await fetch(address + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: reply.status, body: (await reply.json()) as { id: string } };
};

/** Sends notes without pause until the connection breaks, and notes those that were acknowledged. */
async function sendUntilKilled(
  address: string,
  patient: string,
  round: number,
  acknowledged: Set<string>,
): Promise<void> {
  for (let at = 0; ; at++) {
    // Half of them wait until the note is read, half only until it is stored.
    const path = `/api/v1/patients/${patient}/notes${at % 2 === 0 ? '' : '?wait=false'}`;
    const note = {
      date: '2022-03-12',
      type: 'note',
      text: `Round ${round}, note ${at}. Denies chest pain. INR 2.${at}.`,
    };
    try {
      const { status, body } = await post(address, path, note);
      expect([201, 202]).toContain(status);
      acknowledged.add(body.id);
    } catch (error) {
      if (error instanceof TypeError || error instanceof SyntaxError) return;
      throw error;
    }
  }
}

it(`keeps every acknowledged note through kill -9, reads it later, and nothing twice (${ROUNDS} times)`, async () => {
  const acknowledged = new Set<string>();
  let address = await start();
  const patient = (await post(address, '/api/v1/patients', { name: 'Ann Example' })).body.id;
  for (let round = 0; round < ROUNDS; round++) {
    const before = acknowledged.size;
    const sending = sendUntilKilled(address, patient, round, acknowledged);
    await expect.poll(() => acknowledged.size, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before + 3 + round);
    await kill();
    await sending;
    address = await start();
  }
  const list = async (): Promise<Listed[]> => {
    const reply = await fetch(`${address}/api/v1/patients/${patient}/notes`);
    return ((await reply.json()) as { notes: Listed[] }).notes;
  };
  await expect
    .poll(async () => (await list()).filter((note) => note.state !== 'read'), { timeout: 20_000 })
    .toEqual([]);
  const ids = (await list()).map((note) => note.id);
  expect(ids).toEqual(expect.arrayContaining([...acknowledged]));
  expect(new Set(ids).size).toBe(ids.length);
  const { events } = (await (await fetch(`${address}/api/v1/patients/${patient}/timeline`)).json()) as {
    events: { id: string }[];
  };
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  expect(acknowledged.size).toBeGreaterThan(ROUNDS * 4);
}, 120_000);
