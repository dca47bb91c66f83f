import { subscribe } from 'node:diagnostics_channel';

let opened = 0;
let isCounting = false;

/**
 * Counts the connections that this process opens to anywhere, from the first call on: Node announces each new client
 * socket, whichever library opens it.
 */
export function countOutboundConnections(): () => number {
  if (!isCounting) {
    isCounting = true;
    subscribe('net.client.socket', () => opened++);
  }
  return () => opened;
}
