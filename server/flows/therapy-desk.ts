import type { GenotypeStore } from '#pipelines/contracts/stores.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import type { GeneResult, PgxReport } from '#pipelines/domain/pgx.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import { recommendTherapy } from '#pipelines/recommend-therapy.ts';
import type { StatedPatient } from '#pipelines/recommend-therapy.ts';

export interface TherapyMeans {
  readonly genotypes: GenotypeStore;
  readonly terminology: Terminology;
  readonly pgx: PgxRules;
}

export interface TherapyQuestion {
  /** Drugs that are asked about; those taken now where left out. */
  readonly drugs?: readonly string[];
  readonly stated?: StatedPatient;
  /** Drugs that are about to be added, counted as taken. */
  readonly adding?: readonly string[];
}

/** Pharmacogenomic advice over a chart, with the genotypes that were uploaded for its patient. */
export class TherapyDesk {
  readonly #means: TherapyMeans;

  constructor(means: TherapyMeans) {
    this.#means = means;
  }

  async report(chart: Chart, question: TherapyQuestion = {}): Promise<PgxReport> {
    return (await this.adviser(chart))(question);
  }

  /** The same, with everything that has to be fetched at hand: for flows that ask while they run. */
  async adviser(chart: Chart): Promise<(question?: TherapyQuestion) => PgxReport> {
    const uploads = await this.#uploadsOf(chart.patient.id);
    const { pgx, terminology } = this.#means;
    return (question = {}) => recommendTherapy({ chart, uploads, ...question }, { pgx, terminology });
  }

  async #uploadsOf(patient: PatientId): Promise<readonly GeneResult[]> {
    const uploads = await this.#means.genotypes.list(patient);
    return uploads.flatMap((upload) => upload.results as readonly GeneResult[]);
  }
}
