import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { forgetAll } from '../api/use-resource.ts';

/** A server in place of ours. A request that no test has foreseen fails the test. */
export function useFakeServer() {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    server.resetHandlers();
    forgetAll();
  });
  afterAll(() => server.close());
  return server;
}

/** Answers GET at an address below /api/v1. */
export function replies(path: string, body: object, status = 200) {
  return http.get(`*/api/v1${path}`, () => HttpResponse.json(body as Record<string, unknown>, { status }));
}

/** An OperationOutcome as our server sends it. */
export function outcome(code: string, text: string, diagnostics: string) {
  const details = { coding: [{ system: 'urn:anamnesis:error', code }], text };
  return {
    resourceType: 'OperationOutcome',
    id: 'r1',
    issue: [{ severity: 'error', code: 'processing', details, diagnostics }],
  };
}
