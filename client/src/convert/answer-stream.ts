import type { AnswerEventView, AnswerView, AskResponse, ClaimView, TurnView } from '#server/contract/index.ts';

/** A sentence on its way: its text grows, and its citations come with its end. */
export interface StreamedClaim {
  readonly text: string;
  readonly claim: ClaimView | null;
}

export interface ShownTurn {
  /** Stable on screen, from before the server has named the answer. */
  readonly key: string;
  readonly id: string | null;
  readonly conversation: string | null;
  readonly question: string;
  readonly askedFor: string | null;
  readonly state: 'asking' | 'streaming' | 'done' | 'interrupted' | 'failed';
  readonly evidence: number | null;
  readonly claims: readonly StreamedClaim[];
  readonly answer: AnswerView | null;
  readonly milliseconds: number | null;
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string } | null;
}

/** A question that has just been asked. */
export function askedTurn(key: string, question: string, askedFor: string | null): ShownTurn {
  return {
    key,
    id: null,
    conversation: null,
    question,
    askedFor,
    state: 'asking',
    evidence: null,
    claims: [],
    answer: null,
    milliseconds: null,
    error: null,
  };
}

/** A turn as it was stored. */
export function storedTurn(turn: TurnView): ShownTurn {
  return {
    ...askedTurn(turn.id, turn.question, turn.askedFor),
    id: turn.id,
    conversation: turn.conversation,
    state: 'done',
    answer: turn.answer,
  };
}

/** A turn with the reply of the REST address, which brings everything at once. */
export function withReply(turn: ShownTurn, reply: AskResponse): ShownTurn {
  const { id, conversation, milliseconds, ...answer } = reply;
  return { ...turn, id, conversation, milliseconds, answer, state: 'done' };
}

function withClaim(claims: readonly StreamedClaim[], index: number, change: (was: StreamedClaim) => StreamedClaim) {
  const next = [...claims];
  while (next.length <= index) next.push({ text: '', claim: null });
  next[index] = change(next[index]!);
  return next;
}

/** A turn after one more event of its stream. Events after the end change nothing. */
export function applyEvent(turn: ShownTurn, event: AnswerEventView, milliseconds?: number): ShownTurn {
  if (turn.state === 'done' || turn.state === 'failed') return turn;
  switch (event.type) {
    case 'answer-start':
      return { ...turn, id: event.id, conversation: event.conversation, state: 'streaming' };
    case 'evidence-found':
      return { ...turn, evidence: event.count };
    case 'claim-delta':
      return {
        ...turn,
        claims: withClaim(turn.claims, event.index, (was) => ({ ...was, text: was.text + event.text })),
      };
    case 'claim-end':
      return {
        ...turn,
        claims: withClaim(turn.claims, event.index, () => ({ text: event.claim.text, claim: event.claim })),
      };
    case 'answer-end':
      return { ...turn, state: 'done', answer: event.answer, milliseconds: milliseconds ?? null };
    case 'answer-error':
      return { ...turn, state: 'failed', error: { code: event.code, message: event.message, remedy: 'Ask again.' } };
  }
}

/** A turn whose connection broke: what has arrived stays, marked as interrupted. */
export function interrupted(turn: ShownTurn): ShownTurn {
  return turn.state === 'asking' || turn.state === 'streaming' ? { ...turn, state: 'interrupted' } : turn;
}

/** Stored turns with the ones of this session after them, each answer once. */
export function mergeTurns(stored: readonly ShownTurn[], live: readonly ShownTurn[]): ShownTurn[] {
  const ids = new Set(live.flatMap(({ id }) => id ?? []));
  return [...stored.filter(({ id }) => id === null || !ids.has(id)), ...live];
}
