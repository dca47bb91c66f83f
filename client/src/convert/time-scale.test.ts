import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber } from './dates.ts';
import { lastDays, panned, percent, ticksOf, zoomed } from './time-scale.ts';

const extent = { from: dayNumber('2019-01-01'), to: dayNumber('2023-01-01') };

describe('the window of the timeline', () => {
  it('keeps the day under the pointer in place when zoomed in the middle', () => {
    const about = dayNumber('2021-01-01');
    const next = zoomed(extent, 0.5, about, extent);
    expect(percent(about, next)).toBeCloseTo(percent(about, extent), 6);
  });

  it('never leaves the chart and never gets shorter than a week', () => {
    const step = fc.record({
      factor: fc.double({ min: 0.2, max: 3, noNaN: true }),
      share: fc.double({ min: -2, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let window = extent;
        for (const { factor, share } of steps) {
          window = panned(zoomed(window, factor, (window.from + window.to) / 2, extent), share, extent);
          expect(window.from).toBeGreaterThanOrEqual(extent.from - 1e-6);
          expect(window.to).toBeLessThanOrEqual(extent.to + 1e-6);
          expect(window.to - window.from).toBeGreaterThan(6.99);
        }
      }),
    );
  });

  it('shows the last year on demand', () => {
    expect(lastDays(365, extent)).toEqual({ from: extent.to - 365, to: extent.to });
  });
});

describe('ticks', () => {
  it('are years over years, months over months and days over days', () => {
    expect(ticksOf(extent).map(({ text }) => text)).toEqual(expect.arrayContaining(['2020', '2022']));
    expect(ticksOf({ from: dayNumber('2022-01-15'), to: dayNumber('2022-07-15') })[0]!.text).toBe('Feb 2022');
    expect(ticksOf({ from: dayNumber('2022-03-01'), to: dayNumber('2022-03-08') })[0]!.text).toBe('1 Mar 2022');
  });

  it('are few enough to read, however long the chart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 40_000 }), (days) => {
        expect(ticksOf({ from: 0, to: days }).length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
