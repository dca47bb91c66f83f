import { appendFileSync, writeFileSync } from 'node:fs';
import { COMPETING } from '#pipelines/answering/evidence/rank-by-trees.ts';
import type { GoldQuestion } from './datasets/charts.ts';
import { readCharts } from './datasets/charts.ts';
import { randomFrom } from './metrics/interval.ts';
import { absentQuestions } from './solvers/absent-questions.ts';
import type { OpenedCharts, ReadChart } from './solvers/chart-engines.ts';
import { openCharts } from './solvers/chart-engines.ts';
import { prepareChart } from './solvers/prepare-chart.ts';

/**
 * Writes questions with the sentences that compete for them, their features and which hold gold evidence, a line each: what
 * `evals/sentence-ranker/train.py` learns from: each chart's own, and ten of other charts whose concepts it nowhere names. Dev patients are
 * left out. To be run over charts that the pair ranker has not seen.
 * `node --import tsx evals/export-candidates.ts OUT.jsonl FOLDER...`
 */
const ABSENT = 10;

const [out, ...folders] = process.argv.slice(2);
if (out === undefined || folders.length === 0) throw new Error('Usage: export-candidates.ts OUT.jsonl FOLDER...');
writeFileSync(out, '');
const random = randomFrom(1);
for (const folder of folders) {
  const golds = readCharts(folder).filter((chart) => !chart.dev && chart.questions.length > 0);
  const opened = await openCharts(golds);
  for (const read of opened.charts) {
    await exportChart(read, folder, opened);
    const absent = absentQuestions(read, opened, random, ABSENT).map(({ question }, i) => asAbsent(question, i));
    await exportChart({ ...read, gold: { ...read.gold, questions: absent } }, folder, opened);
  }
  await opened.close();
}

async function exportChart(read: ReadChart, folder: string, opened: OpenedCharts): Promise<void> {
  for await (const { question, prepared, isGold } of prepareChart(read, opened)) {
    if (prepared.outOfScope !== null) continue;
    const competing = prepared.context.ranked.slice(0, COMPETING);
    const candidates = competing.map(({ unit, features }) => ({ features: rounded(features), gold: isGold(unit) }));
    const { id, type } = question;
    appendFileSync(out!, `${JSON.stringify({ folder, patient: read.gold.patient.id, id, type, candidates })}\n`);
  }
}

function asAbsent(question: GoldQuestion, i: number): GoldQuestion {
  return { ...question, id: `absent${i + 1}`, type: 'unanswerable', evidence: [] };
}

/** Without the chance that the trees of now give: new trees must not learn from it. */
function rounded({ chance: _, ...features }: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(features).map(([name, value]) => [name, Math.round(value * 1e5) / 1e5]));
}
