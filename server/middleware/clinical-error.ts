import { ClinicalError } from '#pipelines/errors.ts';

/** What body-parser says of a request that it cannot read. */
const CODE_OF_PARSER_ERROR: Readonly<Record<string, (error: ParserError) => ClinicalError>> = {
  'entity.parse.failed': () => new ClinicalError('BODY_NOT_JSON'),
  'entity.verify.failed': () => new ClinicalError('BODY_NOT_JSON'),
  'encoding.unsupported': () => new ClinicalError('MEDIA_TYPE_UNSUPPORTED'),
  'charset.unsupported': () => new ClinicalError('MEDIA_TYPE_UNSUPPORTED'),
  'entity.too.large': tooLarge,
};

interface ParserError {
  readonly type?: string;
  readonly length?: number;
  readonly limit?: number;
}

/** Any thrown value as a clinical error; what is not known becomes `INTERNAL` and keeps its cause. */
export function toClinicalError(error: unknown): ClinicalError {
  if (error instanceof ClinicalError) return error;
  const parser = (typeof error === 'object' && error !== null ? error : {}) as ParserError & { status?: number };
  const known = CODE_OF_PARSER_ERROR[parser.type ?? ''];
  if (known) return known(parser);
  if (error instanceof URIError || parser.status === 400)
    return new ClinicalError('REQUEST_INVALID', { path: 'request' }, error);
  return new ClinicalError('INTERNAL', {}, error);
}

function tooLarge({ length, limit = 0 }: ParserError): ClinicalError {
  return new ClinicalError('NOTE_TOO_LARGE', { length: length ?? `more than ${limit}`, limit });
}

/** Where an error came from, without its message, which might quote what was being read. */
export function framesOf(error: unknown): readonly string[] {
  const stacks: string[] = [];
  for (let at: unknown = error; at instanceof Error && stacks.length < 5; at = at.cause) {
    stacks.push(
      `${at.name}`,
      ...(at.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 6),
    );
  }
  return stacks.map((line) => line.trim());
}
