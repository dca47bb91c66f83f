import { describe, expect, it } from 'vitest';
import { contrastRatio, distance, mix, VISIONS } from './contrast.ts';
import { DARK_HUES, HUE_NAMES, hueOf, LIGHT_HUES, PAGE, TINT } from './label-hues.ts';

const schemes = [
  { name: 'light', hues: LIGHT_HUES, page: PAGE.light, tint: TINT.light },
  { name: 'dark', hues: DARK_HUES, page: PAGE.dark, tint: TINT.dark },
] as const;

describe.each(schemes)('hues of marks, $name', ({ hues, page, tint }) => {
  it.each(HUE_NAMES)('%s is readable on its tint and on the page', (name) => {
    const colour = hues[name];
    expect(contrastRatio(colour, page)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(colour, mix(colour, page, tint))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(VISIONS)('no two look alike in %s vision', (vision) => {
    const pairs = HUE_NAMES.flatMap((a, i) => HUE_NAMES.slice(i + 1).map((b) => [a, b] as const));
    const near = pairs.filter(([a, b]) => distance(hues[a], hues[b], vision) < 0.05);
    expect(near).toEqual([]);
  });
});

it('gives a dose the hue of its medication and an unknown label the neutral one', () => {
  expect(hueOf('Dose')).toBe(hueOf('Medication'));
  expect(hueOf('SomethingElse')).toBe('time');
});
