import { describe, expect, it } from 'vitest';
import { asId } from '#pipelines/domain/ids.ts';
import type { NoteId, PatientId } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import type { NoteStore } from '#pipelines/contracts/stores.ts';
import { decodeText, receiveNote } from './receive-note.ts';

const kept: Note[] = [];
const notes = {
  add: async (note: Note) => {
    kept.push(note);
    return { note, duplicate: false };
  },
} as unknown as NoteStore;
const means = { notes, sign: () => ({ actor: 'dr test', at: 'now' }), maxNoteBytes: 1000 };
const draft = (change: Partial<{ date: string | undefined; type: string; text: string }>) => ({
  id: asId<NoteId>('n1'),
  patient: asId<PatientId>('p1'),
  date: '2022-03-12',
  type: 'ED note',
  text: 'Chest pain.',
  ...change,
});
const code = (code_: string) => expect.objectContaining({ code: code_ }) as Error;
const bytes = (...values: number[]) => Uint8Array.from(values);

describe('receiving a note', () => {
  it('keeps the text to the character: line ends, tabs, emoji, a byte order mark', async () => {
    const text = '\uFEFFBP\t120/80\r\nFeels \u{1F642}\r\n  ';
    expect((await receiveNote(draft({ text }), means)).text).toBe(text);
    expect(decodeText(new TextEncoder().encode(text))).toBe(text);
  });

  it('hashes the text in UTF-8', async () => {
    const { sha256 } = await receiveNote(draft({ text: 'abc' }), means);
    expect(sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('asks for a date, and for one that is in the calendar', async () => {
    await expect(receiveNote(draft({ date: undefined }), means)).rejects.toThrow(code('NOTE_DATE_MISSING'));
    for (const date of ['2022-02-30', '12/03/2022', '2022-13-01', '2021-02-29', 'yesterday', '2022-00-10']) {
      await expect(receiveNote(draft({ date }), means)).rejects.toThrow(code('NOTE_DATE_INVALID'));
    }
    expect((await receiveNote(draft({ date: '2020-02-29' }), means)).date).toBe('2020-02-29');
  });

  it('refuses white space, binary data, half characters and too long a text', async () => {
    await expect(receiveNote(draft({ text: ' \r\n\t\uFEFF' }), means)).rejects.toThrow(code('NOTE_EMPTY'));
    await expect(receiveNote(draft({ text: 'GIF89a\0\0' }), means)).rejects.toThrow(code('NOTE_NOT_TEXT'));
    await expect(receiveNote(draft({ text: '\x01\x02\x03abc' }), means)).rejects.toThrow(code('NOTE_NOT_TEXT'));
    await expect(receiveNote(draft({ text: 'pain \uD83D gone' }), means)).rejects.toThrow(
      code('NOTE_ENCODING_UNKNOWN'),
    );
    await expect(receiveNote(draft({ text: 'ü'.repeat(501) }), means)).rejects.toThrow(code('NOTE_TOO_LARGE'));
  });

  it('names the first byte that is not UTF-8', () => {
    const latin1 = bytes(0x46, 0x69, 0xe8, 0x76, 0x72, 0x65);
    expect(() => decodeText(latin1)).toThrow(expect.objectContaining({ details: { offset: 2 } }) as Error);
    expect(() => decodeText(bytes(0x41, 0xc3))).toThrow(expect.objectContaining({ details: { offset: 1 } }) as Error);
    expect(() => decodeText(bytes(0x41, 0xc3))).toThrow(
      expect.objectContaining({ code: 'NOTE_ENCODING_UNKNOWN' }) as Error,
    );
    expect(() => decodeText(bytes(0xff, 0xfe, 0x41, 0x00))).toThrow(code('NOTE_ENCODING_UNKNOWN'));
    expect(() => decodeText(bytes(0x25, 0x50, 0x44, 0x46, 0x00, 0xff))).toThrow(code('NOTE_NOT_TEXT'));
  });

  it('calls a note without a type a note', async () => {
    expect((await receiveNote(draft({ type: ' ' }), means)).type).toBe('note');
    expect((await receiveNote(draft({}), means)).type).toBe('ed note');
  });
});
