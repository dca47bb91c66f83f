import { describe, expect, it } from 'vitest';
import { DOCUMENTED_TREES, SENTENCE_TREES } from '../rules.ts';
import type { Trees } from './trees.ts';
import { chanceOf } from './trees.ts';

const trees: Trees = {
  features: ['reads', 'words'],
  trees: [
    {
      splits: [
        [0, 0.5, -1, 1],
        [1, 12, -2, -3],
      ],
      leaves: [-2, 1, 3],
    },
    { splits: [], leaves: [0.5] },
  ],
};
const chance = (odds: number): number => 1 / (1 + Math.exp(-odds));

describe('trees', () => {
  it('go left up to a threshold and right above it, and add their leaves up to log-odds', () => {
    expect(chanceOf({ reads: 0.5, words: 40 }, trees)).toBeCloseTo(chance(-1.5), 9);
    expect(chanceOf({ reads: 0.6, words: 12 }, trees)).toBeCloseTo(chance(1.5), 9);
    expect(chanceOf({ reads: 0.6, words: 13 }, trees)).toBeCloseTo(chance(3.5), 9);
  });

  it('take a feature that is not there for 0', () => {
    expect(chanceOf({}, trees)).toBeCloseTo(chance(-1.5), 9);
  });

  it.each([
    ['sentence', SENTENCE_TREES],
    ['documented', DOCUMENTED_TREES],
  ])('that ship for "%s" lead from every split to a leaf', (_, { features, trees: shipped }) => {
    expect(shipped.length).toBeGreaterThan(0);
    for (const { splits, leaves } of shipped) {
      const seen = new Set<number>();
      for (const [at, [feature, , ...ways]] of splits.entries()) {
        expect(features[feature]).toBeDefined();
        for (const way of ways) {
          expect(way < 0 ? ~way < leaves.length : way > at && way < splits.length).toBe(true);
          seen.add(way);
        }
      }
      expect(seen.size).toBe(2 * splits.length);
    }
  });
});
