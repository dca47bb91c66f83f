import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import type { Turn } from '#pipelines/domain/conversation.ts';
import type { Answer } from '#pipelines/domain/evidence.ts';
import type { AnswerId, ConversationId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import { composeAnswer } from '#pipelines/answering/compose.ts';
import { questionText, sentenceText } from '#pipelines/answering/evidence/pair-texts.ts';
import { prepare } from '#pipelines/answering/prepare.ts';
import type { GoldQuestion } from './datasets/charts.ts';
import { readCharts } from './datasets/charts.ts';
import { goldPlaces } from './solvers/ask-chart.ts';
import type { OpenedCharts, ReadChart } from './solvers/chart-engines.ts';
import { openCharts } from './solvers/chart-engines.ts';

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

async function linesOf(read: ReadChart, { engines }: OpenedCharts): Promise<Record<string, unknown>[]> {
  const turns = new Map<string, readonly Turn[]>();
  const lines: Record<string, unknown>[] = [];
  for (const question of read.gold.questions) {
    const previous = question.after === undefined ? [] : (turns.get(question.after) ?? []);
    const asking = { question: question.question, asOf: null, chart: read.chart, previous, otherNames: [] };
    const passages = await engines.search.search({ patient: read.chart.patient.id }, question.question, 8);
    const prepared = await prepare(asking, engines, passages);
    turns.set(question.id, [...previous, turnOf(read, question, composeAnswer(prepared, null))]);
    const { index, ranked } = prepared.context;
    const places = goldPlaces(read.gold, question);
    const isGold = ({ note, start, end }: (typeof index.units)[number]): boolean =>
      places.some((place) => place.note === note.note.id && place.start < end && start < place.end);
    const rank = new Map(ranked.map(({ unit }, i) => [unit.index, i]));
    const easy = [...index.units]
      .sort((a, b) => chance(question.id, a.index) - chance(question.id, b.index))
      .slice(0, EASY)
      .map(({ index: i }) => i);
    const kept = new Set([...ranked.slice(0, HARD).map(({ unit }) => unit.index), ...easy]);
    const candidates = index.units
      .filter((unit) => kept.has(unit.index) || isGold(unit))
      .map((unit) => ({ text: sentenceText(unit, index), gold: isGold(unit), rank: rank.get(unit.index) ?? -1 }));
    const { id, type } = question;
    lines.push({
      patient: read.gold.patient.id,
      id,
      type,
      question: questionText(prepared.context.question),
      candidates,
    });
  }
  return lines;
}

function chance(seed: string, unit: number): number {
  return createHash('sha256').update(`${seed} ${unit}`).digest().readUInt32BE(0);
}

function turnOf({ gold }: ReadChart, { id, question }: GoldQuestion, answer: Answer): Turn {
  const conversation = asId<ConversationId>('training');
  return { id: asId<AnswerId>(id), conversation, patient: gold.patient.id, question, askedFor: null, answer };
}
