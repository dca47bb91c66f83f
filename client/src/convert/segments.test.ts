import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoteEntity } from '#server/contract/index.ts';
import { findInText, lineSegments, noteLines } from './segments.ts';

function mark(id: string, start: number, end: number): NoteEntity {
  return {
    id,
    start,
    end,
    label: 'Finding',
    score: 1,
    flags: [],
    action: null,
    assertion: { existence: 'present', temporality: 'current', experiencer: 'patient' },
  };
}

const join = (text: string, entities: NoteEntity[]): string =>
  noteLines(text, entities)
    .flatMap((line) => lineSegments(line, null, []))
    .map((segment) => segment.text)
    .join('');

describe('a note as lines and segments', () => {
  it('keeps every character, whatever the line breaks and marks', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', '\t', '😀', 'é', '\r') });
    fc.assert(
      fc.property(text, fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))), (written, places) => {
        const marks = places
          .filter(([start]) => start < written.length)
          .map(([start, length], i) => mark(`e${i}`, start, Math.min(written.length, start + length)))
          .sort((a, b) => a.start - b.start);
        expect(join(written, marks)).toBe(written);
      }),
    );
  });

  it('shows the inner of two nested marks and continues the outer one after it', () => {
    const [line] = noteLines('left hip pain', [mark('outer', 0, 13), mark('inner', 5, 8)]);
    const shown = lineSegments(line!, null, []).map(({ text, entity }) => [text, entity?.id]);
    expect(shown).toEqual([
      ['left ', 'outer'],
      ['hip', 'inner'],
      [' pain', 'outer'],
    ]);
  });

  it('carries a mark over a line break and begins it only once', () => {
    const segments = noteLines('chest\npain today', [mark('e', 0, 10)]).flatMap((line) => lineSegments(line, null, []));
    expect(segments.filter((segment) => segment.entity?.id === 'e').map(({ text, head }) => [text, head])).toEqual([
      ['chest\n', true],
      ['pain', false],
    ]);
  });

  it('cuts at a citation that starts inside a mark', () => {
    const [line] = noteLines('no chest pain', [mark('e', 3, 13)]);
    const cited = lineSegments(line!, { start: 9, end: 13 }, []).filter((segment) => segment.cited);
    expect(cited.map((segment) => segment.text)).toEqual(['pain']);
  });
});

describe('find in note', () => {
  it('ignores case and the kind of white space, and takes signs literally', () => {
    expect(findInText('INR 2.5\nand inr 245', 'inr 2.5')).toEqual([{ start: 0, end: 7 }]);
    expect(findInText('chest\n pain', 'chest pain')).toEqual([{ start: 0, end: 11 }]);
    expect(findInText('BP (sitting)', '(SIT')).toEqual([{ start: 3, end: 7 }]);
  });

  it('keeps offsets where lower case is longer than upper case', () => {
    expect(findInText('İİ pain', 'PAIN')).toEqual([{ start: 3, end: 7 }]);
  });
});
