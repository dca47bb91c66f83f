import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { questionFor, questionText, sentenceText } from '#pipelines/answering/evidence/pair-texts.ts';
import { readCharts } from './datasets/charts.ts';
import type { OpenedCharts, ReadChart } from './solvers/chart-engines.ts';
import { openCharts } from './solvers/chart-engines.ts';
import { prepareChart } from './solvers/prepare-chart.ts';

/**
 * Writes questions with their candidate sentences and which of them hold gold evidence, a line each: what
 * `evals/pair-ranker/train.py` learns from. Dev patients are left out.
 * `node --import tsx evals/export-pairs.ts OUT.jsonl FOLDER...`
 */
const HARD = 40;
const EASY = 6;

const [out, ...folders] = process.argv.slice(2);
if (out === undefined || folders.length === 0) throw new Error('Usage: export-pairs.ts OUT.jsonl FOLDER...');
writeFileSync(out, '');
for (const folder of folders) {
  const golds = readCharts(folder).filter((chart) => !chart.dev && chart.questions.length > 0);
  const opened = await openCharts(golds);
  for (const read of opened.charts)
    for (const line of await linesOf(read, opened)) appendFileSync(out, `${JSON.stringify({ folder, ...line })}\n`);
  await opened.close();
}

async function linesOf(read: ReadChart, opened: OpenedCharts): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  // The rules alone: a new release must not learn from the order of the one before.
  const { terminology, search } = opened.engines;
  const byRules = { ...opened, engines: { terminology, search } };
  for await (const { question, prepared, isGold } of prepareChart(read, byRules)) {
    const { index, ranked, hits } = prepared.context;
    const rank = new Map(ranked.map(({ unit }, i) => [unit.index, i]));
    const easy = [...index.units]
      .sort((a, b) => chance(question.id, a.index) - chance(question.id, b.index))
      .slice(0, EASY)
      .map(({ index: i }) => i);
    const kept = new Set([...ranked.slice(0, HARD).map(({ unit }) => unit.index), ...easy]);
    const candidates = index.units
      .filter((unit) => kept.has(unit.index) || isGold(unit))
      .map((unit) => ({
        // In the words of the sentence, as the product asks it.
        question: questionFor(prepared.context.question, unit, hits),
        text: sentenceText(unit, index),
        gold: isGold(unit),
        rank: rank.get(unit.index) ?? -1,
      }));
    const asked = { id: question.id, type: question.type, question: questionText(prepared.context.question) };
    lines.push({ patient: read.gold.patient.id, ...asked, candidates });
  }
  return lines;
}

function chance(seed: string, unit: number): number {
  return createHash('sha256').update(`${seed} ${unit}`).digest().readUInt32BE(0);
}
