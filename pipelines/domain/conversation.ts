import type { Answer, Claim, Citation } from './evidence.ts';
import type { AnswerId, ConversationId, IsoDate, PatientId } from './ids.ts';

/** One question with its answer, in a conversation that belongs to one patient. */
export interface Turn {
  readonly id: AnswerId;
  readonly conversation: ConversationId;
  readonly patient: PatientId;
  readonly question: string;
  readonly askedFor: IsoDate | null;
  readonly answer: Answer;
}

/** What a streaming answer sends, in this order; REST collects the same events. */
export type AnswerEvent =
  | { readonly type: 'answer-start'; readonly id: AnswerId; readonly conversation: ConversationId }
  | { readonly type: 'evidence-found'; readonly count: number }
  | { readonly type: 'claim-delta'; readonly index: number; readonly text: string }
  | { readonly type: 'claim-end'; readonly index: number; readonly claim: Claim }
  | { readonly type: 'answer-end'; readonly answer: Answer }
  | { readonly type: 'answer-error'; readonly code: string; readonly message: string };

export type { Citation };
