import { z } from 'zod';
import { assertion, coding, id, isoDate, list, probability, provenance, textRange } from './common.ts';

export const noteState = z.enum(['queued', 'read', 'failed']);

/** Lengths and emptiness are judged by the ingest flow, so that each has its own error code. */
export const createNoteRequest = z.object({
  date: z.string().optional().meta({ description: 'The day the note was written, YYYY-MM-DD; required' }),
  type: z.string().max(200).optional().meta({ description: 'Kind of note, for example "discharge summary"' }),
  text: z.string(),
});
/** Beside a text/plain body. */
export const createNoteQuery = z.object({
  wait: z.enum(['true', 'false']).optional().meta({ description: 'false: answer 202 as soon as the note is stored' }),
  date: z.string().optional(),
  type: z.string().max(200).optional(),
});
export const createNoteResponse = z.object({ id, state: noteState });

export const noteSummary = z.object({
  id,
  date: isoDate,
  type: z.string(),
  state: noteState,
  /** UTF-16 code units. */
  length: z.number().int(),
  words: z.number().int(),
});
export const listNotesResponse = z.object({ notes: list(noteSummary) });

export const flag = z.enum(['neg', 'unc', 'hyp', 'hist', 'fam']);
export const medicationAction = z.enum(['start', 'stop', 'increase', 'decrease', 'hold', 'continue', 'allergy']);

export const entity = textRange.extend({
  id: z.string(),
  label: z.string(),
  score: probability,
  flags: list(flag),
  ruleFlags: list(flag).optional(),
  cues: list(textRange.extend({ flag })).optional(),
  action: medicationAction.nullable(),
  concepts: list(coding).optional(),
  assertion,
});
export const relation = z.object({
  type: z.enum(['of', 'for', 'by', 'shows']),
  head: z.string().meta({ description: 'The dependent' }),
  tail: z.string().meta({ description: 'What the head points at' }),
  score: probability,
});
export const section = textRange.extend({ category: z.string(), title: textRange.nullable() });

export const getNoteResponse = z.object({
  note: z.object({ id, date: isoDate, type: z.string(), text: z.string(), sha256: z.string() }),
  state: noteState,
  /** Empty layers while the note is queued. */
  sections: list(section),
  sentences: list(textRange),
  entities: list(entity),
  relations: list(relation),
  /** Release that wrote the layers; null while the note is not read. */
  pipeline: z.string().nullable(),
  by: list(provenance),
});

/** Answers that cite a range of the note. */
export const noteUsesQuery = z.object({
  start: z.coerce.number().int().min(0),
  end: z.coerce.number().int().min(0),
});
export const noteUsesResponse = z.object({
  answers: list(z.object({ id, conversation: id, question: z.string(), status: z.enum(['answered', 'abstained']) })),
});

export type NoteState = z.infer<typeof noteState>;
export type CreateNoteRequest = z.infer<typeof createNoteRequest>;
export type CreateNoteResponse = z.infer<typeof createNoteResponse>;
export type NoteSummary = z.infer<typeof noteSummary>;
export type ListNotesResponse = z.infer<typeof listNotesResponse>;
export type NoteEntity = z.infer<typeof entity>;
export type NoteRelation = z.infer<typeof relation>;
export type NoteSection = z.infer<typeof section>;
export type GetNoteResponse = z.infer<typeof getNoteResponse>;
export type NoteUsesResponse = z.infer<typeof noteUsesResponse>;
