import { describe, expect, it } from 'vitest';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';
import { claimsFor } from '#evals/datasets/ask-marked.ts';

const lead = async (notes: MarkedNotes, ...questions: readonly string[]): Promise<string> =>
  (await claimsFor(notes, ...questions))[0] ?? '';

describe('what replaced a drug', () => {
  const notes: MarkedNotes = [
    ['2024-01-10', 'Meds: <M id=m1 act=continue>ramipril</M> <D of=m1>5 mg</D> <F of=m1>daily</F>'],
    ['2024-03-10', '<M act=stop>Ramipril</M> was therefore changed to <M act=start>candesartan</M>.'],
    ['2024-05-10', 'Meds: <M id=m1 act=continue>candesartan</M> <D of=m1>8 mg</D> <F of=m1>daily</F>'],
  ];

  it('names the new drug with the dose that a later note gives', async () => {
    const text = await lead(notes, 'what was ramipril switched to?');
    expect(text).toContain('Candesartan 8 mg daily');
    expect(text).toContain('Ramipril was therefore changed to candesartan');
  });

  it('follows up on the drug of the question before', async () => {
    expect(await lead(notes, 'why was ramipril stopped?', 'what did they put him on instead?')).toMatch(/^Candesartan/);
  });

  it('names the old drug where that is asked', async () => {
    const told: MarkedNotes = [
      ['2024-03-10', 'Start <M id=m1 act=start>Trelegy</M> (replaces <M act=stop>tiotropium</M>).'],
    ];
    expect(await lead(told, 'what was she on before Trelegy?', 'what was he on before it?')).toMatch(/^Tiotropium/);
  });
});

describe('whether a drug was ever taken', () => {
  it('says no in the words of the note where it was never filled', async () => {
    const text = await lead(
      [
        ['2023-01-10', 'Meds: <M id=m1 act=continue>pregabalin</M> <D of=m1>75 mg</D> <F of=m1>BID</F>'],
        ['2024-01-10', 'List: <M>pregabalin</M>. She never filled it.'],
      ],
      'did she ever use the pregabalin?',
    );
    expect(text).toMatch(/^No \(/);
    expect(text).toContain('never filled it');
  });

  it('says nothing of the kind where a later list has it', async () => {
    const text = await lead(
      [
        ['2023-01-10', '<M>Pregabalin</M> was never filled.'],
        ['2024-01-10', 'Meds: <M id=m1 act=continue>pregabalin</M> <D of=m1>75 mg</D> <F of=m1>BID</F>'],
      ],
      'did she ever use the pregabalin?',
    );
    expect(text).not.toMatch(/^No/);
  });
});

describe('how long and how much', () => {
  it('tells the stated length of a course and not the drug alone', async () => {
    const text = await lead(
      [
        [
          '2024-01-10',
          'Rx <M id=m1 act=start>doxycycline</M> <D of=m1>100 mg</D> <F of=m1>BID</F> <U of=m1>x 10 days</U>.',
        ],
        ['2024-02-10', 'Skin healed after <M act=stop>doxycycline</M>.'],
      ],
      'how long was the doxycycline for?',
    );
    expect(text).toContain('x 10 days');
  });

  it('tells the first and the highest dose of several', async () => {
    const notes: MarkedNotes = [
      ['2024-01-10', 'Start <M id=m1 act=start>sertraline</M> <D of=m1>50 mg</D> <F of=m1>daily</F>.'],
      ['2024-03-10', 'Raise <M id=m1 act=increase>sertraline</M> to <D of=m1>150 mg</D>.'],
      ['2024-05-10', 'Meds: <M id=m1 act=continue>sertraline</M> <D of=m1>100 mg</D> <F of=m1>daily</F>'],
    ];
    expect(await lead(notes, 'what starting dose of sertraline?')).toContain('50 mg');
    expect(await lead(notes, 'highest dose of sertraline?')).toContain('150 mg');
    expect(await lead(notes, 'sertraline dose?')).toContain('100 mg');
  });
});

describe('questions that only lean on a drug', () => {
  it('does not take the height of a test for the dose of the drug beside it', async () => {
    const notes: MarkedNotes = [
      [
        '2024-01-10',
        'On <M id=m1 act=continue>warfarin</M> <D of=m1>5 mg</D> <F of=m1>daily</F>.\n<T id=t1>INR</T> <V of=t1>6.1</V>.',
      ],
    ];
    expect((await claimsFor(notes, 'INR on warfarin?', 'how high did it get?')).join(' ')).not.toContain('5 mg');
  });
});

describe('a class over time', () => {
  const notes: MarkedNotes = [
    ['2022-01-10', '<M id=m1 act=start>Codeine</M> <D of=m1>30 mg</D> <F of=m1>QID</F> for <C>back pain</C>.'],
    [
      '2022-06-10',
      'Stop <M act=stop>codeine</M>. Start <M id=m1 act=start>oxycodone</M> <D of=m1>5 mg</D> <F of=m1>QID</F>.',
    ],
    ['2023-06-10', 'Start <M id=m1 act=start>buprenorphine</M> <D of=m1>8 mg</D>. Stop <M act=stop>oxycodone</M>.'],
  ];

  it('leaves out the drug that names the occasion, and what came after it', async () => {
    const text = (await claimsFor(notes, 'which opioids did he take before buprenorphine?')).join(' ');
    expect(text).toContain('Codeine 30 mg');
    expect(text).toContain('xycodone 5 mg');
    expect(text).not.toContain('8 mg');
  });
});

describe('what is taken for a problem', () => {
  it('quotes the sentence behind the problem that tells the drug, and no list that only names both', async () => {
    const notes: MarkedNotes = [
      [
        '2024-01-10',
        'PMH: <C>gout</C>, <C>hypertension</C>.\n\nMedications:\n<M id=m1 act=continue>ramipril</M> <D of=m1>5 mg</D>',
      ],
      [
        '2024-03-10',
        'Acute <C id=c1>gout</C> of the toe.\nGiven <M id=m1 act=start>naproxen</M> <D of=m1>500 mg</D> <F of=m1>BID</F> with relief.',
      ],
    ];
    expect(await lead(notes, 'what was he given for the gout?')).toContain('naproxen 500 mg');
  });

  it('tells the drug of the list that is for it, and that no note says so', async () => {
    const notes: MarkedNotes = [
      [
        '2024-01-10',
        'PMH: <C>migraine</C>, <C>eczema</C>.\n\nMedications:\n<M id=m1 act=continue>sumatriptan</M> <D of=m1>50 mg</D> <F of=m1>prn</F>',
      ],
    ];
    const text = await lead(notes, 'what does she take for migraine?');
    expect(text).toContain('Sumatriptan 50 mg prn');
    expect(text).toContain('no note says what for');
  });

  it('does not take the drug that caused it, nor answer who or where', async () => {
    const notes: MarkedNotes = [
      [
        '2024-01-10',
        '<C id=c1 by=m1>Constipation</C> from <M id=m1 act=continue>codeine</M>: start <M id=m2 act=start for=c1>senna</M> <D of=m2>15 mg</D>.',
      ],
    ];
    expect(await lead(notes, 'what is she taking for constipation?')).toMatch(/senna 15 mg/i);
    expect(await claimsFor(notes, 'who treated the constipation?')).toEqual([]);
  });
});
