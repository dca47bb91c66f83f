import { CHARTS, hashOfCharts, readCharts } from '../datasets/charts.ts';
import { bootstrapByGroup, randomFrom, rate } from '../metrics/interval.ts';
import { absentQuestions } from '../solvers/absent-questions.ts';
import { ask } from '../solvers/ask-chart.ts';
import type { OpenedCharts, ReadChart } from '../solvers/chart-engines.ts';
import { openCharts } from '../solvers/chart-engines.ts';
import type { Task } from '../task.ts';

const PER_CHART = 10;
interface AbsenceCase {
  readonly id: string;
  readonly question: string;
  readonly missing: readonly string[];
  readonly status: string;
  readonly got: readonly string[];
}

/** Questions of other charts whose concepts stand nowhere in this chart's text: every one has to be met with an abstention. */
export const absence: Task = {
  name: 'absence',
  version: '1',
  summary: 'Abstention on questions of other charts whose concepts occur nowhere in the chart that is asked.',
  async run({ data, limit, seed, log }) {
    const golds = readCharts(data ?? CHARTS)
      .filter((chart) => chart.questions.length > 0)
      .slice(0, limit);
    const opened = await openCharts(golds, log);
    try {
      const random = randomFrom(seed);
      const byPatient: AbsenceCase[][] = [];
      for (const chart of opened.charts) byPatient.push(await askAbsent(chart, opened, random));
      const cases = byPatient.flat();
      const abstained = bootstrapByGroup(
        byPatient,
        (group) => rate(group, ({ status }) => status === 'abstained'),
        seed,
      );
      return {
        release: opened.engines.terminology.releases.join('+'),
        data: { path: data ?? CHARTS, sha256: hashOfCharts(golds), n: cases.length },
        figures: { abstained },
        cases: cases.filter(({ status }) => status !== 'abstained'),
      };
    } finally {
      await opened.close();
    }
  },
};

async function askAbsent(chart: ReadChart, opened: OpenedCharts, random: () => number): Promise<AbsenceCase[]> {
  const cases: AbsenceCase[] = [];
  for (const { question, missing } of absentQuestions(chart, opened, random, PER_CHART)) {
    const answer = await ask(chart, opened.enginesFor(chart), question.question);
    cases.push({
      id: `${chart.gold.patient.id} ${cases.length + 1}`,
      question: question.question,
      missing,
      status: answer.status,
      got: answer.claims.map(({ text }) => text),
    });
  }
  return cases;
}
