/** What sort of failure it is. The server maps a kind to an HTTP status; the pipelines know no HTTP. */
export type ErrorKind = 'invalid' | 'not-found' | 'conflict' | 'forbidden' | 'unsupported' | 'unavailable' | 'defect';

interface CatalogueEntry {
  readonly kind: ErrorKind;
  /** `{name}` is filled from the details. */
  readonly message: string;
  /** What the user can do. */
  readonly remedy: string;
}

/** Every error that can reach a user: `SUBJECT_CONDITION`, never reused. Messages hold ids, offsets and counts, never note text. */
export const ERRORS = {
  SPAN_OUT_OF_RANGE: {
    kind: 'defect',
    message: 'The range {start}..{end} does not lie in a text of {length} code units.',
    remedy: 'Report this with the request id.',
  },
  NOTE_NOT_FOUND: {
    kind: 'not-found',
    message: 'This patient has no note {note}.',
    remedy: 'List the notes of the patient and use one of their ids.',
  },
  NOTE_EMPTY: {
    kind: 'invalid',
    message: 'The note has no text.',
    remedy: 'Send a note with at least one character that is not white space.',
  },
  NOTE_TOO_LARGE: {
    kind: 'invalid',
    message: 'The note has {length} bytes; at most {limit} are read.',
    remedy: 'Split the note, or raise MAX_NOTE_BYTES.',
  },
  NOTE_NOT_TEXT: {
    kind: 'unsupported',
    message: 'The file is not text: it holds binary data.',
    remedy: 'Send plain text in UTF-8.',
  },
  NOTE_ENCODING_UNKNOWN: {
    kind: 'unsupported',
    message: 'The file is not valid UTF-8 (first bad byte at {offset}).',
    remedy: 'Convert the file to UTF-8 and send it again.',
  },
  NOTE_DATE_MISSING: { kind: 'invalid', message: 'The note has no date.', remedy: 'Send "date" as YYYY-MM-DD.' },
  NOTE_DATE_INVALID: {
    kind: 'invalid',
    message: 'The note date is not a calendar date.',
    remedy: 'Send "date" as YYYY-MM-DD.',
  },
  NOTE_DUPLICATE: {
    kind: 'conflict',
    message: 'This note is already stored for the patient as {note}.',
    remedy: 'Nothing to do: the note was stored once.',
  },
  PATIENT_NOT_FOUND: {
    kind: 'not-found',
    message: 'There is no patient {patient}.',
    remedy: 'List the patients and use one of their ids.',
  },
  CONVERSATION_NOT_FOUND: {
    kind: 'not-found',
    message: 'There is no conversation {conversation}.',
    remedy: 'Leave "conversation" out to start a new one.',
  },
  CONVERSATION_OF_OTHER_PATIENT: {
    kind: 'forbidden',
    message: 'The conversation does not belong to this patient.',
    remedy: 'Leave "conversation" out to start a new one.',
  },
  ANSWER_NOT_FOUND: {
    kind: 'not-found',
    message: 'This patient has no answer {answer}.',
    remedy: 'List the conversations of the patient.',
  },
  QUESTION_EMPTY: { kind: 'invalid', message: 'The question has no text.', remedy: 'Type a question.' },
  QUESTION_TOO_LONG: {
    kind: 'invalid',
    message: 'The question has {length} characters; at most {limit} are read.',
    remedy: 'Shorten the question.',
  },
  REQUEST_INVALID: {
    kind: 'invalid',
    message: 'The request does not fit its schema at {path}.',
    remedy: 'See /api/openapi.json for the shape.',
  },
  BODY_NOT_JSON: {
    kind: 'invalid',
    message: 'The request body is not JSON.',
    remedy: 'Send JSON with content type application/json.',
  },
  BODY_TOO_LARGE: {
    kind: 'invalid',
    message: 'The request body is too large; at most {limit} bytes are read.',
    remedy: 'Send a smaller body.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    kind: 'unsupported',
    message: 'This content type is not read here.',
    remedy: 'Send application/json, or text/plain for a note file.',
  },
  HOST_REFUSED: {
    kind: 'forbidden',
    message: 'The Host or Origin of the request is not allowed.',
    remedy: 'Open the address that the server printed, or add the host to ALLOWED_HOSTS.',
  },
  TOKEN_REQUIRED: {
    kind: 'forbidden',
    message: 'An access token is needed.',
    remedy: 'Send "Authorization: Bearer <token>" with the configured ACCESS_TOKEN.',
  },
  RATE_LIMITED: { kind: 'unavailable', message: 'Too many requests.', remedy: 'Wait a minute and try again.' },
  ROUTE_NOT_FOUND: {
    kind: 'not-found',
    message: 'There is nothing at this address.',
    remedy: 'See /api/openapi.json for the addresses.',
  },
  CONFIG_INVALID: {
    kind: 'invalid',
    message: 'The setting {name} is not usable: {reason}.',
    remedy: 'Correct the setting and start again.',
  },
  PORT_IN_USE: {
    kind: 'conflict',
    message: 'Port {port} is in use.',
    remedy: 'Stop the other program or choose another PORT.',
  },
  DATA_DIR_IN_USE: {
    kind: 'conflict',
    message: 'The data folder is in use by process {pid}.',
    remedy: 'Stop the other process or choose another DATA_DIR.',
  },
  DATA_DIR_UNWRITABLE: {
    kind: 'unavailable',
    message: 'The data folder cannot be written.',
    remedy: 'Check its permissions and free space, or choose another DATA_DIR.',
  },
  STORE_FULL: {
    kind: 'unavailable',
    message: 'The disk is full; the note was not stored.',
    remedy: 'Free space and send it again. Everything acknowledged before is kept.',
  },
  STORE_DAMAGED: {
    kind: 'unavailable',
    message: 'The database file is damaged.',
    remedy: 'Restore the data folder from a backup.',
  },
  MODEL_FILE_MISSING: {
    kind: 'unavailable',
    message: 'The model file {file} is missing.',
    remedy: 'Restore pipelines/models from the release.',
  },
  MODEL_FILE_DAMAGED: {
    kind: 'unavailable',
    message: 'The model file {file} does not match its checksum.',
    remedy: 'Restore pipelines/models from the release.',
  },
  MODEL_SCHEMA_UNKNOWN: {
    kind: 'invalid',
    message: 'The model has no schema {schema}.',
    remedy: 'Use one of: {known}.',
  },
  MODEL_WORKER_FAILED: {
    kind: 'unavailable',
    message: 'A model worker stopped.',
    remedy: 'Try again; if it repeats, restart the server.',
  },
  MODEL_OUTPUT_INVALID: {
    kind: 'unavailable',
    message: 'The language model did not answer by its schema.',
    remedy: 'The answer without a language model is shown instead.',
  },
  LANGUAGE_MODEL_UNAVAILABLE: {
    kind: 'unavailable',
    message: 'The language model could not be reached or refused ({reason}).',
    remedy: 'The answer without a language model is shown instead.',
  },
  RULES_DAMAGED: {
    kind: 'unavailable',
    message: 'The rule set {ruleSet} does not match its manifest.',
    remedy: 'Restore pipelines/rules from the release, or run npm run rules.',
  },
  INDEX_DAMAGED: {
    kind: 'defect',
    message: 'The search index is damaged.',
    remedy: 'It is rebuilt from the store at start.',
  },
  VCF_NOT_VCF: {
    kind: 'invalid',
    message: 'The file is not a VCF: {reason}.',
    remedy: 'Send a VCF 4.x file, plain or gzip.',
  },
  VCF_TRUNCATED: { kind: 'invalid', message: 'The compressed VCF ends early.', remedy: 'Send the whole file.' },
  VCF_BUILD_UNSUPPORTED: {
    kind: 'unsupported',
    message: 'The VCF is on {build}; only GRCh38 is read.',
    remedy: 'Lift the file over to GRCh38, or call it again.',
  },
  VCF_SAMPLE_AMBIGUOUS: {
    kind: 'invalid',
    message: 'The VCF holds {count} samples and none was chosen.',
    remedy: 'Name one with "sample".',
  },
  VCF_SAMPLE_UNKNOWN: { kind: 'not-found', message: 'The VCF has no such sample.', remedy: 'Name one of its samples.' },
  VCF_SAMPLE_OF_OTHER_PATIENT: {
    kind: 'conflict',
    message: 'The sample name of the VCF disagrees with this patient.',
    remedy: 'Check the file; confirm with "sample" if it is right.',
  },
  VCF_NO_GENOTYPES: {
    kind: 'invalid',
    message: 'The VCF has no genotypes (GT).',
    remedy: 'Send a file with at least one sample and a GT field.',
  },
  GENOTYPE_UNREADABLE: {
    kind: 'invalid',
    message: 'No genotype could be read from this input.',
    remedy: 'Send a VCF, a report of one gene a line, or FHIR observations.',
  },
  CORPUS_NOT_FOUND: {
    kind: 'not-found',
    message: 'The corpus {name} is not laid out.',
    remedy: 'Lay the corpus out as evals/README.md says, or give --data PATH.',
  },
  INTERNAL: { kind: 'defect', message: 'Something went wrong inside.', remedy: 'Report this with the request id.' },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorDetails = Readonly<Record<string, string | number | readonly string[]>>;

/** The only error class that the product throws on purpose. `details` never hold note text, question text or names. */
export class ClinicalError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super(fill(ERRORS[code].message, details), cause === undefined ? undefined : { cause });
    this.name = 'ClinicalError';
    this.code = code;
    this.kind = ERRORS[code].kind;
    this.details = details;
  }

  /** What the user can do about it. */
  get remedy(): string {
    return fill(ERRORS[this.code].remedy, this.details);
  }
}

function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = details[name];
    return value === undefined ? whole : Array.isArray(value) ? value.join(', ') : String(value);
  });
}
