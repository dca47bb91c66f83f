import { Worker } from 'node:worker_threads';
import type { VectorHit, VectorIndex } from '#pipelines/contracts/retrieval.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import type { IndexFault } from './index-file.ts';
import type { GraphOptions } from './point-graph.ts';
import type { GraphReply, GraphRequest } from './worker.ts';

interface Line {
  readonly id: string;
  readonly vector: Float32Array;
}

export interface VectorIndexOptions {
  /** File of the index; its card stands beside it as `<path>.json`. The folder must exist. */
  readonly path: string;
  readonly dimension: number;
  /** What the vectors are of: releases of pipeline and embedder. A file of another key is built anew. */
  readonly key: string;
  /** The store's vectors in pages by id, which the index must agree with: `AnnotationStore.allVectors`. */
  readonly pages: (after: string | null, limit: number) => Promise<readonly Line[]>;
}

/** What opening did: nothing, or why all was built anew; and what was repaired. */
export interface OpeningReport {
  readonly fault: IndexFault | null;
  readonly added: number;
  readonly removed: number;
}

const PAGE = 500;

/**
 * Opens the vector index over all patients in a worker thread and brings it in line with the store: a missing, stale or
 * damaged file is built anew from the store, lines that the store has and the index lacks are added, others deleted. Saves
 * if anything changed.
 *
 * @throws ClinicalError `INDEX_DAMAGED` where the store itself holds vectors that are not finite or of another dimension
 */
export async function openVectorIndex(
  options: VectorIndexOptions,
): Promise<VectorIndex & { readonly opening: OpeningReport; close(): Promise<void> }> {
  const thread = new GraphThread(options);
  try {
    const { fault, ids } = await thread.ask<{ fault: IndexFault | null; ids: string[] }>({ do: 'open' });
    const index = new ThreadedIndex(thread, options.dimension, new Set(ids));
    const opening = { fault, ...(await agreeWithStore(index, options.pages)) };
    if (fault !== null || opening.added > 0 || opening.removed > 0) await index.save();
    return Object.assign(index, { opening });
  } catch (error) {
    await thread.close();
    throw error;
  }
}

async function agreeWithStore(
  index: ThreadedIndex,
  pages: VectorIndexOptions['pages'],
): Promise<{ added: number; removed: number }> {
  const gone = new Set(index.ids);
  let added = 0;
  for (let after: string | null = null; ;) {
    const page: readonly Line[] = await pages(after, PAGE);
    const missing = page.filter(({ id }) => !index.ids.has(id));
    await index.add(missing);
    added += missing.length;
    for (const { id } of page) gone.delete(id);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last.id;
  }
  await index.delete([...gone]);
  return { added, removed: gone.size };
}

class ThreadedIndex implements VectorIndex {
  readonly dimension: number;
  readonly ids: Set<string>;
  readonly #thread: GraphThread;

  constructor(thread: GraphThread, dimension: number, ids: Set<string>) {
    this.#thread = thread;
    this.dimension = dimension;
    this.ids = ids;
  }

  get size(): number {
    return this.ids.size;
  }

  async add(items: readonly Line[]): Promise<void> {
    for (const { vector } of items) this.#check(vector);
    if (items.length === 0) return;
    await this.#thread.ask({ do: 'add', items: items.map(({ id, vector }) => ({ id, vector })) });
    for (const { id } of items) this.ids.add(id);
  }

  async delete(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#thread.ask({ do: 'delete', ids });
    for (const id of ids) this.ids.delete(id);
  }

  async search(vector: Float32Array, limit: number): Promise<readonly VectorHit[]> {
    this.#check(vector);
    return this.#thread.ask<VectorHit[]>({ do: 'search', vector, limit });
  }

  async save(): Promise<void> {
    await this.#thread.ask({ do: 'save' });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  #check(vector: Float32Array): void {
    if (vector.length !== this.dimension || !vector.every(Number.isFinite)) {
      throw new ClinicalError('INDEX_DAMAGED', { dimension: vector.length, expected: this.dimension });
    }
  }
}

type Asked<Request> = Request extends { call: number } ? Omit<Request, 'call'> : never;

/** The thread that holds the graph; calls are answered in order. */
class GraphThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #calls = 0;

  constructor({ path, dimension, key }: GraphOptions) {
    this.#worker = new Worker(new URL('./worker-entry.mjs', import.meta.url), {
      workerData: { path, dimension, key } satisfies GraphOptions,
    });
    this.#worker.on('message', (reply: GraphReply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the thread ended')));
  }

  ask<Result = void>(request: Asked<GraphRequest>): Promise<Result> {
    const call = (this.#calls += 1);
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.#worker.postMessage({ call, ...request });
    }) as Promise<Result>;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(reply: GraphReply): void {
    const waiting = this.#waiting.get(reply.call);
    this.#waiting.delete(reply.call);
    if ('failure' in reply) waiting?.reject(new ClinicalError('INDEX_DAMAGED', {}, new Error(reply.failure)));
    else waiting?.resolve(reply.result);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(new ClinicalError('INDEX_DAMAGED', {}, error));
    this.#waiting.clear();
  }
}
