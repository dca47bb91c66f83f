import { describe, expect, it } from 'vitest';
import { claimsFor } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

const NOTES: MarkedNotes = [
  ['2018-05-22', '<T>RPR</T> <V>1:128</V>. <T>CEA</T> <V>8.4</V>.'],
  ['2019-01-10', '<P>Colectomy</P> done today.'],
  ['2023-11-02', '<T>RPR</T> <V>1:2</V>. <T>CEA</T> <V>1.8</V>.'],
];

describe('a value followed up', () => {
  it('by the word for its measure keeps its test', async () => {
    expect((await claimsFor(NOTES, 'RPR in May 2018?', 'and the latest titre?'))[0]).toBe('RPR 1:2 on 2 Nov 2023.');
  });
  it('by its dose is of the drug, whatever test was spoken of', async () => {
    const notes: MarkedNotes = [
      ['2021-05-22', 'Take <M id=m1 act=decrease>metformin</M> <D of=m1>500 mg</D> <F of=m1>BID</F>.'],
      ['2022-04-12', 'Discontinue <M act=stop>metformin</M> today as <T>eGFR</T> <V>29</V>.'],
    ];
    const claims = await claimsFor(
      notes,
      'why did nephrology take him off metformin?',
      'what was the dose before that?',
    );
    expect(claims.join(' ')).toContain('500 mg');
  });
  it('by an occasion keeps its test', async () => {
    expect((await claimsFor(NOTES, 'latest CEA?', 'what was it before the colectomy?'))[0]).toBe(
      'CEA 8.4 on 22 May 2018.',
    );
  });
  it('behind a why asks for the value', async () => {
    const notes: MarkedNotes = [
      ['2023-10-03', '<M act=stop>Atorvastatin</M> stopped for <S>muscle aches</S>.\n<T>CK</T> <V>312</V>.'],
      ['2024-01-12', '<T>CK</T> <V>148</V>, no aches.'],
    ];
    const given = await claimsFor(notes, 'why was the atorvastatin stopped?', 'and the latest CK?');
    expect(given.join(' ')).toContain('CK 148');
  });
  it('by a summary of the patient is of the patient, whatever was spoken of', async () => {
    const notes: MarkedNotes = [
      [
        '2020-06-15',
        '72M with <C>atrial fibrillation</C> and <C>hypertension</C>, here with <S>black stools</S>.\nMeds: <M act=continue>ibuprofen</M> for the knee.',
      ],
    ];
    const given = await claimsFor(notes, 'is he on ibuprofen?', 'quick summary of this man please');
    expect(given[0]).toContain('72M with atrial fibrillation');
  });
});
