import type { AnnotationStore, NoteStore, PatientStore } from '#pipelines/contracts/stores.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { IsoDate, NoteId, PatientId, Release } from '#pipelines/domain/ids.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import type { Steps } from '#pipelines/domain/steps.ts';
import { takeTurns } from '#pipelines/domain/steps.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import type { DateOrder, NoteReading } from '#pipelines/timeline/index.ts';
import { givesWay } from './event-loop.ts';

/** The timeline stage with its terminology: pure and deterministic. */
export interface TimelineStage {
  /** Votes of one note for the order of day and month in the chart's dates. */
  readonly votes: (note: AnnotatedNote) => number;
  readonly orderOf: (votes: number) => DateOrder;
  /** In small steps, like `reconcile`. */
  readonly readNote: (note: AnnotatedNote, patient: Patient, order: DateOrder) => Steps<NoteReading>;
  /** Joins readings in small steps; the chart comes last. */
  readonly reconcile: (input: {
    readonly patient: Patient;
    readonly readings: readonly NoteReading[];
    readonly asOf: IsoDate | null;
  }) => Steps<Chart>;
}

export interface ChartBookMeans {
  readonly patients: PatientStore;
  readonly notes: Pick<NoteStore, 'list'>;
  readonly annotations: Pick<AnnotationStore, 'get'>;
  readonly pipeline: Release;
  readonly timeline: TimelineStage;
}

/** Notes whose readings are kept ready, over all patients; beyond it the patient not asked about for longest goes. */
const NOTES_KEPT = 3000;
/** Charts of one patient kept ready: up to different days, of different types of notes. */
const CHARTS_KEPT = 4;

/** What a note's own text gives; its reading is made anew where the chart turns out to write dates the other way. */
interface KeptNote {
  readonly note: AnnotatedNote;
  readonly votes: number;
  reading: { readonly order: DateOrder; readonly value: NoteReading } | null;
}

/** What of a patient's notes a chart is built from. */
interface ChartPart {
  readonly asOf: IsoDate | null;
  /** In order; empty for all. */
  readonly noteTypes: readonly string[];
}

/** All that is kept of one patient. */
interface Shelf {
  readonly notes: Map<NoteId, KeptNote>;
  /** By the day and the types of notes that a chart goes up to. */
  readonly charts: Map<string, Promise<Chart>>;
  /** The last build: builds of one patient go one after another, so that no note is read twice. */
  work: Promise<unknown>;
}

/**
 * Charts by patient and day, built from stored layers. Each note's reading is kept, so that a new note or another day costs
 * one reading and the reconciliation; a build gives way to requests. What is kept can always be built again.
 */
export class ChartBook {
  readonly #means: ChartBookMeans;
  readonly #notesKept: number;
  /** Least recently used first. */
  readonly #shelves = new Map<PatientId, Shelf>();

  constructor(means: ChartBookMeans, notesKept = NOTES_KEPT) {
    this.#means = means;
    this.#notesKept = notesKept;
  }

  /** @throws ClinicalError `PATIENT_NOT_FOUND` */
  async patient(id: PatientId): Promise<Patient> {
    const patient = await this.#means.patients.get(id);
    if (!patient) throw new ClinicalError('PATIENT_NOT_FOUND', { patient: shortId(id) });
    return patient;
  }

  /**
   * The chart up to the end of a day, or of all notes; of some types of notes only where such are named.
   *
   * @throws ClinicalError `PATIENT_NOT_FOUND`
   */
  chart(id: PatientId, asOf: IsoDate | null, noteTypes: readonly string[] = []): Promise<Chart> {
    const part: ChartPart = { asOf, noteTypes: [...new Set(noteTypes)].sort() };
    const key = JSON.stringify(part);
    const { charts } = this.#shelf(id);
    const chart = charts.get(key) ?? this.#start(id, part, key);
    charts.delete(key);
    charts.set(key, chart);
    for (const oldest of charts.keys()) {
      if (charts.size <= CHARTS_KEPT) break;
      charts.delete(oldest);
    }
    return chart;
  }

  /** Forgets the charts of a patient: a note was read; and what was kept of that note. */
  changed(id: PatientId, note: NoteId): void {
    const shelf = this.#shelves.get(id);
    shelf?.charts.clear();
    shelf?.notes.delete(note);
  }

  /** Notes whose readings are kept. */
  get kept(): number {
    return [...this.#shelves.values()].reduce((sum, { notes }) => sum + notes.size, 0);
  }

  #start(id: PatientId, part: ChartPart, key: string): Promise<Chart> {
    const shelf = this.#shelf(id);
    const chart = shelf.work.then(() => this.#build(id, part, shelf));
    shelf.work = chart.then(
      () => this.#trim(id),
      () => {
        if (shelf.charts.get(key) === chart) shelf.charts.delete(key);
        this.#trim(id);
      },
    );
    return chart;
  }

  async #build(id: PatientId, { asOf, noteTypes }: ChartPart, shelf: Shelf): Promise<Chart> {
    const { timeline } = this.#means;
    const rest = givesWay();
    const patient = await this.patient(id);
    const kept = await this.#keptNotes(id, shelf, rest);
    const order = timeline.orderOf(kept.reduce((sum, { votes }) => sum + votes, 0));
    const readings: NoteReading[] = [];
    const isIn = ({ note }: KeptNote): boolean => noteTypes.length === 0 || noteTypes.includes(note.note.type);
    for (const note of kept.filter(isIn)) {
      if (note.reading?.order !== order)
        note.reading = { order, value: await takeTurns(timeline.readNote(note.note, patient, order), rest) };
      readings.push(note.reading.value);
      await rest();
    }
    return takeTurns(timeline.reconcile({ patient, readings, asOf }), rest);
  }

  /** Every note that was read under this pipeline, in order of date and receipt. */
  async #keptNotes(id: PatientId, shelf: Shelf, rest: () => Promise<void>): Promise<KeptNote[]> {
    const found: KeptNote[] = [];
    for (const { id: noteId } of await this.#means.notes.list(id)) {
      const kept = shelf.notes.get(noteId) ?? (await this.#load(id, noteId, shelf));
      if (kept !== null) found.push(kept);
      await rest();
    }
    return found;
  }

  async #load(patient: PatientId, id: NoteId, shelf: Shelf): Promise<KeptNote | null> {
    const note = await this.#means.annotations.get(patient, id, this.#means.pipeline);
    if (note === null) return null;
    const kept: KeptNote = { note, votes: this.#means.timeline.votes(note), reading: null };
    shelf.notes.set(id, kept);
    return kept;
  }

  /** The patient's shelf, as the one used last. */
  #shelf(id: PatientId): Shelf {
    const shelf = this.#shelves.get(id) ?? { notes: new Map(), charts: new Map(), work: Promise.resolve() };
    this.#shelves.delete(id);
    this.#shelves.set(id, shelf);
    return shelf;
  }

  /** Forgets the patients not used for longest until few enough notes are kept; the one just built stays if it is in use. */
  #trim(built: PatientId): void {
    const shelf = this.#shelves.get(built);
    if (shelf?.charts.size === 0 && shelf.notes.size === 0) this.#shelves.delete(built);
    let kept = this.kept;
    for (const [id, { notes }] of this.#shelves) {
      if (kept <= this.#notesKept || this.#shelves.size === 1) return;
      kept -= notes.size;
      this.#shelves.delete(id);
    }
  }
}

/** Ids come from addresses that anybody may type: only what looks like an id is repeated in a message. */
export function shortId(id: string): string {
  return /^[\w-]{1,64}$/.test(id) ? id : '(unreadable id)';
}
