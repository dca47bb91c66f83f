import type { VectorHit, VectorIndex } from '#pipelines/contracts/retrieval.ts';
import type { NoteLayers } from '#pipelines/contracts/stores.ts';
import type { Log } from '../middleware/access-log.ts';
import { framesOf } from '../middleware/clinical-error.ts';

export type ClosingIndex = VectorIndex & { close(): Promise<void> };

/** Notes after which the index is written to its file; what is not written is repaired from the store at the next start. */
const SAVE_EVERY = 50;

/**
 * Keeps the index over all patients in step with the store. It opens in the background, which may mean building it anew;
 * what is read meanwhile is added afterwards, in order. A search waits until all that was read before it is in.
 */
export class CohortIndex {
  readonly #log: Log;
  readonly #open: () => Promise<ClosingIndex>;
  #index: Promise<ClosingIndex>;
  #work: Promise<unknown>;
  #unsaved = 0;

  constructor(open: () => Promise<ClosingIndex>, log: Log) {
    this.#log = log;
    this.#open = open;
    this.#index = this.#opening();
    this.#work = this.#index.catch(() => undefined);
  }

  /** Adds the lines of a note that was read; those of an earlier reading are replaced. */
  add({ eventLines }: NoteLayers): void {
    this.#after(async (index) => {
      await index.add(eventLines);
      this.#unsaved++;
      if (this.#unsaved >= SAVE_EVERY) await this.#save(index);
    });
  }

  /** Writes what was added. */
  flush(): void {
    this.#after((index) => (this.#unsaved > 0 ? this.#save(index) : Promise.resolve()));
  }

  /** @throws ClinicalError `INDEX_DAMAGED` where it cannot be built from the store either */
  async search(vector: Float32Array, limit: number): Promise<readonly VectorHit[]> {
    await this.#work;
    return (await this.#index).search(vector, limit);
  }

  async close(): Promise<void> {
    this.flush();
    await this.#work;
    const index = await this.#index.catch(() => null);
    await index?.close();
  }

  #opening(): Promise<ClosingIndex> {
    const index = this.#open();
    index.catch((error: unknown) => this.#log.error({ frames: framesOf(error) }, 'cohort index not opened'));
    return index;
  }

  #after(work: (index: ClosingIndex) => Promise<void>): void {
    this.#work = this.#work
      .then(() => this.#index)
      .then(work)
      .catch((error: unknown) => this.#recover(error));
  }

  async #save(index: VectorIndex): Promise<void> {
    this.#unsaved = 0;
    await index.save();
  }

  /** A thread that failed is replaced once by one that is built from the store. */
  async #recover(error: unknown): Promise<void> {
    this.#log.error({ frames: framesOf(error) }, 'cohort index failed and is opened anew');
    const failed = await this.#index.catch(() => null);
    await failed?.close().catch(() => undefined);
    this.#index = this.#opening();
    await this.#index.catch(() => undefined);
  }
}
