import { randomUUID } from 'node:crypto';
import type { ConversationStore, NoteStore, PatientStore } from '#pipelines/contracts/stores.ts';
import type { Chart } from '#pipelines/domain/chart.ts';
import type { AnswerEvent, Turn } from '#pipelines/domain/conversation.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { AnswerId, ConversationId, IsoDate, PatientId } from '#pipelines/domain/ids.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import type { ErrorCode } from '#pipelines/errors.ts';
import { ERRORS } from '#pipelines/errors.ts';
import type { ChartBook } from './chart-book.ts';
import { shortId } from './chart-book.ts';
import type { Signature } from './clock.ts';

export const MAX_QUESTION_LENGTH = 2000;

export interface Question {
  readonly patient: PatientId;
  readonly question: string;
  readonly conversation: ConversationId | null;
  readonly asOf: IsoDate | null;
  /** Types of notes that the answer may use; none for all. */
  readonly noteTypes: readonly string[];
}

export interface AnswerInput {
  readonly id: AnswerId;
  readonly conversation: ConversationId;
  readonly question: string;
  readonly asOf: IsoDate | null;
  readonly chart: Chart;
  readonly previous: readonly Turn[];
  readonly otherNames: readonly string[];
  /** Notes of the patient, up to `asOf`, that no answer can know yet. */
  readonly unreadNotes: number;
  readonly noteTypes: readonly string[];
  /** The chart of all types of notes, where `chart` is narrowed. */
  readonly wholeChart?: Chart;
}

export interface DeskMeans {
  readonly charts: ChartBook;
  readonly patients: PatientStore;
  readonly notes: Pick<NoteStore, 'unread'>;
  readonly conversations: ConversationStore;
  readonly sign: Signature;
  /** The answering flow with its engines. */
  readonly answer: (input: AnswerInput) => AsyncIterable<AnswerEvent>;
}

/** A question that was accepted: its ids are known, its events are still to come. */
export interface AcceptedQuestion {
  readonly id: AnswerId;
  readonly conversation: ConversationId;
  /** Ends with `answer-end`; the turn is stored before that is given out. @throws ClinicalError */
  readonly events: AsyncGenerator<AnswerEvent>;
}

/** Takes questions, keeps conversations with their patient, and stores every answer. */
export class QuestionDesk {
  readonly #means: DeskMeans;

  constructor(means: DeskMeans) {
    this.#means = means;
  }

  /**
   * Checks a question and starts its answer.
   *
   * @throws ClinicalError `QUESTION_EMPTY`, `QUESTION_TOO_LONG`, `PATIENT_NOT_FOUND`, `CONVERSATION_NOT_FOUND`,
   * `CONVERSATION_OF_OTHER_PATIENT`
   */
  async ask(question: Question): Promise<AcceptedQuestion> {
    const length = [...question.question.trim()].length;
    if (length === 0) throw new ClinicalError('QUESTION_EMPTY');
    if (length > MAX_QUESTION_LENGTH)
      throw new ClinicalError('QUESTION_TOO_LONG', { length, limit: MAX_QUESTION_LENGTH });
    await this.#means.charts.patient(question.patient);
    const conversation = await this.#conversationOf(question);
    const id = asId<AnswerId>(randomUUID());
    return { id, conversation, events: this.#answer(id, conversation, question) };
  }

  async #conversationOf({ patient, conversation }: Question): Promise<ConversationId> {
    if (conversation !== null) {
      const owner = await this.#means.conversations.patientOf(conversation);
      if (owner === null) throw new ClinicalError('CONVERSATION_NOT_FOUND', { conversation: shortId(conversation) });
      if (owner !== patient) throw new ClinicalError('CONVERSATION_OF_OTHER_PATIENT');
      return conversation;
    }
    const started = asId<ConversationId>(randomUUID());
    await this.#means.conversations.create(started, patient, this.#means.sign());
    return started;
  }

  async *#answer(id: AnswerId, conversation: ConversationId, asked: Question): AsyncGenerator<AnswerEvent> {
    const { patient, question, asOf, noteTypes } = asked;
    // Counted before the chart is taken: a note that is read in between is then known, and at worst counted as well.
    const unreadNotes = await this.#means.notes.unread(patient, asOf);
    const [chart, wholeChart, previous, otherNames] = await Promise.all([
      this.#means.charts.chart(patient, asOf, noteTypes),
      noteTypes.length > 0 ? this.#means.charts.chart(patient, asOf) : undefined,
      this.#means.conversations.turns(conversation),
      this.#means.patients.namesOtherThan(patient),
    ]);
    const known = { chart, ...(wholeChart && { wholeChart }), previous, otherNames, unreadNotes };
    const input = { id, conversation, question: question.trim(), asOf, noteTypes, ...known };
    for await (const event of this.#means.answer(input)) {
      if (event.type === 'answer-error') throw failureOf(event.code);
      if (event.type === 'answer-end') {
        const turn = { id, conversation, patient, question: input.question, askedFor: asOf, answer: event.answer };
        await this.#means.conversations.addTurn(turn, this.#means.sign());
      }
      yield event;
    }
  }
}

function failureOf(code: string): ClinicalError {
  return new ClinicalError(code in ERRORS ? (code as ErrorCode) : 'INTERNAL');
}
