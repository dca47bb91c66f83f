import type { AnswerEngines } from '#pipelines/answer-question.ts';
import type { StoredPassage } from '#pipelines/contracts/stores.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { PatientId } from '#pipelines/domain/ids.ts';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';
import { buildPassages, createPassageSearch } from '#pipelines/retrieval/index.ts';
import { loadPgxRules } from '#pipelines/engines/pgx-rules/index.ts';
import { recommendTherapy } from '#pipelines/recommend-therapy.ts';
import { buildChart } from '#pipelines/timeline/index.ts';
import type { CachedModels } from '../annotations.ts';
import { annotatedNotes, cachedModels } from '../annotations.ts';
import type { GoldChart } from '../datasets/charts.ts';

const TERMINOLOGY = 'pipelines/rules/terminology/2026.1';
const PGX = 'pipelines/rules/pgx/2025-11';

/** A chart as the product reads it, beside its gold. */
export interface ReadChart {
  readonly gold: GoldChart;
  readonly chart: Chart;
}

export interface OpenedCharts {
  readonly charts: readonly ReadChart[];
  readonly engines: AnswerEngines;
  /** The engines with pharmacogenomics of one chart. */
  enginesFor(chart: ReadChart): AnswerEngines;
  close(): Promise<void>;
}

/** Reads charts through the product's own flow, with the engines that answer questions about them. */
export async function openCharts(
  golds: readonly GoldChart[],
  log: (line: string) => void = () => undefined,
): Promise<OpenedCharts> {
  const terminology = loadTerminology(TERMINOLOGY);
  const models = await cachedModels();
  const charts: ReadChart[] = [];
  for (const gold of golds) {
    const received = gold.notes.map(({ note }) => note);
    const notes = await annotatedNotes(received, { models, terminology });
    charts.push({ gold, chart: buildChart({ patient: gold.patient, notes, terminology }) });
    if (charts.length % 20 === 0) log(`read ${charts.length} of ${golds.length} charts`);
  }
  const notesOf = new Map(charts.map(({ chart }) => [chart.patient.id, chart.notes]));
  const search = createPassageSearch({
    embedder: models.embedder,
    load: (patient) => passagesOf(notesOf.get(patient) ?? [], patient, models),
  });
  const pgx = loadPgxRules(PGX);
  const engines: AnswerEngines = { terminology, search, ranker: models.ranker };
  const enginesFor = ({ chart }: ReadChart): AnswerEngines => ({
    ...engines,
    therapy: (drugs) =>
      recommendTherapy({ chart, uploads: [], ...(drugs === undefined ? {} : { drugs }) }, { pgx, terminology }),
  });
  return { charts, engines, enginesFor, close: () => models.close() };
}

async function passagesOf(
  notes: readonly AnnotatedNote[],
  _patient: PatientId,
  models: CachedModels,
): Promise<StoredPassage[]> {
  const passages = notes.flatMap(buildPassages);
  const vectors = await models.embedder.embed(passages.map(({ text }) => text));
  return passages.map((passage, i) => ({ passage, vector: vectors[i]! }));
}
