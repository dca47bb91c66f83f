import { describe, expect, it } from 'vitest';
import { claimsFor } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

const answer = async (notes: MarkedNotes, question: string): Promise<string> =>
  (await claimsFor(notes, question)).join(' ');

describe('why a drug was stopped', () => {
  it('stands before a sentence that says "therefore"', async () => {
    const notes: MarkedNotes = [
      [
        '2023-08-16',
        'She was <S>wheezy</S> two days later.\n<M act=stop>Labetalol</M> was therefore stopped on the 9th.',
      ],
    ];
    expect(await answer(notes, 'why was the beta blocker stopped?')).toMatch(/therefore stopped.*wheezy/);
  });
  it('is what it is blamed for elsewhere, where the stop is told alone', async () => {
    const notes: MarkedNotes = [
      [
        '2023-06-06',
        'Urine clear so <M>tramadol</M> likely culprit.\nMobilising.\nDiet normal.\n<M act=stop>Tramadol</M> stopped, add to alerts.',
      ],
    ];
    expect(await answer(notes, 'why was tramadol stopped?')).toMatch(/likely culprit/);
  });
  it('may be an abnormal result some lines above the order', async () => {
    const notes: MarkedNotes = [
      [
        '2022-06-21',
        'Labs back.\n<T id=t1>ALT</T> <V of=t1>318</V> (H).\nAppetite fine.\nNo jaundice.\nPer Dr S: STOP <M act=stop>nintedanib</M> now.',
      ],
    ];
    expect(await answer(notes, 'why was nintedanib stopped?')).toMatch(/STOP nintedanib now.*Same note: "ALT 318/);
  });
  it('may stand behind a dash', async () => {
    const notes: MarkedNotes = [['2024-02-09', '<M act=hold>perindopril</M> WITHHELD - kidneys, GP to recheck']];
    expect(await answer(notes, 'why was the perindopril held?')).toMatch(/WITHHELD - kidneys/);
  });
});
