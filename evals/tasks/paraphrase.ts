import type { Turn } from '#pipelines/domain/conversation.ts';
import { CHARTS, hashOfCharts, readCharts } from '../datasets/charts.ts';
import { paraphrase, PARAPHRASES } from '../datasets/paraphrases.ts';
import { bootstrapByGroup, randomFrom, rate } from '../metrics/interval.ts';
import { isRight } from '../scorers/chart-answer.ts';
import { ask, turnOf } from '../solvers/ask-chart.ts';
import type { OpenedCharts, ReadChart } from '../solvers/chart-engines.ts';
import { openCharts } from '../solvers/chart-engines.ts';
import type { Figure, Task } from '../task.ts';

interface ParaphraseCase {
  readonly id: string;
  readonly way: string;
  readonly question: string;
  readonly right: boolean;
}

/** Open questions as typed in a hurry (misspelt, abbreviated, in another order) against the same questions as written. */
export const paraphraseTask: Task = {
  name: 'paraphrase',
  version: '1',
  summary: 'Right answers to misspelt, abbreviated and reordered questions, beside the originals.',
  async run({ data, limit, seed, log }) {
    const golds = readCharts(data ?? CHARTS)
      .filter((chart) => chart.questions.length > 0)
      .slice(0, limit);
    const opened = await openCharts(golds, log);
    try {
      const random = randomFrom(seed);
      const byPatient: ParaphraseCase[][] = [];
      for (const chart of opened.charts) byPatient.push(await askAllWays(chart, opened, random));
      const cases = byPatient.flat();
      const figure = (keep: (c: ParaphraseCase) => boolean): Figure =>
        bootstrapByGroup(
          byPatient.map((group) => group.filter(keep)).filter((group) => group.length > 0),
          (group) => rate(group, ({ right }) => right),
          seed,
        );
      const figures: Record<string, Figure> = { 'original.right': figure(({ way }) => way === 'original') };
      figures['paraphrased.right'] = figure(({ way }) => way !== 'original');
      for (const way of PARAPHRASES) figures[`${way}.right`] = figure((c) => c.way === way);
      return {
        release: opened.engines.terminology.releases.join('+'),
        data: { path: data ?? CHARTS, sha256: hashOfCharts(golds), n: cases.length },
        figures,
        cases: cases.filter(({ right }) => !right),
      };
    } finally {
      await opened.close();
    }
  },
};

/** A follow-up is asked after the original of the question it leans on. */
async function askAllWays(
  chart: ReadChart,
  { enginesFor }: OpenedCharts,
  random: () => number,
): Promise<ParaphraseCase[]> {
  const turns = new Map<string, readonly Turn[]>();
  const cases: ParaphraseCase[] = [];
  for (const gold of chart.gold.questions) {
    const previous = gold.after === undefined ? [] : (turns.get(gold.after) ?? []);
    for (const way of ['original', ...PARAPHRASES] as const) {
      const question = way === 'original' ? gold.question : paraphrase(gold.question, way, random);
      if (question === null) continue;
      const answer = await ask(chart, enginesFor(chart), question, previous);
      if (way === 'original') turns.set(gold.id, [...previous, turnOf(chart, gold, answer)]);
      const right = isRight(
        gold,
        answer.status,
        answer.claims.map(({ text }) => text),
      );
      cases.push({ id: `${chart.gold.patient.id} ${gold.id}`, way, question, right });
    }
  }
  return cases;
}
