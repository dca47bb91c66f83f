import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url).pathname;

export interface RunningServer {
  readonly url: string;
  /** Milliseconds from spawn until /healthz answered. */
  readonly startMilliseconds: number;
  /** Highest resident memory so far, MiB. */
  peakMemory(): number;
  stop(): Promise<void>;
}

/** Starts the server as a user does (without the client build) and waits until it answers. */
export async function startServer(settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: { PATH: '/usr/bin:/bin', HOME: '/tmp', ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${settings['PORT']}`;
  await untilHealthy(url, child);
  return {
    url,
    startMilliseconds: performance.now() - start,
    peakMemory: () => peakOf(child.pid!),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 3000; i++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const healthy = await fetch(`${url}/healthz`)
      .then((response) => response.ok)
      .catch(() => false);
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the server did not answer within a minute');
}

/** VmHWM of a process on Linux. */
function peakOf(pid: number): number {
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return line === null ? Number.NaN : Number(line[1]) / 1024;
}
