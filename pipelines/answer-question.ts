import type { ClaimDrafter } from './contracts/claim-drafter.ts';
import type { PairRanker } from './contracts/pair-ranker.ts';
import type { PassageSearch } from './contracts/retrieval.ts';
import type { Terminology } from './contracts/terminology.ts';
import type { Chart } from './domain/chart.ts';
import type { AnswerEvent, Turn } from './domain/conversation.ts';
import type { Answer, Claim } from './domain/evidence.ts';
import type { AnswerId, ConversationId, IsoDate } from './domain/ids.ts';
import type { ScoredPassage } from './domain/passage.ts';
import type { PgxReport } from './domain/pgx.ts';
import { composeAnswer } from './answering/compose.ts';
import type { Prepared } from './answering/prepare.ts';
import { asksOfSafety, prepare } from './answering/prepare.ts';
import { modelClaims } from './answering/language-model.ts';

export interface AnswerInput {
  readonly id: AnswerId;
  readonly conversation: ConversationId;
  readonly question: string;
  readonly asOf: IsoDate | null;
  /** The chart up to `asOf`: what it leaves out does not exist for the answer. */
  readonly chart: Chart;
  /** Earlier turns of the conversation, oldest first. They resolve references; they are never evidence. */
  readonly previous: readonly Turn[];
  /** Names of the store's other patients: a question that names one is out of scope. */
  readonly otherNames: readonly string[];
  /** Notes of the patient, up to `asOf`, that are stored but not read yet: the answer says that it does not know them. */
  readonly unreadNotes?: number;
  /** Types of the chart's notes, where the question was narrowed to some. */
  readonly noteTypes?: readonly string[];
  /** The chart of all types of notes, where `chart` is narrowed: what questions of safety are answered from. */
  readonly wholeChart?: Chart;
}

export interface AnswerEngines {
  readonly terminology: Terminology;
  readonly search: PassageSearch;
  readonly ranker?: PairRanker;
  readonly therapy?: (drugs?: string[]) => PgxReport;
  readonly languageModel?: ClaimDrafter;
}

const PASSAGES = 8;

/**
 * Answers a question about one chart: reads it, gathers facts and sentences, drafts claims, lets through only those that
 * their citations bear out, or abstains with the reason and what was searched. Equal input gives equal events.
 */
export async function* answerQuestion(input: AnswerInput, engines: AnswerEngines): AsyncGenerator<AnswerEvent> {
  yield { type: 'answer-start', id: input.id, conversation: input.conversation };
  const prepared = await prepareWithin(input, engines);
  yield { type: 'evidence-found', count: prepared.evidence.length };
  const model =
    engines.languageModel === undefined || prepared.outOfScope !== null
      ? null
      : await modelClaims(engines.languageModel, input.question, prepared);
  const answer: Answer = composeAnswer(prepared, model);
  yield* streamClaims(answer.claims);
  yield { type: 'answer-end', answer };
}

/** Prepares an answer from the notes that the question is narrowed to, from all of them where it is one of safety. */
async function prepareWithin(input: AnswerInput, engines: AnswerEngines): Promise<Prepared> {
  const { wholeChart, noteTypes = [] } = input;
  const prepared = await prepare(input, engines, await passagesFor(input, engines.search));
  if (wholeChart === undefined || !asksOfSafety(prepared)) return prepared;
  const widened = { ...input, chart: wholeChart, noteTypes: [], widenedFrom: noteTypes };
  return prepare(widened, engines, await passagesFor(widened, engines.search));
}

function* streamClaims(claims: readonly Claim[]): Generator<AnswerEvent> {
  for (const [index, claim] of claims.entries()) {
    for (const text of claim.text.match(/\S+\s*/g) ?? []) yield { type: 'claim-delta', index, text };
    yield { type: 'claim-end', index, claim };
  }
}

async function passagesFor(input: AnswerInput, search: PassageSearch): Promise<readonly ScoredPassage[]> {
  if (input.chart.notes.length === 0) return [];
  const found = await search.search({ patient: input.chart.patient.id, asOf: input.asOf }, input.question, PASSAGES);
  const known = new Set(input.chart.notes.map(({ note }) => note.id));
  return found.filter(({ passage }) => passage.patient === input.chart.patient.id && known.has(passage.note));
}
