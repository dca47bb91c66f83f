import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowsOf } from './windows.ts';

describe('windowsOf', () => {
  it('cuts after the last stop of the second half', () => {
    const stops = new Set([0, 3, 6]);
    expect(windowsOf([1, 1, 1, 1, 1, 1, 1, 1, 1], (word) => stops.has(word), 6)).toEqual([
      { from: 0, to: 4 },
      { from: 4, to: 9 },
    ]);
  });

  it('cuts where it must when the second half has no stop', () => {
    expect(windowsOf([2, 2, 2, 2], (word) => word === 0, 6)).toEqual([
      { from: 0, to: 3 },
      { from: 3, to: 4 },
    ]);
  });

  it('covers every word once and never exceeds the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 })), fc.array(fc.boolean()), (counts, stops) => {
        const windows = windowsOf(counts, (word) => stops[word] ?? false, 12);
        expect(windows.flatMap(({ from, to }) => counts.slice(from, to))).toEqual(counts);
        for (const { from, to } of windows) {
          expect(counts.slice(from, to).reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(12);
        }
      }),
    );
  });
});
