import type { OperationOutcome } from '#server/contract/index.ts';

/** What the server, or the lack of one, told us: a stable code, what happened and what to do. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly remedy: string;
  readonly requestId: string | undefined;

  constructor(given: {
    code: string;
    status: number;
    message: string;
    remedy: string;
    requestId?: string | undefined;
  }) {
    super(given.message);
    this.name = 'ApiError';
    this.code = given.code;
    this.status = given.status;
    this.remedy = given.remedy;
    this.requestId = given.requestId;
  }
}

function isOutcome(body: unknown): body is OperationOutcome {
  return typeof body === 'object' && body !== null && 'issue' in body && Array.isArray(body.issue);
}

/** Reads an OperationOutcome; anything else becomes `HTTP_<status>`. */
export function errorFrom(status: number, body: unknown): ApiError {
  if (!isOutcome(body)) {
    const remedy = 'Reload the page. If it repeats, look at the log of the server.';
    return new ApiError({ code: `HTTP_${status}`, status, message: 'The server gave no reason.', remedy });
  }
  const issue = body.issue[0];
  return new ApiError({
    code: issue.details.coding[0].code,
    status,
    message: issue.details.text,
    remedy: issue.diagnostics ?? '',
    requestId: body.id,
  });
}

/** The error shown when no reply came at all. */
export function unreachable(): ApiError {
  return new ApiError({
    code: 'SERVER_UNREACHABLE',
    status: 0,
    message: 'The server did not answer.',
    remedy: 'Check that Anamnesis is still running; nothing you typed is lost.',
  });
}
