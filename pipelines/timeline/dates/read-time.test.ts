import { describe, expect, it } from 'vitest';
import { readTime } from './read-time.ts';
import type { TimeContext } from './time-context.ts';

const MONDAY_20_MAY_2024: TimeContext = {
  noteDate: '2024-05-20',
  birthDate: '1950-06-15',
  order: 'mdy',
  admission: '2024-05-17',
  discharge: null,
  surgery: '2024-05-18',
  previous: null,
  dayOfLine: null,
  preceding: '',
  following: '',
  planned: false,
  family: false,
};

function read(words: string, context: Partial<TimeContext> = {}): string {
  const { start, end } = readTime(words, { ...MONDAY_20_MAY_2024, ...context });
  return start === end ? String(start) : `${start ?? ''}..${end ?? ''}`;
}

describe('dates that are written out', () => {
  it.each([
    ['3/12/24', '2024-03-12'],
    ['03-12-2024', '2024-03-12'],
    ['2024-03-12', '2024-03-12'],
    ['22 April 2024', '2024-04-22'],
    ['22nd of April 2024', '2024-04-22'],
    ['April 22, 2024', '2024-04-22'],
    ['Mon 22-Apr-24', '2024-04-22'],
    ['14JAN20', '2020-01-14'],
    ['nineteenth of may twenty twenty two', '2022-05-19'],
    ['April 2024', '2024-04'],
    ["in Nov '21", '2021-11'],
    ['4/2019', '2019-04'],
    ['in 2019', '2019'],
    ["'19", '2019'],
    ['twenty nineteen', '2019'],
    ['2014-2016', '2014..2016'],
    ['the early 1990s', '1990..1994'],
    ['spring 2020', '2020-03..2020-05'],
    ['5/1-5/4', '2024-05-01..2024-05-04'],
    ['3/31/24 14:05', '2024-03-31'],
  ])('reads "%s" as %s', (words, expected) => expect(read(words)).toBe(expected));

  it('reads day before month where the chart does', () => {
    expect(read('3/12/24', { order: 'dmy' })).toBe('2024-12-03');
    expect(read('25/12/23')).toBe('2023-12-25');
    expect(read('Nov 21', { order: 'dmy' })).toBe('2021-11');
    expect(read('Nov 21')).toBe('2023-11-21');
  });

  it('does not take a time of day or a week of pregnancy for a year', () => {
    expect(read('Labs 2010', { preceding: 'Labs ' })).toBe('2010');
    expect(read('2010', { preceding: 'Labs ' })).toBe('2024-05-20');
    expect(read('from 12/40')).toBe('null');
    expect(read('1912')).toBe('2024-05-20');
  });
});

describe('dates without a year', () => {
  it.each([
    ['6/17', '2023-06-17'],
    ['5/20', '2024-05-20'],
    ['in July', '2023-07'],
    ['April 3', '2024-04-03'],
  ])('takes the latest "%s" not after the note', (words, expected) => expect(read(words)).toBe(expected));

  it('looks ahead where the event is planned', () => {
    expect(read('6/17', { planned: true })).toBe('2024-06-17');
    expect(read('in July', { planned: true })).toBe('2024-07');
    expect(read('Thursday', { planned: true })).toBe('2024-05-23');
  });

  it('reckons from the date of an addendum written later', () => {
    expect(read('8/2', { noteDate: '2022-07-12', dayOfLine: '2022-10-04' })).toBe('2022-08-02');
  });
});

describe('dates that are reckoned from another', () => {
  it.each([
    ['three weeks ago', '2024-04-29'],
    ['2/7 ago', '2024-05-18'],
    ['6/52 ago', '2024-04-08'],
    ['a year ago', '2023'],
    ['18 months ago', '2022-11'],
    ['almost three years ago', '2021'],
    ['last month', '2024-04'],
    ['yesterday', '2024-05-19'],
    ['last night', '2024-05-19'],
    ['this morning', '2024-05-20'],
    ['tomorrow', '2024-05-21'],
    ['Friday', '2024-05-17'],
    ['last winter', '2023-12..2024-02'],
    ['POD 2', '2024-05-20'],
    ['hospital day 2', '2024-05-18'],
    ['HD#3', '2024-05-19'],
    ['on admission', '2024-05-17'],
    ['since March', '2024-03..2024-05-20'],
    ['since 2019', '2019..2024-05-20'],
    ['over the past four months', '2024-01..2024-05-20'],
    ['until 5/14', '..2024-05-14'],
    ['at age 45', '1995..1996'],
    ['in her 30s', '1980..1990'],
    ['as a child', '1952..1962'],
    ['since Christmas', '2023-12-25..2024-05-20'],
    ['at 14:05', '2024-05-20'],
  ])('places "%s" at %s', (words, expected) => expect(read(words)).toBe(expected));

  it('reads an amount ahead of a plan as so long from now, and behind an operation as so long ago', () => {
    expect(read('in 2 weeks')).toBe('2024-06-03');
    expect(read('2 wks', { planned: true })).toBe('2024-06-03');
    expect(read('3 wks', { following: ' post op' })).toBe('2024-04-29');
    expect(read('3 wks')).toBe('null');
  });

  it('counts "later" from the date named before', () => {
    expect(read('two days later', { previous: '2024-03-10' })).toBe('2024-03-12');
    expect(read('two days later')).toBe('null');
  });

  it('does not date a relative by the patient’s age', () => {
    expect(read('at 52', { family: true })).toBe('null');
  });

  it.each(['cycle 3', 'weekly', 'every 3 wks', 'at night', '33w4d'])('leaves "%s" unplaced', (words) =>
    expect(read(words)).toBe('null'),
  );

  it('keeps no more precision than the words have', () => {
    expect(readTime('in 2019', MONDAY_20_MAY_2024)).toMatchObject({ precision: 'year', anchor: 'stated' });
    expect(readTime('last month', MONDAY_20_MAY_2024)).toMatchObject({ precision: 'month', anchor: 'relative' });
    expect(readTime('3/12/24', MONDAY_20_MAY_2024)).toMatchObject({ precision: 'day', anchor: 'stated' });
    expect(readTime('some day', MONDAY_20_MAY_2024)).toMatchObject({ precision: 'unknown', start: null, end: null });
  });
});
