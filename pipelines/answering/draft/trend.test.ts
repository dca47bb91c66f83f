import { describe, expect, it } from 'vitest';
import { claimsFor } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

const first = async (notes: MarkedNotes, question: string): Promise<string> =>
  (await claimsFor(notes, question))[0] ?? '';

describe('the course of a value', () => {
  it('leaves out values of another specimen and of a size that no patient has', async () => {
    const notes: MarkedNotes = [
      ['2022-02-01', '<T>Calcium</T> <V>2.5</V>.'],
      ['2022-05-01', '<T>Calcium</T> <V>2.7</V>.\nSpot urine <T>calcium</T> <V>9.1</V>.'],
      ['2022-08-01', '<T>Calcium</T> <V>2.9</V>.'],
    ];
    const text = await first(notes, 'calcium trend?');
    expect(text).toMatch(/2\.5 .*2\.7 .*2\.9 .*rising/);
    expect(text).not.toContain('9.1');
  });

  it('goes on where a pronoun stands for the test', async () => {
    const notes: MarkedNotes = [
      [
        '2023-05-10',
        'Seen for a rise in <T>creatinine</T>.\nIt was 110 in February, 130 on April 3rd and it is 160 today.',
      ],
    ];
    expect(await first(notes, 'how has the creatinine changed?')).toMatch(/110 \(Feb 2023\), 130 \(3 Apr 2023\), 160/);
  });

  it('is of the months that are asked about', async () => {
    const notes: MarkedNotes = [
      ['2022-01-10', '<T>Creatinine</T> <V>90</V>.'],
      ['2022-02-10', '<T>Creatinine</T> <V>120</V>, <T>potassium</T> <V>4.4</V>.'],
      ['2022-11-10', '<T>Creatinine</T> <V>200</V>, <T>potassium</T> <V>5.4</V>.'],
    ];
    const claims = await claimsFor(notes, 'how did his kidney function change over the first three months of 2022?');
    expect(claims[0]).toMatch(/90 .*120/);
    expect(claims[0]).not.toContain('200');
    expect(claims.join(' ')).not.toMatch(/Potassium: /);
  });

  it('starts at the operation that it is asked after, by any of its names', async () => {
    const notes: MarkedNotes = [
      ['2022-03-01', '<T>Hb</T> <V>130</V>.'],
      ['2022-06-12', 'Emergency <P>LSCS</P> on 12/06/2022.\n<T>Hb</T> <V>101</V>.'],
      ['2022-06-14', '<T>Hb</T> <V>84</V>.'],
    ];
    const text = await first(notes, 'Hb trend after the caesarean?');
    expect(text).toMatch(/101 .*84/);
    expect(text).not.toContain('130');
  });

  it("is found by an organ's function and by a name that notes cut short", async () => {
    const echo: MarkedNotes = [
      ['2021-03-01', '<C>Heart failure</C> (<T>EF</T> <V>30%</V>, echo 4 February 2021).'],
      [
        '2022-03-01',
        '<C>Heart failure</C> (<T>EF</T> <V>30%</V>, echo February 2021; <T>EF</T> <V>45%</V> March 2022).',
      ],
    ];
    expect(await first(echo, 'has the LV function improved?')).toMatch(/30% \(4 Feb 2021\), 45% \(Mar 2022\).*rising/);
    const ecg: MarkedNotes = [
      ['2021-03-01', '<T>ECG</T> <T>PR</T> <V>160</V>.\nPulse <T>PR</T> <V>72</V>.'],
      ['2021-06-01', '<T>PR interval</T> <V>194</V>.'],
    ];
    const text = await first(ecg, 'has the PR interval gone up?');
    expect(text).toMatch(/160 .*194.*rising/);
    expect(text).not.toContain('72');
  });
});
