import { describe, expect, it } from 'vitest';
import { ageOn, dayNumber, formatDate, formatRange, isoOfDay, monthsBefore } from './dates.ts';

describe('formatDate', () => {
  it.each([
    ['2022-03-12', '12 Mar 2022'],
    ['2022-03', 'Mar 2022'],
    ['2022', '2022'],
    ['2021-12-01T10:00:00.000Z', '1 Dec 2021'],
    [null, 'undated'],
    ['last spring', 'last spring'],
  ])('writes %s as %s', (iso, shown) => expect(formatDate(iso)).toBe(shown));
});

it('counts age in whole years, on the birthday too', () => {
  expect(ageOn('2001-05-03', '2019-05-02')).toBe(17);
  expect(ageOn('2001-05-03', '2019-05-03')).toBe(18);
  expect(ageOn(null, '2019-05-03')).toBeNull();
});

it('spans a partial date from its first to its last day', () => {
  expect(isoOfDay(dayNumber('2020-02'))).toBe('2020-02-01');
  expect(isoOfDay(dayNumber('2020-02', 'end'))).toBe('2020-02-29');
  expect(isoOfDay(dayNumber('2020', 'end'))).toBe('2020-12-31');
});

it('words a period with what is known of it', () => {
  expect(formatRange('2020', '2021-03')).toBe('2020 to Mar 2021');
  expect(formatRange('2020-01-02', null)).toBe('since 2 Jan 2020');
  expect(formatRange(null, '2019')).toBe('until 2019');
  expect(formatRange(null, null)).toBe('undated');
});

it('goes back by months without spilling into the next one', () => {
  expect(monthsBefore('2022-03-31', 1)).toBe('2022-02-28');
  expect(monthsBefore('2022-03-12', 12)).toBe('2021-03-12');
});
