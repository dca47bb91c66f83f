import { describe, expect, it } from 'vitest';
import { claimsFor } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

it('an overview tells a section of both assessment and plan once', async () => {
  const text =
    'ASSESSMENT AND PLAN\nLikely <C>tension headache</C>, no red flags today.\nKeep a diary of the headaches.';
  const told = (await claimsFor([['2024-05-02', text]], 'summarise this patient')).join(' ');
  expect(told.match(/tension headache/g)).toHaveLength(1);
  expect(told).toContain('Keep a diary');
});

describe('the summary of a topic', () => {
  const heart: MarkedNotes = [
    [
      '2021-03-02',
      'HPI: 66M with <C>CAD</C>, <P>CABG</P> 2009, now <C>atrial flutter</C>.\nFH: father <C fam>MI</C> at 50.\nBP <V>140/80</V>, HR <V>70</V>, SpO2 <V>98%</V>.\nDenies <S neg>chest pain</S>.',
    ],
    [
      '2022-06-10',
      'Impression: <C>ischaemic cardiomyopathy</C>, <P>ICD</P> implanted in May.\nBunion splint for the <C>bunion</C>.',
    ],
    ['2023-01-20', 'Impression: <C>VT storm</C>, <M act=start>amiodarone</M> started.'],
  ];

  it('reaches the illnesses, procedures and drugs of a body system, in order of time', async () => {
    const told = (await claimsFor(heart, 'one-liner on his cardiac history please')).join(' ');
    expect(told).toMatch(/CABG.*ICD.*VT storm.*amiodarone/);
  });

  it('leaves out family history, vital signs and other problems', async () => {
    const told = (await claimsFor(heart, 'brief cardiac history for handoff')).join(' ');
    expect(told).not.toMatch(/father|140\/80|bunion|chest pain/i);
  });

  it('tells copied text once', async () => {
    const line = 'Impression: <C>ulcerative colitis</C>, on <M act=continue>mesalazine</M>.';
    const notes: MarkedNotes = [
      ['2022-01-01', line],
      ['2022-02-01', line],
    ];
    const told = (await claimsFor(notes, 'her ulcerative colitis story in brief')).join(' ');
    expect(told.match(/ulcerative colitis/g)).toHaveLength(1);
  });

  it('finds a cancer under its histology, with its treatment', async () => {
    const notes: MarkedNotes = [
      [
        '2023-05-05',
        'Family: aunt <C fam>lung cancer</C>.\nBiopsy of the right upper lobe: <C>adenocarcinoma</C>, stage IA.',
      ],
      ['2023-08-01', 'Assessment: <C>adenocarcinoma</C> of the lung, had <P>SBRT</P> in July.'],
    ];
    const told = (await claimsFor(notes, 'lung cancer story in brief')).join(' ');
    expect(told).toMatch(/adenocarcinoma.*SBRT/);
    expect(told).not.toContain('aunt');
  });

  it('sums up no illness that the chart does not name', async () => {
    expect(await claimsFor(heart, 'quick overview of his epilepsy please')).toEqual([]);
  });

  it('sums up a stay by its time, also where no illness is named', async () => {
    const notes: MarkedNotes = [
      ['2022-02-02', 'Impression: <C>gout</C>, settled.'],
      ['2023-11-13', 'Principal: <C>septic shock</C> from a stone.\nA <P>nephrostomy</P> was placed by radiology.'],
    ];
    const told = (await claimsFor(notes, 'quick summary of the november 2023 admission')).join(' ');
    expect(told).toMatch(/septic shock.*nephrostomy/);
    expect(told).not.toContain('gout');
  });

  it('leaves relatives and the course of a result to their own drafters', async () => {
    const told = (await claimsFor(heart, 'story of heart disease in his family?')).join(' ');
    expect(told).not.toContain('CABG');
  });

  it('keeps to five claims and 200 words', async () => {
    const notes: MarkedNotes = Array.from({ length: 9 }, (_, i) => {
      const filler = Array.from({ length: 30 }, (_word, j) => `remark${i}x${j}`).join(' ');
      return [
        `2023-0${i + 1}-01`,
        `Impression: <C>heart failure</C> with <C>illness number ${i}</C>, ${filler}.`,
      ] as const;
    });
    const told = await claimsFor(notes, 'give me a rundown of her heart failure');
    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThanOrEqual(5);
    expect(told.join(' ').split(/\s+/).length).toBeLessThanOrEqual(200);
  });
});
