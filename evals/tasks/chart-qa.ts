import type { GoldChart } from '../datasets/charts.ts';
import { CHARTS, hashOfCharts, readCharts } from '../datasets/charts.ts';
import { riskCoverage } from '../metrics/risk-coverage.ts';
import type { AskedCase } from '../solvers/ask-chart.ts';
import { answerRelease, askChart } from '../solvers/ask-chart.ts';
import { openCharts } from '../solvers/chart-engines.ts';
import { answerFigures } from '../scorers/answer-figures.ts';
import type { Figure, Task } from '../task.ts';

/** Questions of the open charts, dev patients and the others apart: the extractor was trained on the others. */
export const chartQa: Task = {
  name: 'chart-qa',
  version: '1',
  summary:
    'Answers to the questions of charts: right, evidence, abstention, words, latency; by type, dev and others apart.',
  async run({ data, limit, seed, log }) {
    const charts = readCharts(data ?? CHARTS)
      .filter((chart) => chart.questions.length > 0)
      .slice(0, limit);
    const opened = await openCharts(charts, log);
    try {
      const byPatient: { readonly chart: GoldChart; readonly cases: readonly AskedCase[] }[] = [];
      for (const chart of opened.charts)
        byPatient.push({ chart: chart.gold, cases: await askChart(chart, opened.enginesFor(chart)) });
      const cases = byPatient.map((group) => group.cases);
      return {
        release: answerRelease(cases.flat()),
        data: { path: data ?? CHARTS, sha256: hashOfCharts(charts), n: cases.flat().length },
        figures: { ...(data === undefined ? apart(byPatient, seed) : answerFigures(cases, seed)) },
        cases: cases.flat().map(caseOf),
        notes: riskCoverage(cases.flat()),
      };
    } finally {
      await opened.close();
    }
  },
};

function apart(
  byPatient: readonly { readonly chart: GoldChart; readonly cases: readonly AskedCase[] }[],
  seed: number,
): Record<string, Figure> {
  const figures: Record<string, Figure> = {};
  for (const part of ['dev', 'others'] as const) {
    const cases = byPatient.filter(({ chart }) => chart.dev === (part === 'dev')).map((group) => group.cases);
    for (const [name, figure] of Object.entries(answerFigures(cases, seed))) figures[`${part}.${name}`] = figure;
  }
  return figures;
}

function caseOf({ patient, question, answer, right, evidenceHit, words, milliseconds }: AskedCase): unknown {
  return {
    id: `${patient} ${question.id}`,
    type: question.type,
    question: question.question,
    expected: question.answer,
    got: { status: answer.status, claims: answer.claims.map(({ text }) => text), rules: answer.basis.rulesApplied },
    right,
    evidenceHit,
    words,
    milliseconds: Math.round(milliseconds * 10) / 10,
  };
}
