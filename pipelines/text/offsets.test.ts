import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetMap } from './offsets.ts';

describe('offsetMap', () => {
  it('counts an emoji as one code point and two code units, beside CR LF', () => {
    const { toCodePoint, toCodeUnit } = offsetMap('😀\r\nfever');
    expect(toCodePoint(4)).toBe(3);
    expect(toCodeUnit(3)).toBe(4);
  });

  it('agrees with counting the characters one by one, lone surrogates included', () => {
    const text = fc.array(fc.constantFrom('a', '😀', '\ud83d', '\udc00', '\n', 'é')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (value) => {
        const { toCodePoint, toCodeUnit } = offsetMap(value);
        let unit = 0;
        [...value].forEach((character, point) => {
          expect(toCodePoint(unit)).toBe(point);
          expect(toCodeUnit(point)).toBe(unit);
          unit += character.length;
        });
        expect(toCodeUnit([...value].length)).toBe(value.length);
      }),
    );
  });

  it('refuses a position outside the text', () => {
    expect(() => offsetMap('😀').toCodeUnit(2)).toThrow(RangeError);
    expect(() => offsetMap('a').toCodeUnit(-1)).toThrow(RangeError);
  });
});
