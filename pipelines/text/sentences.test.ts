import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from './sentences.ts';

const read = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  it('ends no sentence at titles, decimals, initials and dosing abbreviations', () => {
    const sentences = [
      'Seen by Dr. A. Okafor at 9 a.m. for INR 2.5.',
      'Takes warfarin 2.5 mg p.o. b.i.d. and aspirin.',
    ];
    expect(read(sentences.join(' '))).toEqual(sentences);
  });

  it('ends a sentence at a dosing abbreviation before a capital', () => {
    expect(read('Apixaban 5 mg b.i.d. Continue aspirin.')).toEqual(['Apixaban 5 mg b.i.d.', 'Continue aspirin.']);
  });

  it('divides careless notes without capitals', () => {
    expect(read('no cp. no sob. continue meds.')).toEqual(['no cp.', 'no sob.', 'continue meds.']);
  });

  it('makes each item of a list a sentence', () => {
    expect(read('Plan\n1. Stop lisinopril\n2. BMP in 2 wk\n- call if cough')).toEqual([
      'Plan',
      '1. Stop lisinopril',
      '2. BMP in 2 wk',
      '- call if cough',
    ]);
  });

  it('joins a line that was wrapped, and keeps short lines apart', () => {
    const wrapped = 'The patient was admitted with three days of fever, productive\ncough and pleuritic pain.';
    expect(read(wrapped)).toEqual([wrapped]);
    expect(read('HTN\r\nasthma')).toEqual(['HTN', 'asthma']);
  });

  it('keeps the name of an organism whole', () => {
    expect(read('Cultures grew E. coli and S. aureus. Sensitive to nitrofurantoin.')).toEqual([
      'Cultures grew E. coli and S. aureus.',
      'Sensitive to nitrofurantoin.',
    ]);
  });

  it('divides a very long sentence at its semicolons', () => {
    const clause = 'gabapentin 300 mg three times a day for neuropathic pain in both feet, tolerated well';
    expect(read(`${clause}; ${clause}; ${clause}`)).toHaveLength(3);
    expect(read('fever; chills')).toEqual(['fever; chills']);
  });

  it('returns ranges in order that hold every character but white space', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'B', '.', ' ', '\n', '\r\n', '1', ';', '😀', '\ud83d', '-') }),
        (text) => {
          let at = 0;
          for (const { start, end } of splitSentences(text)) {
            expect(text.slice(at, start)).toMatch(/^\s*$/);
            expect(text.slice(start, end)).toMatch(/^\S[^]*\S$|^\S$/);
            at = end;
          }
          expect(text.slice(at)).toMatch(/^\s*$/);
        },
      ),
    );
  });
});
