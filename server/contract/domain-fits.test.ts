import { expect, it } from 'vitest';
import type { AnswerEvent, Turn } from '#pipelines/domain/conversation.ts';
import type { Answer } from '#pipelines/domain/evidence.ts';
import type { Conflict } from '#pipelines/domain/chart.ts';
import type { PgxReport } from '#pipelines/domain/pgx.ts';
import type { TimelineEvent } from '#pipelines/domain/timeline.ts';
import { answer, answerEvent } from './index.ts';
import type { AnswerEventView, AnswerView, ConflictItem, PgxResponse, TimelineEventView, TurnView } from './index.ts';

/** Compiles only if a domain value can be sent as it is. */
const fits = <_Domain extends Contract, Contract>(): true => true;

it('lets domain values be sent without a change', () => {
  expect([
    fits<TimelineEvent, TimelineEventView>(),
    fits<Answer, AnswerView>(),
    fits<AnswerEvent, AnswerEventView>(),
    fits<Turn, TurnView>(),
    fits<Conflict, ConflictItem>(),
    fits<PgxReport, PgxResponse>(),
  ]).not.toContain(false);
});

it('refuses a claim without a citation', () => {
  const claim = { text: 'Started 3 Mar 2022.', citations: [] };
  expect(answerEvent.safeParse({ type: 'claim-end', index: 0, claim }).success).toBe(false);
  expect(answer.safeParse({ status: 'answered', claims: [claim] }).success).toBe(false);
});
