import type { AnnotationStore, NoteStore, PatientStore } from '#pipelines/contracts/stores.ts';
import type { PatientId, Release } from '#pipelines/domain/ids.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import type { CohortPatient } from '#pipelines/search-cohort.ts';

export interface CohortFactsMeans {
  readonly patients: PatientStore;
  readonly notes: NoteStore;
  readonly annotations: AnnotationStore;
  readonly pipeline: Release;
}

/** Events of every patient for the search over all, kept by patient until a note of the patient is read. */
export class CohortFacts {
  readonly #means: CohortFactsMeans;
  readonly #kept = new Map<PatientId, Promise<CohortPatient>>();

  constructor(means: CohortFactsMeans) {
    this.#means = means;
  }

  async all(): Promise<readonly CohortPatient[]> {
    const patients = await this.#means.patients.list();
    return Promise.all(patients.map((patient) => this.#of(patient)));
  }

  changed(patient: PatientId): void {
    this.#kept.delete(patient);
  }

  #of(patient: Patient): Promise<CohortPatient> {
    const kept = this.#kept.get(patient.id) ?? this.#load(patient);
    this.#kept.set(patient.id, kept);
    kept.catch(() => this.#kept.delete(patient.id));
    return kept;
  }

  async #load(patient: Patient): Promise<CohortPatient> {
    const [events, notes] = await Promise.all([
      this.#means.annotations.events(patient.id, this.#means.pipeline),
      this.#means.notes.list(patient.id),
    ]);
    return { patient, events, noteDates: new Map(notes.map((note) => [note.id, note.date])) };
  }
}
