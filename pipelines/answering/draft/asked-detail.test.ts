import { describe, expect, it } from 'vitest';
import { verdictFor } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

const NOTE: MarkedNotes = [
  [
    '2024-03-04',
    [
      'His stay was complicated by bacterial <C>meningitis</C>, treated with <M>antibiotics</M>.',
      'The operative eye was prepped; <P>cataract surgery</P> went well.',
      'He had a <P>subacromial decompression</P> in <W>November 2002</W>.',
      'He takes <M>Naprosyn</M> at times.',
      'Allergies: <M act=allergy>sulfa</M>.',
    ].join('\n'),
  ],
];

const WOUND: MarkedNotes = [
  [
    '2024-03-04',
    'Wound swab grew Staph aureus.\nThe <C>wound infection</C> was treated with <M>flucloxacillin</M> <D>500 mg</D> <F>QID</F>.\nHe had a <P>subacromial decompression</P> in <W>November 2002</W>.',
  ],
];

const VISIT: MarkedNotes = [
  [
    '2024-03-04',
    'He stopped smoking in <W>1974</W>.\n<T>VZV swab</T> sent.\nFamily: sister has <C fam>lung cancer</C>.\n<T>Chest x-ray</T> clear.',
  ],
];

describe('what is asked of somebody or something else', () => {
  it.each(['when did his wife stop smoking?', 'did his brother have lung cancer?'])(
    'is not answered by the patient or by another relative: "%s"',
    async (question) => {
      expect(await verdictFor(VISIT, question)).not.toMatch(/1974|^affirmed/);
    },
  );
  it('is not answered by a study that was only sent', async () => {
    expect(await verdictFor(VISIT, 'what did the VZV swab show?')).toBe('not-documented | ');
    expect(await verdictFor(VISIT, 'what did the chest x-ray show?')).toContain('clear');
  });
});

describe('a genotype', () => {
  it('is not answered by a test that was only sent', async () => {
    const notes: MarkedNotes = [['2024-07-16', 'On irinotecan soon.\nUGT1A1 sent.']];
    expect(await verdictFor(notes, 'UGT1A1 genotype?')).not.toContain('sent');
  });
});

describe('a drug of a class', () => {
  it('that was taken is not denied by a rule for later', async () => {
    const notes: MarkedNotes = [
      [
        '2023-11-14',
        'Was on <M act=continue>lisinopril</M> 10 since 9/30.\n<M act=stop>Lisinopril</M> stopped.\nNever <M neg>ACE inhibitors</M> without calling.',
      ],
    ];
    expect(await verdictFor(notes, 'has he been on an ACE inhibitor?')).not.toMatch(/^denied \| No \(/);
  });
  it('that the note says was not given is answered by that sentence', async () => {
    const viral: MarkedNotes = [['2024-03-04', 'Viral URTI. No <M neg>antibiotics</M> given, not indicated.']];
    expect(await verdictFor(viral, 'which antibiotic was given?')).toContain('No antibiotics');
  });
});

describe('a detail that a question names', () => {
  it.each([
    ['which bug caused the meningitis?'],
    ['name of the antibiotics for the meningitis?'],
    ['who did the subacromial decompression?'],
    ['which eye had the cataract surgery?'],
    ['how much naproxen does he take?'],
    ['what reaction to sulfa?'],
    ['what happens when he takes sulfa?'],
  ])('is not found in a sentence that only mentions the topic: "%s"', async (question) => {
    expect(await verdictFor(NOTE, question)).toBe('not-documented | ');
  });

  it.each([
    ['which organism grew from the wound swab?', 'Staph aureus'],
    ['which antibiotic for the wound infection?', 'flucloxacillin'],
    ['when was the subacromial decompression?', '2002'],
  ])('is found where it stands: "%s"', async (question, words) => {
    expect(await verdictFor(WOUND, question)).toContain(words);
  });
});
