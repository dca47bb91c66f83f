import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { ClinicalError } from '#pipelines/errors.ts';
import { isAllowed } from './access-token.ts';
import { isOwnHost } from './same-host.ts';

/** Gives every request an id, which its reply and its log line carry. */
export function requestId(): RequestHandler {
  return (_request, response, next) => {
    const id = randomUUID();
    response.locals['requestId'] = id;
    response.setHeader('X-Request-Id', id);
    next();
  };
}

export function ownHostOnly(allowedHosts: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    next(isOwnHost(request.headers, allowedHosts) ? undefined : new ClinicalError('HOST_REFUSED'));
  };
}

export function accessTokenOnly(accessToken: string | null): RequestHandler {
  return (request, _response, next) => {
    next(isAllowed(request.headers.authorization, accessToken) ? undefined : new ClinicalError('TOKEN_REQUIRED'));
  };
}

export function requestsPerMinute(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request: Request, _response: Response, next: NextFunction) => next(new ClinicalError('RATE_LIMITED')),
  });
}

/**
 * Headers that let a page load nothing but our own files and speak to nobody but us. Styles may stand inline, since the
 * component library sets them on elements; scripts may not.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** Patient data is not kept by caches on the way, nor by the browser. */
export function neverCached(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  };
}
