import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerQuestion } from '#pipelines/answer-question.ts';
import { indexOf, unitsOf } from '#pipelines/answering/index.ts';
import { layersRelease } from '#pipelines/ingest-note.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { AnswerEvent } from '#pipelines/domain/conversation.ts';
import { dateOrderOf, dateOrderVotes, readNoteInSteps, reconcileInSteps } from '#pipelines/timeline/index.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import type { Config } from './config.ts';
import { PROJECT_ROOT } from './config.ts';
import type { Engines } from './engines.ts';
import { ChartBook } from './flows/chart-book.ts';
import { ChartWarmth } from './flows/chart-warmth.ts';
import type { Clock } from './flows/clock.ts';
import { givesWay } from './flows/event-loop.ts';
import { signatureOf } from './flows/clock.ts';
import type { AnswerInput } from './flows/question-desk.ts';
import { QuestionDesk } from './flows/question-desk.ts';
import { ReadingQueue } from './flows/reading-queue.ts';
import type { CohortIndex } from './flows/cohort-index.ts';
import type { Retrieval } from './flows/retrieval.ts';
import { createRetrieval } from './flows/retrieval.ts';
import { TherapyDesk } from './flows/therapy-desk.ts';
import type { Log } from './middleware/access-log.ts';
import { framesOf } from './middleware/clinical-error.ts';
import { countOutboundConnections } from './outbound-connections.ts';
import type { Product } from './product.ts';
import type { Stores } from './stores/stores.ts';

export interface Parts {
  readonly config: Pick<Config, 'actor' | 'maxNoteBytes' | 'workers'>;
  readonly stores: Stores;
  readonly engines: Engines;
  readonly index: CohortIndex;
  readonly clock: Clock;
  readonly log: Log;
}

/** Builds the flows from stores and engines. The only place that knows which implementation stands behind a contract. */
export function composeProduct(parts: Parts): Product {
  const { config, stores, engines, index, log } = parts;
  const { terminology, languageModel } = engines;
  const sign = signatureOf(config.actor, parts.clock);
  const pipeline = layersRelease(engines);
  const retrieval = createRetrieval({ stores, engines, pipeline, index });
  const charts = new ChartBook({
    patients: stores.patients,
    notes: stores.notes,
    annotations: stores.annotations,
    pipeline,
    timeline: {
      votes: ({ note }) => dateOrderVotes(note),
      orderOf: dateOrderOf,
      readNote: (note, patient, order) => readNoteInSteps(note, { patient, terminology, order }),
      reconcile: (input) => reconcileInSteps({ ...input, terminology }),
    },
  });
  const therapy = new TherapyDesk({ genotypes: stores.genotypes, terminology, pgx: engines.pgx });
  const reading = new ReadingQueue({
    notes: stores.notes,
    annotations: stores.annotations,
    sign,
    read: async (note) => retrieval.read(note, await charts.patient(note.patient)),
    concurrency: config.workers,
    onRead: (layers) => {
      const { patient, id } = layers.annotated.note;
      charts.changed(patient, id);
      retrieval.changed(layers);
      warmth.read(patient);
    },
    onFailure: (note, error) => {
      const code = error instanceof ClinicalError ? error.code : 'INTERNAL';
      log.error({ noteId: note.id, code, frames: framesOf(error) }, 'note not read');
    },
  });
  const warmth = new ChartWarmth({
    waiting: (patient) => reading.waiting(patient),
    prepare: async (patient) => {
      const chart = await charts.chart(patient, null);
      await prepareIndex(chart);
      await retrieval.prepare(patient);
    },
    onFailure: (error) => log.error({ frames: framesOf(error) }, 'chart not prepared'),
  });
  return {
    warmth,
    version: versionOfProduct(),
    stores,
    sign,
    pipeline,
    releases: [
      engines.tagger.release,
      engines.embedder.release,
      engines.ranker.release,
      ...terminology.releases,
      engines.pgx.release,
    ],
    terminology,
    pgx: engines.pgx,
    reading,
    charts,
    therapy,
    desk: new QuestionDesk({
      charts,
      patients: stores.patients,
      notes: stores.notes,
      conversations: stores.conversations,
      sign,
      answer: (input) => answer(input, engines, retrieval, therapy),
    }),
    searchCohort: (query, limit) => retrieval.searchCohort(query, limit),
    outboundConnections: countOutboundConnections(),
    languageModel: languageModel?.name ?? null,
    actor: config.actor,
    maxNoteBytes: config.maxNoteBytes,
  };
}

async function* answer(
  input: AnswerInput,
  engines: Engines,
  retrieval: Retrieval,
  therapy: TherapyDesk,
): AsyncGenerator<AnswerEvent> {
  const { chart, wholeChart = chart } = input;
  await prepareIndex(wholeChart);
  const advise = await therapy.adviser(wholeChart);
  engines.hideNames([...input.otherNames, chart.patient.name]);
  yield* answerQuestion(input, {
    terminology: engines.terminology,
    search: retrieval.passages,
    ranker: engines.ranker,
    therapy: (drugs) => advise(drugs && { drugs }),
    ...(engines.languageModel && { languageModel: engines.languageModel }),
  });
}

/** Indexes a chart for answering; the notes that are not indexed yet give way to requests. */
async function prepareIndex(chart: Chart): Promise<void> {
  const rest = givesWay();
  for (const note of chart.notes) {
    unitsOf(note);
    await rest();
  }
  indexOf(chart);
}

function versionOfProduct(): string {
  const manifest = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
