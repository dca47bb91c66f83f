import type { AnnotationStore, PatientStore } from '#pipelines/contracts/stores.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { PatientId, Release } from '#pipelines/domain/ids.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import { patientFacts } from '#pipelines/retrieval/cohort/patient-facts.ts';
import type { CohortPatient } from '#pipelines/search-cohort.ts';
import { givesWay } from './event-loop.ts';

export interface CohortFactsMeans {
  readonly patients: PatientStore;
  readonly annotations: Pick<AnnotationStore, 'events' | 'listForPatient'>;
  readonly pipeline: Release;
  readonly terminology: Terminology;
}

/** Events of every patient, and tests only mentioned, for the search over all; kept by patient until a note of the patient is read. */
export class CohortFacts {
  readonly #means: CohortFactsMeans;
  readonly #kept = new Map<PatientId, Promise<CohortPatient>>();

  constructor(means: CohortFactsMeans) {
    this.#means = means;
  }

  async all(): Promise<readonly CohortPatient[]> {
    const patients = await this.#means.patients.list();
    const rest = givesWay();
    const facts: CohortPatient[] = [];
    for (const patient of patients) {
      facts.push(await this.#of(patient));
      await rest();
    }
    return facts;
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
      this.#means.annotations.listForPatient(patient.id, this.#means.pipeline),
    ]);
    return { patient, ...patientFacts({ notes, events }, this.#means.terminology) };
  }
}
