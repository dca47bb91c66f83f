import type { PatientId } from '#pipelines/domain/ids.ts';

export interface WarmthMeans {
  /** Notes of a patient that wait to be read. */
  readonly waiting: (patient: PatientId) => number;
  /** Builds what answering a question about the patient needs. */
  readonly prepare: (patient: PatientId) => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
}

/** A chart of fewer notes is built while its question is being typed. */
const LARGE = 20;

/** Prepares large charts in the background once all their notes are read, so that the first question need not wait; one at a time. */
export class ChartWarmth {
  readonly #means: WarmthMeans;
  readonly #readNow = new Map<PatientId, number>();
  readonly #known = new Set<PatientId>();
  #work: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(means: WarmthMeans) {
    this.#means = means;
  }

  /** A note of the patient was read. */
  read(patient: PatientId): void {
    const count = (this.#readNow.get(patient) ?? 0) + 1;
    this.#readNow.set(patient, count);
    if (this.#means.waiting(patient) > 0) return;
    this.#readNow.delete(patient);
    if (count >= LARGE || this.#known.has(patient)) void this.prepare([patient]);
  }

  /** Prepares charts in this order. @returns once they are ready */
  prepare(patients: readonly PatientId[]): Promise<unknown> {
    for (const patient of patients) {
      this.#known.add(patient);
      this.#work = this.#work
        .then(() => (this.#closed ? null : this.#means.prepare(patient)))
        .catch((error: unknown) => this.#means.onFailure(error));
    }
    return this.#work;
  }

  /** Prepares nothing more, and waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#work;
  }
}
