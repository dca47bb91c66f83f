import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningProduct {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

function run(script: string, environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: ROOT,
    // Nothing of the test runner's own environment reaches the product.
    env: { LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

async function until(what: string, holds: () => Promise<boolean>, seconds: number): Promise<void> {
  for (let tries = 0; tries < seconds * 2; tries++) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`Not within ${seconds} s: ${what}`);
}

async function everythingRead(address: string): Promise<boolean> {
  const response = await fetch(`${address}/api/v1/status`);
  const { notes } = (await response.json()) as { notes: { queued: number; read: number } };
  return notes.queued === 0 && notes.read > 0;
}

/** Builds the client where needed, starts the real server with a small demo in a fresh data folder, and waits until all is read. */
export async function startProduct(patients: number): Promise<RunningProduct> {
  if ((await ended(run('client/build-if-stale.ts', {}))) !== 0) throw new Error('The client could not be built.');
  const dataDir = await mkdtemp(join(tmpdir(), 'anamnesis-e2e-'));
  const port = await freePort();
  const server = run('server/main.ts', {
    PORT: String(port),
    DATA_DIR: dataDir,
    DEMO: 'on',
    DEMO_PATIENTS: String(patients),
  });
  const address = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    const gone = server.exitCode === null ? ended(server) : null;
    server.kill('SIGTERM');
    await gone;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await until('the demo patients are read', () => everythingRead(address), 240);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}
