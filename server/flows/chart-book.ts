import type { AnnotationStore, PatientStore } from '#pipelines/contracts/stores.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { IsoDate, PatientId, Release } from '#pipelines/domain/ids.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import { ClinicalError } from '#pipelines/errors.ts';

export interface ChartBookMeans {
  readonly patients: PatientStore;
  readonly annotations: AnnotationStore;
  readonly pipeline: Release;
  /** The timeline stage with its terminology: pure and deterministic. */
  readonly build: (input: {
    readonly patient: Patient;
    readonly notes: readonly AnnotatedNote[];
    readonly asOf: IsoDate | null;
  }) => Chart;
}

/** Charts kept ready; beyond it the one not used for longest goes. */
const CHARTS_KEPT = 48;

/**
 * Charts by patient and day, built from stored layers and kept until a note of the patient is read. What is kept can
 * always be built again.
 */
export class ChartBook {
  readonly #means: ChartBookMeans;
  readonly #charts = new Map<string, Promise<Chart>>();

  constructor(means: ChartBookMeans) {
    this.#means = means;
  }

  /** @throws ClinicalError `PATIENT_NOT_FOUND` */
  async patient(id: PatientId): Promise<Patient> {
    const patient = await this.#means.patients.get(id);
    if (!patient) throw new ClinicalError('PATIENT_NOT_FOUND', { patient: shortId(id) });
    return patient;
  }

  /** The chart up to the end of a day, or of all notes. @throws ClinicalError `PATIENT_NOT_FOUND` */
  chart(id: PatientId, asOf: IsoDate | null): Promise<Chart> {
    const key = keyOf(id, asOf);
    const kept = this.#charts.get(key);
    if (kept) this.#charts.delete(key);
    const chart = kept ?? this.#build(id, asOf);
    this.#charts.set(key, chart);
    chart.catch(() => this.#drop(key, chart));
    for (const oldest of this.#charts.keys()) {
      if (this.#charts.size <= CHARTS_KEPT) break;
      this.#charts.delete(oldest);
    }
    return chart;
  }

  /** Forgets what was built for a patient: a note was read. */
  changed(id: PatientId): void {
    for (const key of this.#charts.keys()) if (key.startsWith(keyOf(id, null))) this.#charts.delete(key);
  }

  async #build(id: PatientId, asOf: IsoDate | null): Promise<Chart> {
    const patient = await this.patient(id);
    const notes = await this.#means.annotations.listForPatient(id, this.#means.pipeline);
    return this.#means.build({ patient, notes, asOf });
  }

  #drop(key: string, chart: Promise<Chart>): void {
    if (this.#charts.get(key) === chart) this.#charts.delete(key);
  }
}

/** Ids come from addresses that anybody may type: only what looks like an id is repeated in a message. */
export function shortId(id: string): string {
  return /^[\w-]{1,64}$/.test(id) ? id : '(unreadable id)';
}

function keyOf(id: PatientId, asOf: IsoDate | null): string {
  return `${id}\n${asOf ?? ''}`;
}
