import type { AnswerEventMessage, AskAcknowledgement, AskMessage, AskResponse } from '#server/contract/index.ts';
import { errorFrom } from '../api/error.ts';
import { request } from '../api/request.ts';
import { chartSocket } from '../api/socket.ts';

export interface AskHandlers {
  readonly onEvent: (message: AnswerEventMessage) => void;
  readonly onReply: (reply: AskResponse) => void;
  readonly onBreak: () => void;
  readonly onError: (error: unknown) => void;
}

const CONNECT_PATIENCE = 700;
const ACK_PATIENCE = 10_000;

function connected(): Promise<boolean> {
  const socket = chartSocket();
  if (socket.connected) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), CONNECT_PATIENCE);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

async function overRest({ patient, ...body }: AskMessage, handlers: AskHandlers): Promise<void> {
  const path = `/api/v1/patients/${encodeURIComponent(patient)}/questions`;
  try {
    handlers.onReply(await request<AskResponse>(path, { method: 'POST', json: body }));
  } catch (error) {
    handlers.onError(error);
  }
}

function overSocket(message: AskMessage, handlers: AskHandlers): () => void {
  const socket = chartSocket();
  let id: string | null = null;
  // Events may come before the acknowledgement that names the answer.
  let early: AnswerEventMessage[] = [];
  const close = (): void => void socket.off('answer-event', onEvent).off('disconnect', onDisconnect);
  const deliver = (event: AnswerEventMessage): void => {
    handlers.onEvent(event);
    if (event.event.type === 'answer-end' || event.event.type === 'answer-error') close();
  };
  function onEvent(event: AnswerEventMessage): void {
    if (id === null) early.push(event);
    else if (event.id === id) deliver(event);
  }
  function onDisconnect(): void {
    close();
    handlers.onBreak();
  }
  const acknowledge = (failure: Error | null, reply: AskAcknowledgement): void => {
    if (failure) return onDisconnect();
    if ('error' in reply) {
      close();
      return handlers.onError(errorFrom(400, reply.error));
    }
    id = reply.id;
    early.filter((event) => event.id === id).forEach(deliver);
    early = [];
  };
  socket.on('answer-event', onEvent).on('disconnect', onDisconnect);
  socket.timeout(ACK_PATIENCE).emit('ask', message, acknowledge);
  return () => {
    if (id !== null) socket.emit('cancel', { id });
    close();
    handlers.onBreak();
  };
}

/** Asks over the live connection, or over REST where there is none. Returns what stops it. */
export async function ask(message: AskMessage, handlers: AskHandlers): Promise<() => void> {
  if (await connected()) return overSocket(message, handlers);
  await overRest(message, handlers);
  return () => undefined;
}
