import express from 'express';
import type { RequestHandler } from 'express';
import multer from 'multer';
import { ClinicalError } from '#pipelines/errors.ts';
import { decodeText } from '#server/flows/receive-note.ts';

const SMALL = 1_000_000;

/** Reads a JSON body sent as application/json; any other content type is refused. */
export function jsonBody(limit = SMALL): RequestHandler[] {
  return [onlyAs('application/json'), express.json({ limit, strict: true })];
}

/**
 * Reads a note: JSON {date, type, text}; or a text file as text/plain with `date` and `type` in the query; or the same
 * as multipart/form-data with the fields `file`, `date` and `type`. All end as the body {date, type, text}.
 */
export function noteBody(maxNoteBytes: number): RequestHandler[] {
  // Escapes make JSON up to six times as long as the text; the text itself is measured by the flow.
  const json = express.json({ limit: maxNoteBytes * 6 + SMALL, strict: true });
  const plain = express.raw({ type: 'text/plain', limit: maxNoteBytes });
  const form = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxNoteBytes, files: 1, fields: 10, fieldSize: SMALL },
  }).single('file');
  return [onlyAs('application/json', 'text/plain', 'multipart/form-data'), json, plain, form, fileAsNote];
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
    const fields = request.body as { date?: string; type?: string };
    request.body = { date: fields.date, type: fields.type, text: request.file ? decodeText(request.file.buffer) : '' };
  }
  next();
};
