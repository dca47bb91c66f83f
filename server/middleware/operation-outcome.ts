import type { ClinicalError } from '#pipelines/errors.ts';
import type { ErrorKind } from '#pipelines/errors.ts';
import type { OperationOutcome } from '#server/contract/index.ts';

export const ERROR_SYSTEM = 'urn:anamnesis:error';

/** FHIR R4 issue types, http://hl7.org/fhir/issue-type. */
const ISSUE_TYPE: Readonly<Record<ErrorKind, string>> = {
  invalid: 'invalid',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  conflict: 'conflict',
  unsupported: 'not-supported',
  unavailable: 'transient',
  defect: 'exception',
};

/** Writes an error the way FHIR does: the stable code in `details`, what to do in `diagnostics`. */
export function operationOutcomeOf(error: ClinicalError, requestId?: string): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    ...(requestId === undefined ? {} : { id: requestId }),
    issue: [
      {
        severity: error.kind === 'defect' ? 'fatal' : 'error',
        code: ISSUE_TYPE[error.kind],
        details: { coding: [{ system: ERROR_SYSTEM, code: error.code }], text: error.message },
        diagnostics: error.remedy,
        ...(typeof error.details['path'] === 'string' ? { expression: [error.details['path']] } : {}),
      },
    ],
  };
}
