import { describe, expect, it } from 'vitest';
import type { Linkable } from './link-entities.ts';
import { distanceBucket, linkEntities } from './link-entities.ts';

const flat = new Array<number>(32).fill(0);
const settings = {
  dimension: 1,
  bias: [flat, flat, flat, flat],
  thresholds: { of: 0.5, for: 0.5, by: 0.5, shows: 0.5 },
};
/** Rows in which every product is the number given for the target's word. */
const rows = (ofTarget: Readonly<Record<number, number>>) => ({
  dependent: () => Float32Array.of(1, 1, 1, 1),
  target: (word: number) => new Float32Array(4).fill(ofTarget[word] ?? -9),
});
const entity = (id: string, label: string, from: number): Linkable => ({ id, label, from });

describe('linkEntities', () => {
  it('gives a dose its best medication alone, and a time every event', () => {
    const entities = [
      entity('m1', 'Medication', 0),
      entity('d', 'Dose', 1),
      entity('m2', 'Medication', 2),
      entity('w', 'Time', 3),
    ];
    const links = linkEntities(entities, rows({ 0: 1, 2: 2 }), settings);
    expect(links.map(({ head, tail }) => `${head}-${tail}`)).toEqual(['d-m2', 'w-m1', 'w-m2']);
  });

  it('links no pair that the guideline does not allow', () => {
    const entities = [entity('v', 'Value', 0), entity('c', 'Condition', 1), entity('f', 'Frequency', 2)];
    expect(linkEntities(entities, rows({ 0: 9, 1: 9, 2: 9 }), settings)).toEqual([]);
  });

  it('links nothing over more than 120 words', () => {
    const far = (distance: number) => [entity('t', 'Test', 0), entity('v', 'Value', distance)];
    expect(linkEntities(far(120), rows({ 0: 9 }), settings)).toHaveLength(1);
    expect(linkEntities(far(121), rows({ 0: 9 }), settings)).toHaveLength(0);
  });

  it('finds the same links whatever the order of given entities', () => {
    const entities = [entity('m', 'Medication', 5), entity('d', 'Dose', 6), entity('w', 'Time', 1)];
    const pairs = (list: Linkable[]) =>
      linkEntities(list, rows({ 5: 3 }), settings)
        .map(({ head, tail }) => `${head}-${tail}`)
        .sort();
    expect(pairs([...entities].reverse())).toEqual(pairs(entities));
  });
});

describe('distanceBucket', () => {
  it('keeps direction apart and grows with the logarithm of the distance', () => {
    expect([-120, -4, -1, 0, 1, 4, 120].map(distanceBucket)).toEqual([13, 4, 0, 16, 16, 20, 29]);
  });
});
