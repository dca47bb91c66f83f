import type { Kysely, Selectable } from 'kysely';
import type { ConversationStore, Feedback, Write } from '#pipelines/contracts/stores.ts';
import type { Turn } from '#pipelines/domain/conversation.ts';
import type { Answer, NoteCitation } from '#pipelines/domain/evidence.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { AnswerId, ConversationId, NoteId, PatientId } from '#pipelines/domain/ids.ts';
import { guarded } from './errors.ts';
import type { StoreSchema, TurnRow } from './schema.ts';

/** Conversations with their answers in SQLite; a turn and the ranges that it cites appear together. */
export class SqliteConversationStore implements ConversationStore {
  readonly #query: Kysely<StoreSchema>;

  constructor(query: Kysely<StoreSchema>) {
    this.#query = query;
  }

  create(id: ConversationId, patient: PatientId, write: Write): Promise<void> {
    return guarded(async () => {
      await this.#query
        .insertInto('conversation')
        .values({ id, patient, ...write })
        .execute();
    });
  }

  patientOf(id: ConversationId): Promise<PatientId | null> {
    return guarded(async () => {
      const row = await this.#query
        .selectFrom('conversation')
        .select('patient')
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? asId<PatientId>(row.patient) : null;
    });
  }

  recentPatients(limit: number): Promise<readonly PatientId[]> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('turn')
        .select(['patient', ({ fn }) => fn.max('at').as('last')])
        .groupBy('patient')
        .orderBy('last', 'desc')
        .orderBy('patient')
        .limit(limit)
        .execute();
      return rows.map(({ patient }) => asId<PatientId>(patient));
    });
  }

  addTurn(turn: Turn, write: Write): Promise<void> {
    const { id, conversation, patient, question, askedFor, answer } = turn;
    return guarded(() =>
      this.#query.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('turn')
          .values({
            id,
            conversation,
            patient,
            question,
            asked_for: askedFor,
            answer: JSON.stringify(answer),
            ...write,
          })
          .execute();
        const ranges = noteCitationsOf(answer).map(({ noteId, start, end }) => ({
          turn: id,
          note: noteId,
          start,
          end,
          ...write,
        }));
        if (ranges.length > 0) await transaction.insertInto('cited_range').values(ranges).execute();
      }),
    );
  }

  turns(id: ConversationId): Promise<readonly Turn[]> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('turn')
        .selectAll()
        .where('conversation', '=', id)
        .orderBy('ordinal')
        .execute();
      return rows.map(turnOf);
    });
  }

  answer(patient: PatientId, id: AnswerId): Promise<Turn | null> {
    return guarded(async () => {
      const row = await this.#query
        .selectFrom('turn')
        .selectAll()
        .where('id', '=', id)
        .where('patient', '=', patient)
        .executeTakeFirst();
      return row ? turnOf(row) : null;
    });
  }

  listForPatient(patient: PatientId) {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('conversation')
        .innerJoin('turn', 'turn.conversation', 'conversation.id')
        .select(['conversation.id', 'conversation.at'])
        .select(({ fn }) => [fn.count<number>('turn.id').as('turns'), fn.min('turn.ordinal').as('first')])
        .where('conversation.patient', '=', patient)
        .groupBy('conversation.id')
        .orderBy('first', 'desc')
        .execute();
      if (rows.length === 0) return [];
      const firsts = await this.#query
        .selectFrom('turn')
        .select(['conversation', 'question'])
        .where(
          'ordinal',
          'in',
          rows.map((row) => Number(row.first)),
        )
        .execute();
      const questions = new Map(firsts.map((row) => [row.conversation, row.question]));
      return rows.map((row) => ({
        id: asId<ConversationId>(row.id),
        started: row.at,
        turns: row.turns,
        firstQuestion: questions.get(row.id) ?? '',
      }));
    });
  }

  answersCiting(patient: PatientId, note: NoteId, start: number, end: number): Promise<readonly Turn[]> {
    return guarded(async () => {
      const rows = await this.#query
        .selectFrom('turn')
        .selectAll()
        .where('patient', '=', patient)
        .where('id', 'in', (cited) =>
          cited
            .selectFrom('cited_range')
            .select('turn')
            .where('note', '=', note)
            .where('start', '<', end)
            .where('end', '>', start),
        )
        .orderBy('ordinal')
        .execute();
      return rows.map(turnOf);
    });
  }

  addFeedback(patient: PatientId, answer: AnswerId, feedback: Feedback, write: Write): Promise<void> {
    return guarded(async () => {
      await this.#query
        .insertInto('feedback')
        .values({ answer, patient, verdict: feedback.verdict, comment: feedback.comment, ...write })
        .execute();
    });
  }
}

function noteCitationsOf(answer: Answer): NoteCitation[] {
  return answer.claims.flatMap((claim) => claim.citations.filter((citation) => citation.kind === 'note'));
}

function turnOf(row: Selectable<TurnRow>): Turn {
  return {
    id: asId<AnswerId>(row.id),
    conversation: asId<ConversationId>(row.conversation),
    patient: asId<PatientId>(row.patient),
    question: row.question,
    askedFor: row.asked_for,
    answer: JSON.parse(row.answer) as Answer,
  };
}
