import { Worker } from 'node:worker_threads';
import { ClinicalError } from '../../errors.ts';
import type { FromWorker, ModelTask, ResultOf, ToWorker, WorkerModels } from './protocol.ts';

interface Pending {
  readonly size: number;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Member {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
  ready: boolean;
}

/** How often in a row a worker may fail before it was ready, until the pool gives up. */
const MAX_FAILED_STARTS = 3;
/** Milliseconds that a worker has to end by itself. */
const PATIENCE = 5000;

/**
 * Worker threads that each hold the models, one inference thread each, so that the event loop stays free. A task goes to the
 * worker with the least text waiting. A worker that dies fails its tasks with `MODEL_WORKER_FAILED` and is replaced.
 */
export class WorkerPool {
  readonly #models: WorkerModels;
  readonly #entry: URL;
  readonly #members: Member[] = [];
  #failedStarts = 0;
  #nextId = 1;
  #closed = false;

  /** @param entry - The worker's module; another one in tests. */
  constructor(models: WorkerModels, size: number, entry = new URL('./worker-entry.mjs', import.meta.url)) {
    this.#models = models;
    this.#entry = entry;
    for (let i = 0; i < size; i++) this.#members.push(this.#start());
  }

  /** @throws ClinicalError `MODEL_WORKER_FAILED`; the signal's reason once it is aborted. */
  run<Task extends ModelTask>(task: Task, signal?: AbortSignal): Promise<ResultOf<Task>> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const member = this.#leastBusy();
    if (this.#closed || !member) return Promise.reject(new ClinicalError('MODEL_WORKER_FAILED'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        member.pending.delete(id);
        post(member, { type: 'cancel', id });
        reject(signal?.reason as Error);
      };
      const settle = <Value>(done: (value: Value) => void) => {
        return (value: Value): void => {
          signal?.removeEventListener('abort', abort);
          done(value);
        };
      };
      member.pending.set(id, { size: sizeOf(task), resolve: settle(resolve), reject: settle(reject) });
      signal?.addEventListener('abort', abort, { once: true });
      post(member, { type: 'run', id, task });
    });
  }

  /** Stops the workers; tasks under way fail. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#members.splice(0).map((member) => this.#stop(member)));
  }

  async #stop(member: Member): Promise<void> {
    this.#failAll(member, undefined);
    const ended = new Promise<void>((resolve) => member.worker.once('exit', () => resolve()));
    post(member, { type: 'stop' });
    // A thread that is ended inside a model call takes the process with it: it is asked first, and ended only if it hangs.
    const timer = setTimeout(() => void member.worker.terminate(), PATIENCE);
    await ended;
    clearTimeout(timer);
  }

  #start(): Member {
    const worker = new Worker(this.#entry, {
      workerData: this.#models,
    });
    const member: Member = { worker, pending: new Map(), ready: false };
    let cause: unknown;
    worker.on('message', (message: FromWorker) => this.#receive(member, message));
    worker.on('error', (error) => (cause = error));
    worker.on('exit', () => this.#replace(member, cause));
    return member;
  }

  #receive(member: Member, message: FromWorker): void {
    if (message.type === 'ready') {
      member.ready = true;
      this.#failedStarts = 0;
      return;
    }
    const pending = member.pending.get(message.id);
    member.pending.delete(message.id);
    if (message.type === 'done') pending?.resolve(message.result as never);
    else pending?.reject(new ClinicalError('MODEL_WORKER_FAILED', { reason: message.reason }));
  }

  #replace(member: Member, cause: unknown): void {
    const at = this.#members.indexOf(member);
    if (this.#closed || at < 0) return;
    if (!member.ready) this.#failedStarts++;
    this.#failAll(member, cause);
    this.#members.splice(at, 1);
    if (this.#failedStarts < MAX_FAILED_STARTS) this.#members.push(this.#start());
  }

  #failAll(member: Member, cause: unknown): void {
    for (const { reject } of member.pending.values()) reject(new ClinicalError('MODEL_WORKER_FAILED', {}, cause));
    member.pending.clear();
  }

  #leastBusy(): Member | undefined {
    const load = ({ pending }: Member): number => [...pending.values()].reduce((sum, { size }) => sum + size, 0);
    return [...this.#members].sort((a, b) => load(a) - load(b))[0];
  }
}

function sizeOf(task: ModelTask): number {
  return 1 + (task.kind === 'tag' ? task.text.length : task.texts.reduce((sum, text) => sum + text.length, 0));
}

function post(member: Member, message: ToWorker): void {
  member.worker.postMessage(message);
}
