import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClinicalError } from '#pipelines/errors.ts';

/** Tells a server to listen. @returns the port that it got. @throws ClinicalError `PORT_IN_USE`, `CONFIG_INVALID` */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): unknown {
  if (error.code === 'EADDRINUSE') return new ClinicalError('PORT_IN_USE', { port }, error);
  if (error.code === 'EACCES') {
    return new ClinicalError('CONFIG_INVALID', { name: 'PORT', reason: 'this account may not listen on it' }, error);
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new ClinicalError('CONFIG_INVALID', { name: 'HOST', reason: 'not an address of this machine' }, error);
  }
  return error;
}

/** The address to open in a browser. */
export function addressOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}
