import { describe, expect, it } from 'vitest';
import { draftedWordsRefusal } from './drafted-words.ts';

const ECHO = 'Echo today: EF 35%.';

describe('a sentence that a language model drafted', () => {
  it('passes where its words stand in what it cites', () => {
    expect(draftedWordsRefusal('The EF was 35%.', ECHO)).toBeNull();
    expect(draftedWordsRefusal('No chest pain.', 'She denies chest pain.')).toBeNull();
  });
  it('is refused with words that the evidence does not hold', () => {
    expect(draftedWordsRefusal('Zebulon also has an EF of 35%.', ECHO)).toBe('words-not-cited');
    expect(draftedWordsRefusal("I'm sorry, but I can't help with that.", ECHO)).toBe('words-not-cited');
  });
  it('is refused where it turns a denial around', () => {
    expect(draftedWordsRefusal('She has chest pain.', 'She denies chest pain.')).toBe('polarity-disagrees');
    expect(draftedWordsRefusal('No allergies: penicillin.', 'Allergies: penicillin.')).toBe('polarity-disagrees');
  });
  it('is refused where it gives the finding to a relative', () => {
    expect(
      draftedWordsRefusal('Her brother is allergic to penicillin.', 'She is allergic to penicillin.'),
    ).not.toBeNull();
  });
});
