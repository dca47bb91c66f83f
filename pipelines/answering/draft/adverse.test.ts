import { describe, expect, it } from 'vitest';
import { claimsFor } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

const answer = async (notes: MarkedNotes, question: string): Promise<string> =>
  (await claimsFor(notes, question)).join(' ');

describe('what a drug did to the patient', () => {
  it('is the finding that stands beside it where it was stopped', async () => {
    const notes: MarkedNotes = [
      ['2023-03-18', '<M act=start>Clonidine</M> tried for <S>agitation</S>.'],
      ['2023-03-20', 'Overnight <S>bradycardia</S> on <M act=stop>clonidine</M>, stopped.'],
    ];
    expect(await answer(notes, 'what happened with clonidine?')).toMatch(/^Note, 20 Mar 2023: "Overnight bradycardia/);
  });
  it('is told of a class by its member', async () => {
    const notes: MarkedNotes = [['2024-03-16', '<C by=m1>Candidiasis</C>, likely from <M id=m1>empagliflozin</M>.']];
    expect(await answer(notes, 'any side effects from the SGLT2i?')).toMatch(/^Yes\. .*Candidiasis, likely from/);
  });
  it('is no symptom that only stands near it', async () => {
    const notes: MarkedNotes = [
      ['2022-07-10', '<M act=start>Doxepin</M> 10 mg since June.\n<S>Groggy</S> until ten in the morning.'],
    ];
    expect(await answer(notes, 'any side effects on doxepin?')).not.toMatch(/^Yes/);
  });
  it('is never what it was given for, nor what the note denies', async () => {
    const notes: MarkedNotes = [
      ['2024-03-16', '<M id=m1 for=c1>Doxepin</M> for <C id=c1>insomnia</C>. No <S flags=neg>rash</S> on it.'],
    ];
    expect(await answer(notes, 'any side effects from doxepin?')).not.toMatch(/^Yes/);
  });
});
