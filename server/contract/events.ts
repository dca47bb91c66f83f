import { z } from 'zod';
import { id, isoDate, operationOutcome } from './common.ts';
import { answerEvent, noteTypes } from './questions.ts';
import type { AnswerEventView } from './questions.ts';
import type { Progress } from './system.ts';

/** Client to server: asks, and is told the answer's id by the acknowledgement. */
export const askMessage = z.object({
  patient: id,
  question: z.string(),
  conversation: id.optional(),
  asOf: isoDate.nullish(),
  noteTypes: noteTypes.optional(),
});
export const askAcknowledgement = z.union([z.object({ id }), z.object({ error: operationOutcome })]);
/** Client to server: stops a streamed answer. */
export const cancelMessage = z.object({ id });
/** Server to client. `milliseconds` stands on the last event. */
export const answerEventMessage = z.object({ id, event: answerEvent, milliseconds: z.number().optional() });

export type AskMessage = z.infer<typeof askMessage>;
export type AskAcknowledgement = z.infer<typeof askAcknowledgement>;
export type CancelMessage = z.infer<typeof cancelMessage>;
export interface AnswerEventMessage {
  readonly id: string;
  readonly event: AnswerEventView;
  readonly milliseconds?: number | undefined;
}

/** Types of the socket.io connection, client's side first. */
export interface ClientToServerEvents {
  ask: (message: AskMessage, acknowledge: (reply: AskAcknowledgement) => void) => void;
  cancel: (message: CancelMessage) => void;
}
export interface ServerToClientEvents {
  'answer-event': (message: AnswerEventMessage) => void;
  progress: (progress: Progress) => void;
}
