import { createHash } from 'node:crypto';
import type { NoteStore } from '#pipelines/contracts/stores.ts';
import type { NoteId, PatientId } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import type { Signature } from './clock.ts';

export interface NoteDraft {
  readonly id: NoteId;
  readonly patient: PatientId;
  readonly date: string | undefined;
  readonly type: string | undefined;
  readonly text: string;
}

/**
 * Checks, hashes and stores a note. When this returns, the note is on disk.
 *
 * @throws ClinicalError `NOTE_EMPTY`, `NOTE_TOO_LARGE`, `NOTE_NOT_TEXT`, `NOTE_ENCODING_UNKNOWN`, `NOTE_DATE_MISSING`,
 * `NOTE_DATE_INVALID`, `NOTE_DUPLICATE` (the note was stored before), `STORE_FULL`
 */
export async function receiveNote(
  draft: NoteDraft,
  means: { readonly notes: NoteStore; readonly sign: Signature; readonly maxNoteBytes: number },
): Promise<Note> {
  const note: Note = {
    id: draft.id,
    patient: draft.patient,
    type: (draft.type ?? '').trim().toLowerCase() || 'note',
    date: calendarDate(draft.date),
    text: checkedText(draft.text, means.maxNoteBytes),
    sha256: createHash('sha256').update(draft.text, 'utf8').digest('hex'),
  };
  const stored = await means.notes.add(note, means.sign());
  if (stored.duplicate) throw duplicateOf(stored.note);
  return stored.note;
}

/**
 * Reads the bytes of an uploaded text file as UTF-8, exactly: a byte order mark and line ends stay.
 *
 * @throws ClinicalError `NOTE_NOT_TEXT`, `NOTE_ENCODING_UNKNOWN`
 */
export function decodeText(bytes: Uint8Array): string {
  const isUtf16 =
    bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff));
  if (isUtf16) throw new ClinicalError('NOTE_ENCODING_UNKNOWN', { offset: 0 });
  if (bytes.includes(0)) throw new ClinicalError('NOTE_NOT_TEXT');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ClinicalError('NOTE_ENCODING_UNKNOWN', { offset: firstBadByte(bytes) });
  }
}

function calendarDate(date: string | undefined): string {
  if (date === undefined || date.trim() === '') throw new ClinicalError('NOTE_DATE_MISSING');
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date.trim());
  const [year, month, day] = (match ?? []).slice(1).map(Number);
  const isDay = day !== undefined && month! >= 1 && month! <= 12 && day >= 1 && day <= daysIn(year!, month!);
  if (!isDay) throw new ClinicalError('NOTE_DATE_INVALID');
  return date.trim();
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function checkedText(text: string, limit: number): string {
  const length = Buffer.byteLength(text, 'utf8');
  if (length > limit) throw new ClinicalError('NOTE_TOO_LARGE', { length, limit });
  if (text.includes('\0') || isMostlyControl(text)) throw new ClinicalError('NOTE_NOT_TEXT');
  const halfCharacter = text.search(LONE_SURROGATE);
  if (halfCharacter >= 0) throw new ClinicalError('NOTE_ENCODING_UNKNOWN', { offset: halfCharacter });
  if (text.replace(/\uFEFF/g, '').trim() === '') throw new ClinicalError('NOTE_EMPTY');
  return text;
}

/** More than one character in ten is a control character other than tab, line end, form feed or escape. */
function isMostlyControl(text: string): boolean {
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 9 || (code > 13 && code < 32 && code !== 27)) controls++;
  }
  return controls * 10 > text.length;
}

/** Half of a character outside the basic plane: it cannot be written in UTF-8, so the text could not be kept exactly. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Where the first sequence that is not UTF-8 begins: by halving, then back over a character that was begun. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    if (isUtf8(bytes.subarray(0, middle), { mayEndWithin: true })) good = middle;
    else bad = middle;
  }
  while (good > 0 && !isUtf8(bytes.subarray(0, good), { mayEndWithin: false })) good--;
  return good;
}

function isUtf8(bytes: Uint8Array, { mayEndWithin }: { readonly mayEndWithin: boolean }): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: mayEndWithin });
    return true;
  } catch {
    return false;
  }
}

function duplicateOf(note: Note): ClinicalError {
  return new ClinicalError('NOTE_DUPLICATE', {
    note: note.id,
    location: `/api/v1/patients/${note.patient}/notes/${note.id}`,
  });
}
