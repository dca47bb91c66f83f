/** Converts positions in a text between UTF-16 code units (ours) and Unicode code points (Python's, BRAT's). */
export interface OffsetMap {
  /** @throws RangeError for a position outside the text. */
  toCodeUnit(codePoint: number): number;
  /** A position in the middle of a surrogate pair counts as the pair's own. */
  toCodePoint(codeUnit: number): number;
}

/** Builds the map of one text; texts without characters beyond the basic plane cost nothing. */
export function offsetMap(text: string): OffsetMap {
  const pairs = surrogatePairs(text);
  const limit = (at: number, length: number): number => {
    if (!(Number.isInteger(at) && at >= 0 && at <= length)) throw new RangeError('The position is outside the text.');
    return at;
  };
  return {
    toCodeUnit: (codePoint) => {
      limit(codePoint, text.length - pairs.length);
      // The i-th pair starts at code point `pairs[i] - i`; every pair before the position adds one code unit.
      return codePoint + countWhere(pairs, (start, index) => start - index < codePoint);
    },
    toCodePoint: (codeUnit) => {
      limit(codeUnit, text.length);
      return codeUnit - countWhere(pairs, (start) => start + 1 <= codeUnit);
    },
  };
}

/** Code units at which surrogate pairs start, ascending. A lone surrogate is a character by itself. */
function surrogatePairs(text: string): number[] {
  return [...text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)].map((match) => match.index);
}

/** Number of leading items for which `test` holds; it must not hold again after it failed. */
function countWhere(items: readonly number[], test: (item: number, index: number) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(items[middle]!, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
