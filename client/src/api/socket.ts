import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '#server/contract/index.ts';
import { accessToken } from './token.ts';

export type ChartSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

let shared: ChartSocket | undefined;

/** The one connection of the page to its own origin, opened at first use and kept. */
export function chartSocket(): ChartSocket {
  shared ??= io({
    transports: ['websocket', 'polling'],
    auth: (give) => give({ token: accessToken() }),
    reconnectionDelayMax: 5000,
  });
  return shared;
}
