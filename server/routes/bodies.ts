import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import type { RequestHandler } from 'express';
import multer from 'multer';
import { ClinicalError } from '#pipelines/errors.ts';
import { decodeText } from '#server/flows/receive-note.ts';

const SMALL = 1_000_000;

type Verify = (request: IncomingMessage, response: ServerResponse, bytes: Buffer, encoding: string) => void;

/** JSON is UTF-8: without this, bytes that are not would be kept as replacement characters, silently. */
export const onlyUtf8: Verify = (_request, _response, bytes, encoding) => {
  if (encoding === 'utf-8' && !isUtf8(bytes)) throw new ClinicalError('BODY_NOT_JSON');
};

const noteInUtf8: Verify = (_request, _response, bytes, encoding) => {
  if (encoding === 'utf-8' && !isUtf8(bytes)) decodeText(bytes);
};

/** Reads a JSON body sent as application/json; any other content type is refused. */
export function jsonBody(limit = SMALL): RequestHandler[] {
  const json = express.json({ limit, strict: true, verify: onlyUtf8 });
  return [onlyAs('application/json'), withLimit(json, limit)];
}

/** What a parser says of a body above its limit, in words that do not speak of a note. */
export function withLimit(parser: RequestHandler, limit: number): RequestHandler {
  return (request, response, next) => {
    void parser(request, response, (error?: unknown) => {
      next(isTooLarge(error) ? new ClinicalError('BODY_TOO_LARGE', { limit }, error) : error);
    });
  };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'entity.too.large';
}

/**
 * Reads a note: JSON {date, type, text}; or a text file as text/plain with `date` and `type` in the query; or the same
 * as multipart/form-data with the fields `file`, `date` and `type`. All end as the body {date, type, text}.
 */
export function noteBody(maxNoteBytes: number): RequestHandler[] {
  // Escapes make JSON up to six times as long as the text; the text itself is measured by the flow.
  const json = express.json({ limit: maxNoteBytes * 6 + SMALL, strict: true, verify: noteInUtf8 });
  const plain = express.raw({ type: 'text/plain', limit: maxNoteBytes });
  const form = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxNoteBytes, files: 1, fields: 10, fieldSize: SMALL },
  }).single('file');
  const accepted = onlyAs('application/json', 'text/plain', 'multipart/form-data');
  return [accepted, json, plain, formOf(form, maxNoteBytes), fileAsNote];
}

/** A form that is cut off, has no boundary, or holds other parts than it should is the sender's mistake, not ours. */
function formOf(form: RequestHandler, limit: number): RequestHandler {
  return (request, response, next) => {
    void form(request, response, (error?: unknown) => {
      if (error === undefined || error === null) next();
      else if (error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE')
        next(new ClinicalError('NOTE_TOO_LARGE', { length: `more than ${limit}`, limit }, error));
      else next(new ClinicalError('REQUEST_INVALID', { path: 'body' }, error));
    });
  };
}

function onlyAs(...types: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    next(request.is([...types]) ? undefined : new ClinicalError('MEDIA_TYPE_UNSUPPORTED'));
  };
}

const fileAsNote: RequestHandler = (request, _response, next) => {
  if (request.is('text/plain')) {
    const bytes: unknown = request.body;
    const { date, type } = request.query;
    request.body = { date, type, text: Buffer.isBuffer(bytes) ? decodeText(bytes) : '' };
  } else if (request.is('multipart/form-data')) {
    const fields = request.body as { date?: string; type?: string } | undefined;
    if (fields === undefined) throw new ClinicalError('REQUEST_INVALID', { path: 'body' });
    request.body = { date: fields.date, type: fields.type, text: request.file ? decodeText(request.file.buffer) : '' };
  }
  next();
};
