import { describe, expect, it } from 'vitest';
import { WordPiece } from './word-piece.ts';

const PIECES = ['[PAD]', '[UNK]', '[CLS]', 'warf', '##arin', '##a', 'cafe', 'x', '##x'];
const wordPiece = new WordPiece(PIECES);
const read = (word: string): string[] => wordPiece.encode(word).map((id) => PIECES[id]!);

describe('WordPiece', () => {
  it('takes the longest piece first', () => {
    expect(read('Warfarin')).toEqual(['warf', '##arin']);
  });

  it('leaves accents out, whether composed or combining', () => {
    expect(read('café')).toEqual(['cafe']);
    expect(read('cafe\u0301')).toEqual(['cafe']);
  });

  it('gives [UNK] for a word that no pieces make up, and for one of more than 64 characters', () => {
    expect(read('warfz')).toEqual(['[UNK]']);
    expect(read('x'.repeat(64))).toHaveLength(12);
    expect(read('x'.repeat(65))).toEqual(['[UNK]']);
  });

  it('gives [UNK] for a lone half of a surrogate pair', () => {
    expect(read('\ud83d')).toEqual(['[UNK]']);
  });

  it('says which special token the vocabulary lacks', () => {
    expect(wordPiece.special('[CLS]')).toBe(2);
    expect(() => wordPiece.special('[SEP]')).toThrow(RangeError);
  });
});
