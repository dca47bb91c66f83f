import type { Terminology } from '#pipelines/contracts/terminology.ts';
import { buildPassages, createPassageSearch } from '#pipelines/retrieval/index.ts';
import { buildChart } from '#pipelines/timeline/index.ts';
import { annotatedNotes, cachedModels } from '../annotations.ts';
import type { GoldChart } from '../datasets/charts.ts';
import { joinCharts } from '../datasets/joined-charts.ts';
import { ask } from '../solvers/ask-chart.ts';
import type { Row } from './statistics.ts';
import { millisecondsOf, quantile } from './statistics.ts';

const QUESTIONS = 60;
const AIMS: Readonly<Record<number, string>> = { 40: 'p95 300 ms', 1000: 'p95 1 s' };

/** Answers on charts of 6, 40 and 1,000 notes, joined from open charts; and what building such a chart costs once. */
export async function benchAnswers(charts: readonly GoldChart[], terminology: Terminology): Promise<Row[]> {
  const models = await cachedModels();
  const asked = charts.flatMap((chart) => chart.questions.map(({ question }) => question)).slice(0, QUESTIONS);
  const rows: Row[] = [];
  for (const size of [6, 40, 1000]) {
    const { patient, notes } = joinCharts(charts, size);
    const annotated = await annotatedNotes(notes, { models, terminology });
    let chart = buildChart({ patient, notes: annotated, terminology });
    const build = await millisecondsOf(() => (chart = buildChart({ patient, notes: annotated, terminology })));
    const gold: GoldChart = { patient, folder: '', notes: [], questions: [], genotype: [], dev: false };
    const passages = annotated.flatMap(buildPassages);
    const vectors = await models.embedder.embed(passages.map(({ text }) => text));
    const stored = passages.map((passage, i) => ({ passage, vector: vectors[i]! }));
    const search = createPassageSearch({ embedder: models.embedder, load: async () => stored });
    const times: number[] = [];
    for (const question of asked)
      times.push(await millisecondsOf(() => ask({ gold, chart }, { terminology, search }, question)));
    rows.push(
      { measure: `chart of ${size} notes: facts from annotations, once a change`, value: `${build.toFixed(0)} ms` },
      {
        measure: `chart of ${size} notes: answer without the models, p50 / p95 of ${times.length}`,
        value: `${quantile(times, 0.5).toFixed(0)} / ${quantile(times, 0.95).toFixed(0)} ms`,
        ...(AIMS[size] === undefined ? {} : { aim: AIMS[size] }),
      },
    );
  }
  await models.close();
  return rows;
}
