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

  it('are never answered by the denial of another illness', async () => {
    const notes: MarkedNotes = [
      [
        '2021-03-01',
        'There is no family history of <C fam neg>diabetes</C>.\nHis uncle collapsed and died suddenly at 41.',
      ],
      ['2021-05-01', 'No <C neg>glaucoma</C>.'],
    ];
    const death = await answer(notes, 'fhx of sudden cardiac death?');
    expect(death).toMatch(/uncle collapsed/);
    expect(await answer(notes, 'family history of glaucoma?')).toMatch(/^not-documented/);
    expect(await answer(notes, 'any family history of breast cancer?')).toMatch(/^not-documented/);
  });

  it('find an illness by another name, and of two illnesses the line of each', async () => {
    const notes: MarkedNotes = [
      [
        '2021-03-01',
        'Known <C>bipolar disorder</C>, brought in by her brother.\nHer grandmother spent years in a state hospital with <C fam>mania</C>.\nAn uncle took his own life.\nHer father had a <C fam>berry aneurysm</C> clipped.',
      ],
    ];
    const both = await answer(notes, 'FHx bipolar / suicide?');
    expect(both).toMatch(/grandmother.*uncle took his own life/);
    expect(await answer(notes, 'any brain bleeds in the family?')).toContain('berry aneurysm');
  });

  it('of an age need the age of that relative', async () => {
    const notes: MarkedNotes = [
      ['2021-03-01', 'Her sister had a <C fam>stroke</C> at 48 and her father had <C fam>colitis</C>.'],
    ];
    expect(await answer(notes, 'how old was the sister at her stroke?')).toMatch(/at 48/);
    expect(await answer(notes, 'how old was dad when he got colitis?')).toMatch(/^not-documented/);
    const telegraphic: MarkedNotes = [['2021-03-01', 'Mum well. Sister <C fam>breast ca</C>, 48.']];
    expect(await answer(telegraphic, 'any breast cancer in relatives, and at what age?')).toContain('48');
  });
});
