import type { NoteLayers, NoteState, NoteStore, AnnotationStore } from '#pipelines/contracts/stores.ts';
import type { NoteId, PatientId } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import type { Signature } from './clock.ts';

export interface ReadingProgress {
  readonly queued: number;
  readonly read: number;
  readonly failed: number;
  /** Over the notes read last; null before the first. */
  readonly wordsPerSecond: number | null;
  readonly reading: { readonly patient: PatientId; readonly noteId: NoteId } | null;
}

export interface QueueMeans {
  readonly notes: NoteStore;
  readonly annotations: AnnotationStore;
  readonly sign: Signature;
  /** Reads one note into layers: the ingest flow with its engines. */
  readonly read: (note: Note) => Promise<NoteLayers>;
  /** Notes read at once. */
  readonly concurrency: number;
  /** Called after a note's layers are stored. */
  readonly onRead: (layers: NoteLayers) => void;
  readonly onFailure: (note: Note, error: unknown) => void;
}

interface Job {
  readonly note: Note;
  readonly promise: Promise<void>;
  readonly settle: { done(): void; failed(error: unknown): void };
}

/** Notes that the speed is reckoned over. */
const SPEED_SAMPLES = 24;

/**
 * Reads stored notes in the background. The store is the queue: what is queued there and not read when the process ends
 * is taken up again by `resume`. Notes that somebody waits for go before the others.
 */
export class ReadingQueue {
  readonly #means: QueueMeans;
  readonly #urgent: Job[] = [];
  readonly #waiting: Job[] = [];
  readonly #jobs = new Map<NoteId, Job>();
  readonly #listeners = new Set<(progress: ReadingProgress) => void>();
  readonly #speeds: { readonly words: number; readonly from: number; readonly to: number }[] = [];
  #counts: Record<NoteState, number> = { queued: 0, read: 0, failed: 0 };
  #active: Note[] = [];
  #closed = false;

  constructor(means: QueueMeans) {
    this.#means = means;
  }

  /** Takes up every note that is stored and not read. */
  async resume(): Promise<number> {
    this.#counts = { ...(await this.#means.notes.counts()) };
    const queued = await this.#means.notes.queued();
    this.#counts.queued -= queued.length;
    for (const note of queued) this.#put(note, this.#waiting);
    return queued.length;
  }

  /** Queues a stored note. @returns when its layers are stored. @throws whatever reading it throws */
  add(note: Note, options: { readonly urgent: boolean }): Promise<void> {
    return this.#put(note, options.urgent ? this.#urgent : this.#waiting);
  }

  progress(): ReadingProgress {
    const now = this.#active[0];
    return {
      ...this.#counts,
      wordsPerSecond: this.#wordsPerSecond(),
      reading: now ? { patient: now.patient, noteId: now.id } : null,
    };
  }

  /** Notes of a patient that are not read yet. */
  waiting(patient: PatientId): number {
    let count = 0;
    for (const { note } of this.#jobs.values()) if (note.patient === patient) count++;
    return count;
  }

  /** @returns a function that stops listening */
  onProgress(listener: (progress: ReadingProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts no further note, and waits for those under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#urgent.length = 0;
    this.#waiting.length = 0;
    await Promise.allSettled(this.#active.map((note) => this.#jobs.get(note.id)?.promise));
  }

  #put(note: Note, line: Job[]): Promise<void> {
    const known = this.#jobs.get(note.id);
    if (known) return known.promise;
    let settle: Job['settle'] | null = null;
    const promise = new Promise<void>((resolve, reject) => {
      settle = { done: resolve, failed: reject };
    });
    promise.catch(() => undefined);
    const job: Job = { note, promise, settle: settle! };
    this.#jobs.set(note.id, job);
    this.#counts.queued++;
    line.push(job);
    this.#fill();
    return promise;
  }

  #fill(): void {
    while (!this.#closed && this.#active.length < this.#means.concurrency) {
      const job = this.#urgent.shift() ?? this.#waiting.shift();
      if (!job) break;
      this.#active.push(job.note);
      void this.#run(job);
    }
  }

  async #run(job: Job): Promise<void> {
    const from = performance.now();
    try {
      const layers = await this.#means.read(job.note);
      await this.#means.annotations.save(layers, this.#means.sign());
      this.#finish(job, 'read', from);
      this.#means.onRead(layers);
      job.settle.done();
    } catch (error) {
      await this.#fail(job, error, from);
    }
    this.#fill();
    this.#announce();
  }

  async #fail(job: Job, error: unknown, from: number): Promise<void> {
    // While closing, the note stays queued and is taken up at the next start.
    if (!this.#closed) {
      const code = error instanceof ClinicalError ? error.code : 'INTERNAL';
      await this.#means.notes.fail(job.note.id, code, this.#means.sign()).catch(() => undefined);
      this.#means.onFailure(job.note, error);
    }
    this.#finish(job, 'failed', from);
    job.settle.failed(error);
  }

  #finish(job: Job, state: 'read' | 'failed', from: number): void {
    this.#active = this.#active.filter((note) => note !== job.note);
    this.#jobs.delete(job.note.id);
    this.#counts.queued--;
    this.#counts[state]++;
    if (state === 'failed') return;
    this.#speeds.push({ words: countWords(job.note.text), from, to: performance.now() });
    if (this.#speeds.length > SPEED_SAMPLES) this.#speeds.shift();
  }

  /** Words of the last notes over the time in which at least one of them was being read. */
  #wordsPerSecond(): number | null {
    let busy = 0;
    let until = 0;
    for (const { from, to } of [...this.#speeds].sort((a, b) => a.from - b.from)) {
      busy += Math.max(0, to - Math.max(from, until));
      until = Math.max(until, to);
    }
    const words = this.#speeds.reduce((sum, sample) => sum + sample.words, 0);
    return busy > 0 ? Math.round((words / busy) * 1000) : null;
  }

  #announce(): void {
    const progress = this.progress();
    for (const listener of this.#listeners) listener(progress);
  }
}

/** Runs of characters that are not white space. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
