import type { Turn } from '#pipelines/domain/conversation.ts';
import { composeAnswer } from '#pipelines/answering/compose.ts';
import type { Unit } from '#pipelines/answering/evidence/chart-index.ts';
import type { Prepared } from '#pipelines/answering/prepare.ts';
import { prepare } from '#pipelines/answering/prepare.ts';
import type { GoldQuestion } from '../datasets/charts.ts';
import { goldPlaces, turnOf } from './ask-chart.ts';
import type { OpenedCharts, ReadChart } from './chart-engines.ts';

/** A question of a chart as the product prepares its answer, beside its gold evidence. */
export interface PreparedQuestion {
  readonly question: GoldQuestion;
  readonly prepared: Prepared;
  /** Whether a sentence overlaps gold evidence. */
  readonly isGold: (unit: Unit) => boolean;
}

const PASSAGES = 8;

/** Prepares every question of a chart, a follow-up in the conversation of the question it leans on. */
export async function* prepareChart(read: ReadChart, { engines }: OpenedCharts): AsyncGenerator<PreparedQuestion> {
  const turns = new Map<string, readonly Turn[]>();
  for (const question of read.gold.questions) {
    const previous = question.after === undefined ? [] : (turns.get(question.after) ?? []);
    const asking = { question: question.question, asOf: null, chart: read.chart, previous, otherNames: [] };
    const passages = await engines.search.search({ patient: read.chart.patient.id }, question.question, PASSAGES);
    const prepared = await prepare(asking, engines, passages);
    turns.set(question.id, [...previous, turnOf(read, question, composeAnswer(prepared, null))]);
    const places = goldPlaces(read.gold, question);
    const isGold = ({ note, start, end }: Unit): boolean =>
      places.some((place) => place.note === note.note.id && place.start < end && start < place.end);
    yield { question, prepared, isGold };
  }
}
