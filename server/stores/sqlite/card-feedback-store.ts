import type { Kysely } from 'kysely';
import type { CardFeedback, CardFeedbackStore, Write } from '#pipelines/contracts/stores.ts';
import { guarded } from './errors.ts';
import type { StoreSchema } from './schema.ts';

/** Feedback on CDS Hooks cards in SQLite, in order of receipt. */
export class SqliteCardFeedbackStore implements CardFeedbackStore {
  readonly #query: Kysely<StoreSchema>;

  constructor(query: Kysely<StoreSchema>) {
    this.#query = query;
  }

  add(feedback: readonly CardFeedback[], write: Write): Promise<void> {
    if (feedback.length === 0) return Promise.resolve();
    return guarded(async () => {
      const rows = feedback.map(({ service, card, outcome, acceptedSuggestions, reasonCode, comment, outcomeAt }) => ({
        service,
        card,
        outcome,
        accepted: JSON.stringify(acceptedSuggestions),
        reason: reasonCode,
        comment,
        outcome_at: outcomeAt,
        ...write,
      }));
      await this.#query.insertInto('card_feedback').values(rows).execute();
    });
  }

  list(service: string): ReturnType<CardFeedbackStore['list']> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('card_feedback')
        .selectAll()
        .where('service', '=', service)
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        service: row.service,
        card: row.card,
        outcome: row.outcome as CardFeedback['outcome'],
        acceptedSuggestions: JSON.parse(row.accepted) as string[],
        reasonCode: row.reason,
        comment: row.comment,
        outcomeAt: row.outcome_at,
        at: row.at,
      }));
    });
  }
}
