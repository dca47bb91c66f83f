import { describe, expect, it } from 'vitest';
import { claimsFor } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

const answer = async (notes: MarkedNotes, question: string): Promise<string> =>
  (await claimsFor(notes, question)).join(' ');

describe('when something began', () => {
  it('is the earliest day that any note gives it', async () => {
    const notes: MarkedNotes = [
      ['2021-06-14', 'Persistent <C id=c1>atrial fibrillation</C>, found <W of=c1>May 2021</W>.'],
      ['2023-02-11', 'ECG: <C>AF</C> 88.'],
    ];
    expect(await answer(notes, 'when was his AF first picked up?')).toMatch(/^May 2021\. .*found May 2021/);
  });
  it('is the first note that tells of it as new, and says that it is only that', async () => {
    const notes: MarkedNotes = [
      ['2023-02-08', '<C>AF</C> with RVR, new dx.'],
      ['2023-06-20', 'Paroxysmal <C>AF</C>, sinus rhythm today.'],
    ];
    expect(await answer(notes, 'when was afib first diagnosed?')).toMatch(/^First documented 8 Feb 2023\. .*new dx/);
  });
  it('is not known of what the first note has as history, or a relative has', async () => {
    const known: MarkedNotes = [['2023-02-08', 'PMH: <C hist>atrial fibrillation</C>, gout.']];
    expect(await answer(known, 'when was afib first diagnosed?')).not.toMatch(/First documented/);
    const brother: MarkedNotes = [
      ['2023-01-08', 'Knee pain.'],
      ['2023-02-08', 'Brother diagnosed with <C fam>AF</C>.'],
    ];
    expect(await answer(brother, 'when was afib first diagnosed?')).not.toMatch(/First documented/);
  });
});

describe('when something was last', () => {
  it('is the latest day that a note gives it, and no later denial', async () => {
    const notes: MarkedNotes = [
      ['2024-05-04', 'Generalised <C id=c1>seizure</C> on <W of=c1>5/3/2024</W>.'],
      ['2025-02-20', 'One breakthrough <C id=c1>seizure</C> <W of=c1>12/24/24</W>. No <C neg>seizure</C> since.'],
    ];
    expect(await answer(notes, 'date of the last seizure?')).toMatch(/^24 Dec 2024/);
  });
  it('is told without the times before it', async () => {
    const notes: MarkedNotes = [
      ['2024-02-06', '<T id=t1>EGD</T> <W of=t1>2/6/24</W>: grade 2 varices.'],
      ['2024-10-26', '<T id=t1>EGD</T> <W of=t1>10/22/24</W>: antral ulcer.'],
    ];
    expect(await answer(notes, 'date of the latest EGD?')).not.toContain('2/6/24');
  });
});
