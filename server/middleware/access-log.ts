import type { RequestHandler } from 'express';

/** The part of a logger that the server uses; pino is one. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Logs each request when it is answered: method, pattern of the route, status, milliseconds, request id. Never the
 * address itself, which holds ids, nor its query, nor any body.
 */
export function accessLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const route = (response.locals['route'] as string | undefined) ?? 'none';
      const milliseconds = Math.round(performance.now() - started);
      const requestId = response.locals['requestId'] as string;
      log.info({ requestId, method: request.method, route, status: response.statusCode, milliseconds }, 'request');
    });
    next();
  };
}
