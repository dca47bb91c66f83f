import type { IsoDate, PatientId, Release } from '#pipelines/domain/ids.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import type { SearchResponse } from '#server/contract/index.ts';
import type { ChartBook } from './flows/chart-book.ts';
import type { ChartWarmth } from './flows/chart-warmth.ts';
import type { Signature } from './flows/clock.ts';
import type { QuestionDesk } from './flows/question-desk.ts';
import type { ReadingQueue } from './flows/reading-queue.ts';
import type { TherapyDesk } from './flows/therapy-desk.ts';
import type { Stores } from './stores/stores.ts';

export type CohortSearch = (query: string, limit: number) => Promise<Omit<SearchResponse, 'milliseconds'>>;

/** Everything that the routes stand on: stores, flows and their engines, put together by `compose.ts`. */
export interface Product {
  readonly version: string;
  readonly stores: Stores;
  readonly sign: Signature;
  /** Release that new layers are written under. */
  readonly pipeline: Release;
  readonly releases: readonly Release[];
  readonly terminology: Terminology;
  readonly pgx: PgxRules;
  readonly reading: ReadingQueue;
  readonly charts: ChartBook;
  readonly warmth: ChartWarmth;
  readonly therapy: TherapyDesk;
  readonly desk: QuestionDesk;
  readonly searchCohort: CohortSearch;
  readonly outboundConnections: () => number;
  readonly languageModel: string | null;
  readonly actor: string;
  readonly maxNoteBytes: number;
}

/** A patient and a day, as the routes of a chart are asked for. */
export interface ChartRequest {
  readonly patient: PatientId;
  readonly asOf: IsoDate | null;
}
