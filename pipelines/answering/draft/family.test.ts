import { describe, expect, it } from 'vitest';
import { verdictFor as answer } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

const RELATIVES: MarkedNotes = [
  [
    '2021-03-01',
    'Father: <C fam>prostate cancer</C>, died of <C fam>heart attack</C> at 71.\nMother alive, <C fam>type 2 diabetes</C>.\nA brother has <C fam>kidney stones</C>.',
  ],
  ['2022-03-01', 'Has <C>asthma</C>.'],
];

describe('questions of relatives', () => {
  it("find a relative's line by any word for the relative", async () => {
    expect(await answer(RELATIVES, "dad's history?")).toMatch(/^affirmed \| .*Father: prostate cancer/);
    expect(await answer(RELATIVES, 'what did her dad die of?')).toMatch(/heart attack at 71/);
    expect(await answer(RELATIVES, 'mum?')).not.toMatch(/Father/);
  });

  it('name the line that holds the illness, and say that it runs in the family', async () => {
    expect(await answer(RELATIVES, 'do renal stones run in the family?')).toMatch(
      /^affirmed \| Yes\. .*brother has kidney/,
    );
    expect(await answer(RELATIVES, 'who in the family has diabetes?')).toMatch(/^affirmed \| .*Mother alive/);
  });

  it('are answered by "adopted" and "noncontributory" whatever the illness', async () => {
    const adopted: MarkedNotes = [['2021-03-01', 'She was adopted and has no knowledge of any family history.']];
    expect(await answer(adopted, 'any family hx of breast or ovarian ca?')).toMatch(/^affirmed \| .*adopted/);
    const none: MarkedNotes = [['2021-03-01', 'FAMILY HISTORY: Otherwise noncontributory.']];
    expect(await answer(none, 'anything in the family history?')).toMatch(/noncontributory/);
  });

  it('are not read where a relative is only compared with', async () => {
    const notes: MarkedNotes = [
      ['2021-03-01', 'Sister with <C fam>lupus</C>.'],
      ['2021-05-01', 'No evidence of <C neg>lupus</C>.'],
    ];
    expect(await answer(notes, 'does she have lupus like her sister?')).toMatch(/^denied \| No\. Lupus/);
  });
});
