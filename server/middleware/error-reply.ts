import type { ErrorRequestHandler } from 'express';
import type { Log } from './access-log.ts';
import { framesOf, toClinicalError } from './clinical-error.ts';
import { httpStatusOf } from './http-status.ts';
import { operationOutcomeOf } from './operation-outcome.ts';

/** Answers every error as an OperationOutcome, and logs those that are ours without any word of the request. */
export function errorReply(log: Log): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    const error = toClinicalError(thrown);
    const requestId = response.locals['requestId'] as string | undefined;
    const status = httpStatusOf(error);
    if (status >= 500) log.error({ requestId, code: error.code, frames: framesOf(thrown) }, 'request failed');
    if (response.headersSent) {
      next(thrown);
      return;
    }
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (typeof error.details['location'] === 'string') response.setHeader('Location', error.details['location']);
    response
      .status(status)
      .type('application/fhir+json')
      .send(JSON.stringify(operationOutcomeOf(error, requestId)));
  };
}
