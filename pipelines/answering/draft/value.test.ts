import { describe, expect, it } from 'vitest';
import { claimsFor } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

/** The leading claim that answers a question about marked notes. */
async function answer(notes: MarkedNotes, question: string, which: 'lead' | 'all' = 'lead'): Promise<string> {
  const texts = await claimsFor(notes, question);
  return which === 'lead' ? (texts[0] ?? '') : texts.join(' ');
}

describe('the value that is asked for', () => {
  it('is the one on the day of the sample, and not one that is quoted for comparison', async () => {
    const notes: MarkedNotes = [
      ['2022-02-16', '<T>A1c</T> <V>7.4%</V> (<W>6/2021</W> <V>5.7%</V>).'],
      ['2022-03-01', 'Seen for a <S>cough</S>.'],
    ];
    expect(await answer(notes, 'last A1c')).toBe('A1c 7.4% on 16 Feb 2022.');
    expect(await answer(notes, 'A1c in June 2021?')).toBe('A1c 5.7% on Jun 2021.');
  });
  it('keeps its day where the same note tells it again without one', async () => {
    const notes: MarkedNotes = [
      ['2023-04-25', 'Labs <W>4/20</W>: <T>Cr</T> <V>1.9</V>, <T>K</T> <V>5.0</V>.\nCKD: worse, <T>Cr</T> <V>1.9</V>.'],
    ];
    expect(await answer(notes, 'last creatinine')).toBe('Cr 1.9 on 20 Apr 2023.');
  });
  it('is the highest of values told in several units', async () => {
    const notes: MarkedNotes = [
      ['2022-02-16', '<T>Weight</T> <V>182 lbs</V>.'],
      ['2022-08-16', '<T>Weight</T> <V>91 kg</V>.'],
      ['2023-01-10', '<T>Weight</T> <V>85 kg</V>.'],
    ];
    expect(await answer(notes, 'highest weight?')).toBe('Weight 91 kg on 16 Aug 2022.');
    expect(await answer(notes, 'lowest weight?')).toBe('Weight 182 lbs on 16 Feb 2022.');
  });
  it('is none where a template left its place open', async () => {
    const notes: MarkedNotes = [['2022-02-16', '<T>BP</T> <V>XXX</V>. <T>Pulse</T> <V>72</V>.']];
    expect(await answer(notes, 'what was the BP?')).not.toContain('XXX');
  });
  it('is no respiration where a capital stands for a side of the body', async () => {
    const notes: MarkedNotes = [['2022-02-16', '<T>Respirations</T> <V>18</V>. <BS>Right arm</BS> <S>weak</S>.']];
    expect(await answer(notes, 'is the R arm weak?', 'all')).not.toContain('18');
  });
  it('is none of another test of a like name, nor of another specimen', async () => {
    const notes: MarkedNotes = [
      ['2024-02-19', 'labs: <T>na</T> <V>121</V>, <T>k</T> <V>5.4</V>. MELD-Na 33. Urine <T>sodium</T> <V>12</V>.'],
      ['2024-06-11', '<S>Well</S>. MELD-Na 24 at listing.'],
    ];
    expect(await answer(notes, 'most recent Na?', 'all')).toMatch(/^na 121 on 19 Feb 2024\.$/i);
  });
  it('keeps the words of the note for a day that it does not name', async () => {
    const notes: MarkedNotes = [['2024-10-03', 'BP 128/66. TSH last week 3.2.']];
    expect(await answer(notes, 'last TSH?')).toBe('TSH last week 3.2 on 3 Oct 2024.');
  });
  it('is told of a weight without its name', async () => {
    const notes: MarkedNotes = [
      ['2021-05-06', '<T>Weight</T> <V>75 kg</V>.'],
      ['2024-06-13', 'He is 82 kg, working full time. Start <M>enoxaparin</M> <D>1 mg/kg</D>.'],
    ];
    expect(await answer(notes, 'current weight?')).toBe('Body weight 82 kg on 13 Jun 2024.');
  });
  it('is a level of the drug, and not its dose', async () => {
    const notes: MarkedNotes = [['2024-05-21', '<M>Clozapine</M> <D>275</D> <F>nocte</F>, level 5/12 470.']];
    expect(await answer(notes, 'last clozapine level?')).toMatch(/470 on 12 May 2024/);
  });
  it('is no limit of treatment', async () => {
    const notes: MarkedNotes = [
      [
        '2022-02-16',
        '<T>Hgb</T> <V>9.4</V>. No transfusion unless <T>Hgb</T> <V>< 7</V>. Target <T>INR</T> <V>2-3</V>.',
      ],
    ];
    expect(await answer(notes, 'last Hgb')).toContain('Hgb 9.4');
    expect(await answer(notes, 'lowest Hgb')).toContain('Hgb 9.4');
    expect(await answer(notes, 'last INR')).not.toMatch(/^INR 2-3/);
  });
  it('is the last before an occasion where that is asked', async () => {
    const notes: MarkedNotes = [
      ['2022-01-10', '<T>CRP</T> <V>48</V>.'],
      ['2022-05-10', '<T>CRP</T> <V>6</V>.'],
      ['2022-06-01', '<P>Hip replacement</P> today.'],
      ['2022-06-20', '<T>CRP</T> <V>90</V>.'],
    ];
    expect(await answer(notes, 'last CRP before the hip replacement?')).toContain('CRP 6');
  });
  it('comes with the usual one where both are asked', async () => {
    const notes: MarkedNotes = [['2022-11-19', 'On arrival <T>Cr</T> <V>3.0</V> (baseline <V>1.8</V>).']];
    expect(await answer(notes, 'creatinine on arrival and baseline?', 'all')).toContain('Cr 1.8 before 19 Nov 2022');
  });
  it('of two tests in one text is of one time', async () => {
    const notes: MarkedNotes = [
      ['2020-06-15', 'Brought in with <C>melaena</C>. <T>Hgb</T> <V>7.2</V>, <T>INR</T> <V>4.4</V>.'],
      ['2020-06-19', '<T>Hgb</T> <V>9.1</V>, <T>INR</T> <V>1.6</V>.'],
    ];
    expect(await answer(notes, 'Hb when he came in with melaena, and what was the INR?', 'all')).toContain(
      'INR 4.4 on 15 Jun',
    );
  });
  it('is read behind a single letter', async () => {
    expect(await answer([['2022-06-18', '<T>Na</T> <V>131</V>  K 2.8  HCO3 30']], 'potassium?')).toContain('K 2.8');
  });
  it('is of the name asked for where one sentence holds several of a kind', async () => {
    const notes: MarkedNotes = [
      [
        '2022-10-05',
        'Lumbar spine: <T>BMD</T> <V>0.98 g/cm2</V>, <T>T-score</T> <V>-1.4</V>, <T>Z-score</T> <V>-1.1</V>',
      ],
    ];
    expect(await answer(notes, 'latest lumbar T-score?')).toBe('T-score -1.4 on 5 Oct 2022.');
  });
});

describe('the course of a value', () => {
  it('holds earlier values that a later note quotes, each at its time', async () => {
    const notes: MarkedNotes = [
      ['2022-10-11', '<T>CEA</T> <V>2.1</V> (pre-op <T>CEA</T> <V>8.4</V>).'],
      ['2023-05-02', '<T>CEA</T> <V>1.8</V>.'],
    ];
    expect(await answer(notes, 'CEA trend?')).toBe(
      'CEA: 8.4 (before 11 Oct 2022), 2.1 (11 Oct 2022), 1.8 (2 May 2023): falling.',
    );
  });
  it('names each member of a panel apart', async () => {
    const notes: MarkedNotes = [
      ['2019-03-12', '<T>K</T> <V>4.4</V>, <T>Cr</T> <V>1.3</V>.'],
      ['2023-04-25', '<T>K</T> <V>5.0</V>, <T>Cr</T> <V>1.9</V>.'],
    ];
    const given = await answer(notes, 'U&E trend?', 'all');
    expect(given).toContain('Cr: 1.3 (12 Mar 2019), 1.9 (25 Apr 2023)');
    expect(given).toContain('K: 4.4 (12 Mar 2019), 5.0 (25 Apr 2023)');
  });
  it('reads days before months in a British chart', async () => {
    const notes: MarkedNotes = [
      ['2024-02-05', 'Bloods: <T>Hb</T> <V>128 g/L</V>. Seen 25/01/2024.'],
      ['2024-02-14', '<T>Hb</T> <V>96 g/L</V> on 09/02, <V>104 g/L</V> on 13/02.'],
    ];
    expect(await answer(notes, 'Hb trend?')).toContain('96 g/L (9 Feb 2024), 104 g/L (13 Feb 2024)');
  });
});

describe('the level of a drug', () => {
  it('is no amount that is taken, and may stand behind it without its name', async () => {
    const notes: MarkedNotes = [
      ['2023-04-11', '<M id=m1 act=continue>Lamotrigine</M> <D of=m1>150</D> <F of=m1>bd</F> since March.\nLevel 3.4.'],
    ];
    const given = (await claimsFor(notes, 'latest lamotrigine level?')).join(' ');
    expect(given).toContain('3.4');
    expect(given).not.toMatch(/amotrigine 150 on/);
  });
});
