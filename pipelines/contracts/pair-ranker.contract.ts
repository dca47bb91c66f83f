import { expect, it } from 'vitest';
import type { PairRanker } from './pair-ranker.ts';

/** What every pair ranker must do. Call within a `describe`. @param ranker - Gives the ranker once it is set up. */
export function behavesAsPairRanker(ranker: () => PairRanker): void {
  it('puts the sentence that answers before one that only names the subject', async () => {
    const [answers, names] = await ranker().score('why was lisinopril stopped?', [
      'clinic note 2022-05; plan | Lisinopril was stopped because of a dry cough.',
      'clinic note 2021-03; medications | Lisinopril 10 mg daily.',
    ]);
    expect(answers!).toBeGreaterThan(names!);
  });

  it('keeps order, and gives many what it gives each alone', async () => {
    const sentences = ['plan | Start apixaban 5 mg BID.', 'labs | Creatinine 1.1.', 'exam | No rash.'];
    const together = await ranker().score('creatinine?', sentences);
    for (const [i, sentence] of sentences.entries())
      expect(together[i]).toBe((await ranker().score('creatinine?', [sentence]))[0]);
  });

  it('gives a finite number for any text', async () => {
    const odd = ['', '😀\0\ud83d', 'fever '.repeat(2000)];
    for (const question of odd)
      for (const score of await ranker().score(question, odd)) expect(Number.isFinite(score)).toBe(true);
  });

  it('gives nothing for nothing', async () => {
    expect(await ranker().score('fever?', [])).toEqual([]);
  });
}
