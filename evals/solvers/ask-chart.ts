import type { AnswerEngines } from '#pipelines/answer-question.ts';
import type { Turn } from '#pipelines/domain/conversation.ts';
import type { Answer, Claim } from '#pipelines/domain/evidence.ts';
import type { AnswerId, ConversationId, Release } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import { answerQuestion } from '#pipelines/answer-question.ts';
import type { GoldQuestion } from '../datasets/charts.ts';
import { isRight } from '../scorers/chart-answer.ts';
import type { ReadChart } from './chart-engines.ts';

/** One question with its answer and how it scores. */
export interface AskedCase {
  readonly patient: string;
  readonly dev: boolean;
  readonly question: GoldQuestion;
  readonly answer: Answer;
  readonly right: boolean;
  /** A citation overlaps a gold quote; null where there is no gold evidence. */
  readonly evidenceHit: boolean | null;
  /** Claims with such a citation, of all claims. */
  readonly claimsHit: number;
  readonly citationsValid: number;
  readonly citations: number;
  readonly words: number;
  readonly milliseconds: number;
}

/** Asks every question of a chart, a follow-up in the conversation of the question it leans on. */
export async function askChart(read: ReadChart, engines: AnswerEngines): Promise<AskedCase[]> {
  const turns = new Map<string, readonly Turn[]>();
  const cases: AskedCase[] = [];
  for (const question of read.gold.questions) {
    const previous = question.after === undefined ? [] : (turns.get(question.after) ?? []);
    const started = performance.now();
    const answer = await ask(read, engines, question.question, previous);
    const milliseconds = performance.now() - started;
    turns.set(question.id, [...previous, turnOf(read, question, answer)]);
    cases.push({ ...score(read, question, answer), milliseconds });
  }
  return cases;
}

/** The answer that the flow ends with. */
export async function ask(
  { chart, gold }: ReadChart,
  engines: AnswerEngines,
  question: string,
  previous: readonly Turn[] = [],
): Promise<Answer> {
  const input = {
    id: asId<AnswerId>('a'),
    conversation: asId<ConversationId>(`c-${gold.patient.id}`),
    question,
    asOf: null,
    chart,
    previous,
    otherNames: [],
  };
  for await (const event of answerQuestion(input, engines)) {
    if (event.type === 'answer-end') return event.answer;
  }
  throw new Error('The flow ended without an answer.');
}

export function turnOf({ gold }: ReadChart, { id, question }: GoldQuestion, answer: Answer): Turn {
  const conversation = asId<ConversationId>(`c-${gold.patient.id}`);
  return { id: asId<AnswerId>(id), conversation, patient: gold.patient.id, question, askedFor: null, answer };
}

function score({ gold }: ReadChart, question: GoldQuestion, answer: Answer): Omit<AskedCase, 'milliseconds'> {
  const places = goldPlaces(gold, question);
  const hits = (claim: Claim): boolean =>
    claim.citations.some(
      (c) => c.kind === 'note' && places.some((p) => p.note === c.noteId && p.start < c.end && c.start < p.end),
    );
  const cited = answer.claims.flatMap(({ citations }) => citations);
  const texts = answer.claims.map(({ text }) => text);
  return {
    patient: gold.patient.id,
    dev: gold.dev,
    question,
    answer,
    right: isRight(question, answer.status, texts),
    evidenceHit: question.evidence.length === 0 ? null : answer.claims.some(hits),
    claimsHit: answer.claims.filter(hits).length,
    citations: cited.length,
    citationsValid: cited.filter((c) => c.kind === 'rule' || textAt(gold, c.noteId, c.start, c.end) === c.quote).length,
    words: texts.join(' ').split(/\s+/).filter(Boolean).length,
  };
}

function textAt(gold: ReadChart['gold'], note: string, start: number, end: number): string | undefined {
  return gold.notes.find((other) => other.note.id === note)?.note.text.slice(start, end);
}

/** Every place where a gold quote stands. */
export function goldPlaces(
  gold: ReadChart['gold'],
  question: GoldQuestion,
): { note: string; start: number; end: number }[] {
  return question.evidence.flatMap(({ note: number, quote }) => {
    const note = gold.notes.find((other) => other.number === number)?.note;
    if (note === undefined) return [];
    const places = [];
    for (let at = note.text.indexOf(quote); at >= 0; at = note.text.indexOf(quote, at + 1)) {
      places.push({ note: note.id as string, start: at, end: at + quote.length });
    }
    return places;
  });
}

/** The releases that made the answers, as the first answer states them. */
export function answerRelease(cases: readonly AskedCase[]): Release {
  const by = cases[0]?.answer.by;
  return by === undefined ? 'none' : [by.pipeline, ...by.rules].join('+');
}
