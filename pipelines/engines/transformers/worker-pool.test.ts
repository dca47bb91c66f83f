import { afterEach, describe, expect, it } from 'vitest';
import type { ModelTask } from './protocol.ts';
import { WorkerPool } from './worker-pool.ts';

const FRAGILE = new URL('./testing/fragile-worker.mjs', import.meta.url);
const tag = (text: string): ModelTask & { kind: 'tag' } => ({ kind: 'tag', text, schema: 'clinical' });
const nothing = { entities: [], relations: [] };
const pools: WorkerPool[] = [];
const start = (entry = FRAGILE, size = 1): WorkerPool => {
  const pool = new WorkerPool({}, size, entry);
  pools.push(pool);
  return pool;
};

afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

describe('WorkerPool', () => {
  it('fails the tasks of a worker that died and serves the next ones from a new worker', async () => {
    const pool = start();
    const failed = await Promise.allSettled([pool.run(tag('wait')), pool.run(tag('die'))]);
    const failure = { status: 'rejected', reason: { code: 'MODEL_WORKER_FAILED' } };
    expect(failed).toMatchObject([failure, failure]);
    await expect(pool.run(tag('fever'))).resolves.toEqual(nothing);
  });

  it('gives a task to another worker than the one that is busy', async () => {
    const pool = start(FRAGILE, 2);
    const waiting = expect(pool.run(tag('wait'))).rejects.toMatchObject({ code: 'MODEL_WORKER_FAILED' });
    await expect(pool.run(tag('fever'))).resolves.toEqual(nothing);
    await pool.close();
    await waiting;
  });

  it('rejects with the reason of the signal, whether it is aborted before or during the task', async () => {
    const pool = start();
    const during = new AbortController();
    const waiting = pool.run(tag('wait'), during.signal);
    during.abort(new Error('left the page'));
    await expect(waiting).rejects.toThrow('left the page');
    await expect(pool.run(tag('fever'), AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    await expect(pool.run(tag('fever'))).resolves.toEqual(nothing);
  });

  it('gives up on a worker that cannot start', async () => {
    const pool = start(new URL('data:text/javascript,throw new Error("cannot load")'));
    await expect(pool.run(tag('fever'))).rejects.toMatchObject({ code: 'MODEL_WORKER_FAILED' });
  });

  it('refuses tasks once it is closed', async () => {
    const pool = start();
    await pool.close();
    await expect(pool.run(tag('fever'))).rejects.toMatchObject({ code: 'MODEL_WORKER_FAILED' });
  });
});
