import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from './words.ts';

const read = (text: string): string[] => wordsOf(text).map(({ start, end }) => text.slice(start, end));
/** Texts with what breaks offsets: CR LF, tabs, NUL, emoji, other scripts, halves of surrogate pairs. */
const awkward = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '\r\n',
        '\n',
        '\n \n',
        '\t',
        '\0',
        '😀',
        'e\u0301',
        'жар',
        '発熱',
        '\ud83d',
        '\udc00',
        '2.5 mg',
        ' ',
      ),
    ),
  )
  .map((parts) => parts.join(''));

describe('wordsOf', () => {
  it('splits a dose into number, stop, number and unit', () => {
    expect(read('warfarin 2.5 mg')).toEqual(['warfarin', '2', '.', '5', 'mg']);
  });

  it('counts a newline as a word and blank lines with the indent after them as one', () => {
    expect(wordsOf('PMH:\nHTN\n \n\n  DM').map(({ form }) => form)).toEqual([
      'word',
      'word',
      'line',
      'word',
      'blank',
      'word',
    ]);
  });

  it('lets a carriage return separate words without being one', () => {
    expect(read('HTN\r\nDM')).toEqual(['HTN', '\n', 'DM']);
  });

  it('keeps combining marks in their word and an emoji in one piece', () => {
    expect(read('cafe\u0301 😀')).toEqual(['cafe\u0301', '😀']);
  });

  it('places every character that is not white space in exactly one word, in order', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        let at = 0;
        for (const { start, end } of wordsOf(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(at, start)).toMatch(/^\s*$/);
          at = end;
        }
        expect(text.slice(at)).toMatch(/^\s*$/);
      }),
    );
  });
});
