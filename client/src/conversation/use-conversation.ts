import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AskMessage } from '#server/contract/index.ts';
import { ApiError, unreachable } from '../api/error.ts';
import { resources } from '../api/resources.ts';
import { refresh, useResource } from '../api/use-resource.ts';
import { applyEvent, askedTurn, interrupted, mergeTurns, storedTurn, withReply } from '../convert/answer-stream.ts';
import type { ShownTurn } from '../convert/answer-stream.ts';
import { rememberRules } from '../note/known-rules.ts';
import { ask as send } from './ask.ts';

interface ConversationInput {
  readonly patient: string;
  readonly conversation: string | null;
  /** Called once the server has named the answer and its conversation. */
  readonly onNamed: (turn: { readonly id: string; readonly conversation: string }) => void;
}

/** Which notes an answer may use. */
interface NotesScope {
  readonly asOf: string | null;
  /** None for all. */
  readonly noteTypes: readonly string[];
}

/** A turn of this page, with the count of conversations begun here before it was asked. */
interface LiveTurn extends ShownTurn {
  readonly epoch: number;
}

let lastKey = 0;

function failed(turn: ShownTurn, cause: unknown): ShownTurn {
  const error = cause instanceof ApiError ? cause : unreachable();
  return { ...turn, state: 'failed', error: { code: error.code, message: error.message, remedy: error.remedy } };
}

/** The turns of one conversation, stored and live, and how to add one. */
export function useConversation({ patient, conversation, onNamed }: ConversationInput) {
  const stored = useResource(conversation === null ? null : resources.conversation(patient, conversation));
  const [live, setLive] = useState<readonly LiveTurn[]>([]);
  const epoch = useEpoch(conversation);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const change = useCallback((key: string, next: (turn: ShownTurn) => ShownTurn) => {
    setLive((turns) => turns.map((turn) => (turn.key === key ? { ...turn, ...next(turn) } : turn)));
  }, []);
  const ask = useCallback(
    async (question: string, { asOf, noteTypes }: NotesScope) => {
      const key = `live${++lastKey}`;
      setLive((turns) => [...turns, { ...askedTurn(key, question, asOf), epoch }]);
      const message: AskMessage = {
        patient,
        question,
        ...(conversation ? { conversation } : {}),
        ...(asOf ? { asOf } : {}),
        ...(noteTypes.length > 0 ? { noteTypes: [...noteTypes] } : {}),
      };
      stop.current = await send(message, {
        onEvent: ({ event, milliseconds }) => {
          change(key, (turn) => applyEvent(turn, event, milliseconds));
          if (event.type === 'answer-start') onNamed(event);
          if (event.type === 'answer-end') refresh(`${resources.patient(patient).path}/conversations`);
        },
        onReply: (reply) => {
          change(key, (turn) => withReply(turn, reply));
          onNamed(reply);
        },
        onBreak: () => change(key, interrupted),
        onError: (cause) => change(key, (turn) => failed(turn, cause)),
      });
    },
    [patient, conversation, epoch, change, onNamed],
  );
  const turns = useMemo(() => {
    // Between the naming of an answer and the change of the address, a turn of a new conversation belongs to none.
    const inThis = live.filter((turn) => turn.epoch === epoch || turn.conversation === conversation);
    return mergeTurns((stored.data?.turns ?? []).map(storedTurn), inThis);
  }, [stored.data, live, conversation, epoch]);
  useEffect(() => {
    rememberRules(turns.flatMap(({ answer }) => answer?.claims ?? []).flatMap(({ citations }) => citations));
  }, [turns]);
  return { turns, stored, ask, stop: () => stop.current() };
}

/** Counts the times that the address left one conversation for another, other than by naming a new one. */
function useEpoch(conversation: string | null): number {
  const [seen, setSeen] = useState({ conversation, epoch: 0 });
  if (seen.conversation === conversation) return seen.epoch;
  const epoch = seen.conversation === null ? seen.epoch : seen.epoch + 1;
  setSeen({ conversation, epoch });
  return epoch;
}
