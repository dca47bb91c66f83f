import { describe, expect, it } from 'vitest';
import type { ResultItem } from '#server/contract/index.ts';
import { aCitation } from '../testing/fixtures.ts';
import { plotOf } from './result-plot.ts';
import { resultSeries } from './summary.ts';

/** A weight as a note writes it, with what the server makes of it. */
function aWeight(date: string, value: string, unit: string | null, kilograms: number | null): ResultItem {
  const numbers = [Number(value)];
  const quantity = kilograms === null ? null : { value: kilograms, unit: 'kg' };
  const when = { start: date, end: date, precision: 'day' as const, anchor: 'note-date' as const };
  const asserted = { firstAsserted: date, lastAsserted: date, lastIndependentlyAsserted: date };
  const fact = { id: date, concept: 'body weight', display: 'Weight', codes: [], contextUncertain: false, ...asserted };
  const read = { test: 'body weight', value, numbers, unit, quantity, date, when, referenceRange: null, flag: null };
  return { ...fact, ...read, status: 'reported', evidence: [aCitation('lisinopril')] };
}
const values = (...items: ResultItem[]): (number | null)[] =>
  plotOf(resultSeries(items)[0]!).points.map(({ value }) => value);

describe('a plot of results', () => {
  it('stands as written where all share a unit', () => {
    expect(values(aWeight('2022-01-01', '182', 'lb', 82.55), aWeight('2022-02-01', '180', 'lb', 81.65))).toEqual([
      182, 180,
    ]);
  });
  it('stands in the unit of the test where units differ', () => {
    const items = [aWeight('2022-01-01', '182', 'lbs', 82.55), aWeight('2022-02-01', '80', 'kg', 80)];
    expect(values(...items)).toEqual([82.55, 80]);
    expect(plotOf(resultSeries(items)[0]!)).toMatchObject({ unit: 'kg', left: 0 });
  });
  it('leaves out a number whose unit nobody wrote, and says how many', () => {
    const items = [aWeight('2022-01-01', '182', null, null), aWeight('2022-02-01', '80', 'kg', 80)];
    expect(plotOf(resultSeries(items)[0]!)).toMatchObject({ left: 1, points: [{ value: 80 }] });
  });
});
