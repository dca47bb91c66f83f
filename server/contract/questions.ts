import { z } from 'zod';
import { citation, id, isoDate, isoInstant, list, noteCitation, oneOrMore } from './common.ts';

export const noteTypes = z.array(z.string().min(1).max(80)).max(40);

/** Emptiness and length are judged by the question flow, so that each has its own error code. */
export const askRequest = z.object({
  question: z.string(),
  conversation: id.optional(),
  asOf: isoDate.nullish().meta({ description: 'Leaves out all notes after that day' }),
  noteTypes: noteTypes.optional().meta({ description: 'Leaves out all notes of other types' }),
});

export const claim = z.object({ text: z.string(), citations: oneOrMore(citation) });
export const searched = z.object({
  notes: z.number().int(),
  from: isoDate.nullable(),
  to: isoDate.nullable(),
  terms: list(z.string()),
  unread: z.number().int().optional(),
  noteTypes: list(z.string()).optional(),
});
export const answerBasis = z.object({
  inputsUsed: list(z.string()),
  inputsMissing: list(z.string()),
  rulesApplied: list(z.string()),
  limits: list(z.string()),
  confidence: z.number().optional(),
});
export const answerProvenance = z.object({
  drafter: z.enum(['rules', 'language-model']),
  fallback: z.string().optional(),
  pipeline: z.string(),
  rules: list(z.string()),
  prompt: z.string().optional(),
});
export const finding = z.enum(['affirmed', 'denied', 'conflicting']);
export const abstentionReason = z.enum(['not-documented', 'out-of-scope']);

/** `finding` stands on an answered question only, `reason` on an abstained one only. */
export const answer = z.object({
  status: z.enum(['answered', 'abstained']),
  finding: finding.optional(),
  reason: abstentionReason.optional(),
  claims: list(claim),
  mentions: list(noteCitation),
  more: list(noteCitation),
  searched,
  asOf: isoDate.nullable(),
  basis: answerBasis,
  by: answerProvenance,
});
export const askResponse = answer.extend({ id, conversation: id, milliseconds: z.number() });

/** A stored turn: the question with its answer. */
export const turn = z.object({
  id,
  conversation: id,
  question: z.string(),
  askedFor: isoDate.nullable(),
  answer,
});
export const conversationSummary = z.object({
  id,
  started: isoInstant,
  turns: z.number().int(),
  firstQuestion: z.string(),
});
export const listConversationsResponse = z.object({ conversations: list(conversationSummary) });
export const getConversationResponse = z.object({ id, turns: list(turn) });

export const feedbackRequest = z.object({
  verdict: z.enum(['right', 'wrong', 'unsafe']),
  comment: z.string().max(4000).nullish(),
});
export const feedbackResponse = z.object({ stored: z.literal(true) });
export const exampleQuestionsResponse = z.object({ questions: list(z.string()) });

/** A one-page brief: sections in reading order, every sentence cited like an answer's. */
export const briefQuery = z.object({ since: isoDate.optional(), asOf: isoDate.optional() });
export const briefResponse = z.object({
  asOf: isoDate.nullable(),
  since: isoDate.nullable(),
  sections: list(
    z.object({
      kind: z.enum([
        'problem',
        'medications',
        'allergies',
        'genotype',
        'results',
        'open-questions',
        'changes',
        'other',
      ]),
      title: z.string(),
      claims: list(claim),
    }),
  ),
  by: answerProvenance,
});

/** What a streamed answer sends, in this order; ends with `answer-end` or `answer-error`. */
export const answerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer-start'), id, conversation: id }),
  z.object({ type: z.literal('evidence-found'), count: z.number().int() }),
  z.object({ type: z.literal('claim-delta'), index: z.number().int(), text: z.string() }),
  z.object({ type: z.literal('claim-end'), index: z.number().int(), claim }),
  z.object({ type: z.literal('answer-end'), answer }),
  z.object({ type: z.literal('answer-error'), code: z.string(), message: z.string() }),
]);

export type AskRequest = z.infer<typeof askRequest>;
export type AskResponse = z.infer<typeof askResponse>;
export type AnswerView = z.infer<typeof answer>;
export type ClaimView = z.infer<typeof claim>;
export type TurnView = z.infer<typeof turn>;
export type ConversationSummary = z.infer<typeof conversationSummary>;
export type ListConversationsResponse = z.infer<typeof listConversationsResponse>;
export type GetConversationResponse = z.infer<typeof getConversationResponse>;
export type FeedbackRequest = z.infer<typeof feedbackRequest>;
export type ExampleQuestionsResponse = z.infer<typeof exampleQuestionsResponse>;
export type BriefResponse = z.infer<typeof briefResponse>;
export type AnswerEventView = z.infer<typeof answerEvent>;
