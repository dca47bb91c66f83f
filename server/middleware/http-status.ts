import type { ClinicalError, ErrorCode, ErrorKind } from '#pipelines/errors.ts';

const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unsupported: 415,
  defect: 500,
  unavailable: 503,
};

/** Codes for which HTTP has a closer word than their kind has. */
const STATUS_OF_CODE: Partial<Record<ErrorCode, number>> = {
  TOKEN_REQUIRED: 401,
  NOTE_TOO_LARGE: 413,
  BODY_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  STORE_FULL: 507,
};

/** The one place where a clinical error becomes an HTTP status. */
export function httpStatusOf(error: ClinicalError): number {
  return STATUS_OF_CODE[error.code] ?? STATUS_OF_KIND[error.kind];
}
