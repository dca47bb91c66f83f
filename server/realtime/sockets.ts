import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { asId } from '#pipelines/domain/ids.ts';
import type { ConversationId, PatientId } from '#pipelines/domain/ids.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import { askMessage, cancelMessage } from '#server/contract/index.ts';
import type { AskAcknowledgement, ClientToServerEvents, ServerToClientEvents } from '#server/contract/index.ts';
import type { AcceptedQuestion } from '../flows/question-desk.ts';
import type { ReadingProgress } from '../flows/reading-queue.ts';
import type { Log } from '../middleware/access-log.ts';
import { isAllowed } from '../middleware/access-token.ts';
import { framesOf, toClinicalError } from '../middleware/clinical-error.ts';
import { httpStatusOf } from '../middleware/http-status.ts';
import { operationOutcomeOf } from '../middleware/operation-outcome.ts';
import { isOwnHost } from '../middleware/same-host.ts';
import type { Product } from '../product.ts';

type AnamnesisSocket = Socket<ClientToServerEvents, ServerToClientEvents>;
export type AnamnesisServer = Server<ClientToServerEvents, ServerToClientEvents>;

/** Answers that one connection may have under way. */
const ASKED_AT_ONCE = 4;
/** Shortest time between two reports of progress, in milliseconds. */
const PROGRESS_EVERY = 250;

export interface SocketOptions {
  readonly log: Log;
  readonly allowedHosts: readonly string[];
  readonly accessToken: string | null;
}

/**
 * Streams answers over socket.io: the same events that the REST route collects. The handshake is held to the same rules
 * as a request (Host, Origin, access token), since it does not pass the HTTP application.
 */
export function serveSockets(http: HttpServer, product: Product, options: SocketOptions): AnamnesisServer {
  const server: AnamnesisServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: 100_000,
    allowRequest: (request, decide) => {
      const isOwn = isOwnHost(request.headers, options.allowedHosts);
      decide(isOwn ? null : new ClinicalError('HOST_REFUSED').code, isOwn);
    },
  });
  server.use((socket, next) => {
    const token: unknown = socket.handshake.auth['token'];
    const authorization = typeof token === 'string' ? `Bearer ${token}` : socket.handshake.headers.authorization;
    next(isAllowed(authorization, options.accessToken) ? undefined : new ClinicalError('TOKEN_REQUIRED'));
  });
  server.on('connection', (socket) => serveSocket(socket, product, options.log));
  const stop = reportProgress(server, product);
  server.engine.on('close', stop);
  return server;
}

function serveSocket(socket: AnamnesisSocket, product: Product, log: Log): void {
  const underWay = new Map<string, AcceptedQuestion>();
  // Counted when they arrive: many that come at once are all looked at before the first is accepted.
  let asked = 0;
  socket.emit('progress', messageOf(product.reading.progress()));
  socket.on('ask', (message, acknowledge) => {
    asked++;
    void accept(message, product, asked).then(
      (accepted) => {
        underWay.set(accepted.id, accepted);
        reply(acknowledge, { id: accepted.id });
        void stream(socket, accepted, log).finally(() => {
          asked--;
          underWay.delete(accepted.id);
        });
      },
      (error: unknown) => {
        asked--;
        reply(acknowledge, { error: operationOutcomeOf(logged(error, log)) });
      },
    );
  });
  socket.on('cancel', (message) => {
    const read = cancelMessage.safeParse(message);
    if (read.success) stopAnswer(underWay.get(read.data.id));
  });
  socket.on('disconnect', () => underWay.forEach(stopAnswer));
}

/** @param asked - Questions of the connection that are not answered yet, this one among them. */
async function accept(message: unknown, product: Product, asked: number): Promise<AcceptedQuestion> {
  const read = askMessage.safeParse(message);
  if (!read.success) {
    throw new ClinicalError('REQUEST_INVALID', { path: read.error.issues[0]!.path.map(String).join('.') || 'ask' });
  }
  if (asked > ASKED_AT_ONCE) throw new ClinicalError('RATE_LIMITED');
  const { patient, question, conversation, asOf, noteTypes } = read.data;
  return product.desk.ask({
    patient: asId<PatientId>(patient),
    question,
    conversation: conversation === undefined ? null : asId<ConversationId>(conversation),
    asOf: asOf ?? null,
    noteTypes: noteTypes ?? [],
  });
}

async function stream(socket: AnamnesisSocket, { id, events }: AcceptedQuestion, log: Log): Promise<void> {
  const started = performance.now();
  const milliseconds = () => Math.round((performance.now() - started) * 10) / 10;
  try {
    for await (const event of events) {
      const isLast = event.type === 'answer-end';
      socket.emit('answer-event', { id, event, ...(isLast && { milliseconds: milliseconds() }) });
    }
  } catch (error) {
    const { code, message } = logged(error, log);
    socket.emit('answer-event', { id, event: { type: 'answer-error', code, message }, milliseconds: milliseconds() });
  }
}

/** Ends a stream where it stands: nothing of it is stored. */
function stopAnswer(accepted: AcceptedQuestion | undefined): void {
  void accepted?.events.return(undefined).catch(() => undefined);
}

function logged(error: unknown, log: Log): ClinicalError {
  const known = toClinicalError(error);
  if (httpStatusOf(known) >= 500) log.error({ code: known.code, frames: framesOf(error) }, 'question failed');
  return known;
}

function reply(acknowledge: unknown, answer: AskAcknowledgement): void {
  if (typeof acknowledge === 'function') acknowledge(answer);
}

/** Tells every connection how reading goes on, at most four times a second, and the last state always. */
function reportProgress(server: AnamnesisServer, product: Product): () => void {
  let timer: NodeJS.Timeout | null = null;
  const send = () => {
    timer = null;
    server.emit('progress', messageOf(product.reading.progress()));
  };
  const stop = product.reading.onProgress(() => {
    timer ??= setTimeout(send, PROGRESS_EVERY);
  });
  return () => {
    stop();
    if (timer) clearTimeout(timer);
  };
}

function messageOf({ queued, read, failed, wordsPerSecond }: ReadingProgress) {
  return { queued, read, failed, wordsPerSecond };
}
