import { describe, expect, it } from 'vitest';
import { datesIn } from '../text/dates.ts';
import { formOf, readValues } from './value-grammar.ts';

/** What is read behind a name, in one line: each value, its date as written, and `earlier` where it is told for comparison. */
function read(text: string, name = 'Hgb'): string[] {
  return readValues(text, formOf(name, name + text)).map(({ value, date, earlier }) => {
    const day = date === null ? [] : [[date.year, date.month, date.day].filter((part) => part !== null).join('-')];
    return [value, ...day, ...(earlier ? ['earlier'] : [])].join(' | ');
  });
}

describe('values behind the name of a test', () => {
  it.each([
    [' 9/30 13.6, ferritin 118.', ['13.6 | 9-30']],
    [': 13.6 g/dL (4/20/2023)', ['13.6 g/dL | 2023-4-20']],
    [' 96 g/L on 9 Feb, 104 g/L on 13 Feb; no transfusion', ['96 g/L | 2-9', '104 g/L | 2-13']],
    [' 5/7 4,110, 5/15 690', ['4,110 | 5-7', '690 | 5-15']],
    [':  3/14/23 38.0 | 9/11/23 6.1 | 7/15/24 31.7', ['38.0 | 2023-3-14', '6.1 | 2023-9-11', '31.7 | 2024-7-15']],
    [' 7.1 > 7.9 > 8.6 on d/c', ['7.1', '7.9', '8.6']],
    [': 0900 84, ALT 131', ['84']],
    [' from 9/9 came back at 22.5, better', ['22.5 | 9-9']],
    [', which was elevated at 5.9, troponin normal', ['5.9']],
    [' fell from 12.8 to 9.6', ['12.8', '9.6']],
    ['; 172 lbs, up 2 lbs', ['172 lbs']],
    [' 98 / 201 / 168 / 131 (three of four abnormal)', ['98 / 201 / 168 / 131']],
    [' 1:2', ['1:2']],
    [' 1.58 (46% predicted), FVC 3.6', ['1.58 (46% predicted)']],
  ])('are read: %s', (text, values) => {
    expect(read(text)).toEqual(values);
  });

  it.each([
    [' 2.1 (pre-op CEA 8.4)', ['8.4 | earlier', '2.1']],
    [' 58 (138 10/2022), A1c 6.0%', ['138 | 2022-10 | earlier', '58']],
    [' 112 H   (7/2019 41; 4/2019 22)', ['22 | 2019-4 | earlier', '41 | 2019-7 | earlier', '112']],
    [' 68 (3/9/21: 176; untreated 238)', ['238 | earlier', '176 | 2021-3-9 | earlier', '68']],
    [' 7.2 (was 13.4 Feb), Plt 212', ['13.4 | 2 | earlier', '7.2']],
    [' 1.9, down from 2.4 in 2021', ['2.4 | 2021 | earlier', '1.9']],
    [' 1.9 (baseline 1.4)', ['1.4 | earlier', '1.9']],
  ])('are told from those told for comparison: %s', (text, values) => {
    expect(read(text)).toEqual(values);
  });

  it.each([
    [' 14.6 mIU/L H (0.4-4.5)', ['14.6 mIU/L']],
    [' 9.8 mcg/mL (ref 1-4)', ['9.8 mcg/mL']],
    [' 286 (expected under 208)', ['286']],
    [' < 3x ULN', []],
    [' 3, 6, 12 mo', []],
    [' 1 wk', []],
    [' 8 weeks after the change', []],
    [' up 2 lbs', []],
  ])('are no limits, changes or spans of time: %s', (text, values) => {
    expect(read(text)).toEqual(values);
  });

  it('keep the sign where the test has one', () => {
    expect(read(' -1.4, Z-score -1.1', 'T-score')).toEqual(['-1.4']);
    expect(read('s were -0.6 (lumbar spine) and -0.8 (femoral neck).', 'T-score')).toEqual([]);
    expect(read(' were -0.6 (lumbar spine) and -0.8 (femoral neck).', 'T-scores')).toEqual(['-0.6', '-0.8']);
    expect(read(' -13.2')).toEqual(['13.2']);
  });

  it('of ten are scores and no days', () => {
    expect(read(' 8/10 at rest', 'Pain score')).toEqual(['8/10']);
    expect(datesIn('8/10 at rest')).toHaveLength(1);
  });
});
