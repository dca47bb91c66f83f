import { describe, expect, it } from 'vitest';
import { verdictFor as answer } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

describe('notes that disagree', () => {
  it('are told by the two sentences that differ in what is asked, not by any other', async () => {
    const notes: MarkedNotes = [
      ['2020-03-01', 'Recurrent <C>depression</C> since 2009.'],
      ['2021-03-01', 'Start <M id=m1 act=start for=c1>venlafaxine</M> for <C id=c1>depression</C>.'],
      ['2022-03-01', 'Major <C>depression</C>, first episode 2012.'],
    ];
    const given = await answer(notes, 'which year did her depression start? the notes disagree');
    expect(given).toMatch(/^conflicting \| The notes disagree\./);
    expect(given).toContain('2009');
    expect(given).toContain('2012');
    expect(given).not.toContain('venlafaxine');
  });

  it('take no side from a relative', async () => {
    const notes: MarkedNotes = [
      ['2020-03-01', 'Denies <C neg>diabetes</C>.'],
      ['2020-03-01', 'Mother had <C fam>diabetes</C>.'],
      ['2022-03-01', 'Has had <C>diabetes</C> for years.'],
    ];
    const given = await answer(notes, 'does she have diabetes? the notes conflict');
    expect(given).toMatch(/^conflicting/);
    expect(given).not.toContain('Mother');
  });

  it('are both told where one note denies what its examination finds', async () => {
    const notes: MarkedNotes = [['2022-03-01', 'Denies <S neg>leg swelling</S>.\nExam: 1+ <S>edema</S> of both legs.']];
    const given = await answer(notes, 'does she have leg swelling?');
    expect(given).toContain('Denies leg swelling');
    expect(given).toContain('1+ edema');
  });

  it('are told of allergies, where one note lists some and another says that there are none', async () => {
    const notes: MarkedNotes = [
      ['2022-06-08', 'Allergies: <M id=m1 act=allergy>penicillin</M> (<S by=m1>hives</S>).'],
      ['2023-11-02', 'Allergies: NKDA.'],
    ];
    const given = await answer(notes, 'do the notes agree about her allergy status?');
    expect(given).toMatch(/^conflicting \| The notes disagree\./);
    expect(given).toContain('penicillin');
    expect(given).toContain('NKDA');
  });
});
