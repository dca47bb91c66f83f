import { describe, expect, it } from 'vitest';
import type { Chart } from '#pipelines/domain/chart.ts';
import { markedChart } from '#evals/datasets/marked-chart.ts';

const chartOf = (text: string): Chart => markedChart([['2024-05-20', text]]);
const listed = (chart: Chart): string[] =>
  chart.allergies.map(
    ({ substance, reaction, interpreted }) => `${substance}|${reaction ?? ''}|${interpreted ? 'read' : 'verbatim'}`,
  );

describe('allergies', () => {
  it.each([
    ['Allergies: <M id=m1 act=allergy>penicillin</M> (<S by=m1>hives</S>).', ['penicillin|hives|read']],
    ['Allergies: <M act=allergy>sulfa</M> - rash', ['sulfa|rash|read']],
    ['Could not tolerate <M id=m1 act=allergy>metformin</M> (<S by=m1>GI upset</S>).', ['metformin|GI upset|read']],
    ['No ACE inhibitor, given <M>lisinopril</M> <C>angioedema</C>.', ['lisinopril|angioedema|read']],
    ['Childhood egg allergy.', ['Childhood egg||read']],
    ['She is allergic to latex.', ['latex||read']],
  ])('reads "%s"', (text, expected) => expect(listed(chartOf(text))).toEqual(expected));

  it.each([
    'Drug allergy: <M act=allergy>metoclopramide</M> - dystonia. <M>Ondansetron</M> given.',
    'Drug allergy: <M act=allergy>metoclopramide</M> - dystonia. Gave <M>ondansetron</M>.',
  ])('does not list what was given beside the allergy: "%s"', (text) =>
    expect(listed(chartOf(text))).toEqual(['metoclopramide|dystonia|read']),
  );

  it('leaves a reaction with the drug in whose bracket it stands, whatever else it was linked to', () => {
    const chart = chartOf(
      'Intolerances: <M id=m1 act=allergy>codeine</M> (<S by=m1,m2>vomiting</S>), <M id=m2 act=allergy>spironolactone</M> (<C by=m1,m2>hyperkalemia</C>)',
    );
    expect(listed(chart)).toEqual(['codeine|vomiting|read', 'spironolactone|hyperkalemia|read']);
  });

  it('leaves a reaction with the drug right before it', () => {
    const chart = chartOf(
      'Allergies: <M id=m1 act=allergy>penicillin</M> - <C by=m1,m2>anaphylaxis</C>; <M id=m2 act=allergy>trimethoprim</M> <S by=m1,m2>rash</S>',
    );
    expect(listed(chart)).toEqual(['penicillin|anaphylaxis|read', 'trimethoprim|rash|read']);
  });

  it('does not take a sentence before the label for allergy text', () => {
    expect(listed(chartOf('No <S neg>chest pain</S>. Allergies: <M act=allergy>penicillin</M>.'))).toEqual([
      'penicillin||read',
    ]);
  });

  it('keeps allergy text that no fact can be read from, word for word', () => {
    expect(listed(chartOf('Allergies: something blue she took in the seventies'))).toEqual([
      'Allergies: something blue she took in the seventies||verbatim',
    ]);
    expect(listed(chartOf('He had an adverse drug reaction as an infant.'))).toEqual([
      'He had an adverse drug reaction as an infant.||verbatim',
    ]);
  });

  it('does not take the lines under an allergy line for allergies', () => {
    const chart = chartOf(
      'Allergies: <M act=allergy>sulfa</M>\nExam: lungs clear.\nGiven <M id=m1 act=start>cefazolin</M> <D of=m1>2 g</D>.',
    );
    expect(listed(chart)).toEqual(['sulfa||read']);
  });

  it.each(['Allergies: <C neg>NKDA</C>.', 'No known drug allergies.', 'Allergies: none', 'Allergies - nil known'])(
    'states that none is known where a note says so: "%s"',
    (text) => {
      const chart = chartOf(text);
      expect(chart).toMatchObject({ allergies: [], allergyStatement: 'no known allergies stated' });
      expect(chart.allergyStatementEvidence).toHaveLength(1);
    },
  );

  it('does not call silence "no known allergies"', () => {
    expect(chartOf('Seen for <S>cough</S>.').allergyStatement).toBe('no allergy statement found');
    expect(chartOf('<C>Allergic rhinitis</C>, heat intolerance: no.').allergyStatement).toBe(
      'no allergy statement found',
    );
  });

  it('leaves out allergies of others and denied reactions', () => {
    expect(
      chartOf('Sister has <M fam act=allergy>penicillin</M> allergy. Vaccine given, no anaphylaxis.').allergies,
    ).toEqual([]);
  });

  it('takes a label off where a note does', () => {
    const chart = markedChart([
      ['2023-01-01', 'Allergies: <M act=allergy>amoxicillin</M>'],
      ['2024-01-01', '<M act=allergy>Amoxicillin</M> allergy removed, oral challenge tolerated.'],
    ]);
    expect(chart.allergies[0]).toMatchObject({ status: 'removed' });
  });
});

describe('conflicts', () => {
  const kinds = (...notes: readonly (readonly [string, string])[]): string[] =>
    markedChart(notes).conflicts.map(({ kind }) => kind);

  it('sets an order against a listed allergy to the drug or its class', () => {
    expect(
      kinds(
        ['2024-02-05', 'Allergies: <M id=m1 act=allergy>penicillin</M> (<S by=m1>rash</S>).'],
        ['2024-02-07', 'Start <M id=m1 act=start>amoxicillin</M> <D of=m1>500 mg</D> <F of=m1>TID</F>.'],
      ),
    ).toEqual(['allergy-against-order']);
  });

  it('does not mind that a drug was taken before it caused the allergy', () => {
    expect(
      kinds(
        ['2024-02-05', 'Start <M act=start>lisinopril</M>.'],
        [
          '2024-03-05',
          'Stop <M act=stop>lisinopril</M>. Allergies: <M id=m2 act=allergy>lisinopril</M> (<S by=m2>angioedema</S>).',
        ],
      ),
    ).toEqual([]);
  });

  it('sets "NKDA" against a reaction known by then, and not one that came later', () => {
    const reaction = 'Allergies: <M id=m1 act=allergy>sulfa</M> (<S by=m1>hives</S>)';
    expect(kinds(['2024-01-01', reaction], ['2024-06-01', 'Allergies: <C neg>NKDA</C>'])).toEqual([
      'no-allergies-against-reaction',
    ]);
    expect(kinds(['2024-01-01', 'Allergies: <C neg>NKDA</C>'], ['2024-06-01', reaction])).toEqual([]);
  });

  it('notices a side that flips once, and not two operations on two sides', () => {
    const left = '<C>left hip fracture</C>';
    const chart = markedChart([
      [
        '2024-02-05',
        left.replace('left hip fracture', 'hip fracture') + ', <A of=c1>left</A> side, <C id=c1>hip fracture</C>',
      ],
      ['2024-02-07', '<A of=c1>left</A> <C id=c1>hip fracture</C>'],
      ['2024-02-08', '<A of=c1>right</A> <C id=c1>hip fracture</C>'],
    ]);
    expect(chart.conflicts).toMatchObject([
      { kind: 'laterality', sides: [{ date: '2024-02-07' }, { date: '2024-02-08' }] },
    ]);
    expect(
      kinds(
        ['2015-02-05', '<A of=p1>left</A> <P id=p1>knee replacement</P> <W of=p1>2/1/2015</W>'],
        ['2019-02-05', '<A of=p1>right</A> <P id=p1>knee replacement</P> <W of=p1>2/1/2019</W>'],
      ),
    ).toEqual([]);
  });

  it('sets never against ever smoking, and not quitting against having smoked', () => {
    expect(
      kinds(['2023-01-01', 'Never <H neg>smoked</H>.'], ['2023-09-01', '<H hist>Smoked</H> a bit, quit 2019.']),
    ).toEqual(['smoking']);
    expect(
      kinds(
        ['2021-01-01', '<H>Smokes</H> daily.'],
        ['2023-09-01', '<H hist>Ex-smoker</H>. Still not <H neg>smoking</H>.'],
      ),
    ).toEqual([]);
  });

  it('sets two doses on the lists of one day against each other', () => {
    expect(
      kinds([
        '2024-11-11',
        'Home meds:\n<M id=m1 act=continue>Lipitor</M> <D of=m1>40 mg</D> <F of=m1>nightly</F>\n<M id=m2 act=continue>atorvastatin</M> <D of=m2>80 mg</D> <F of=m2>nightly</F>',
      ]),
    ).toEqual(['two-doses']);
  });

  it('sets an outright denial against what the chart has', () => {
    expect(
      kinds(
        ['2023-01-01', '<C>stroke</C> in the left MCA territory.'],
        ['2023-09-01', 'No history of <C neg>stroke</C>.'],
      ),
    ).toEqual(['present-against-denied']);
    expect(kinds(['2023-01-01', '<C>DVT</C>.'], ['2023-09-01', 'Ultrasound: no <C neg>DVT</C>.'])).toEqual([]);
  });

  it('sets two values of one test and day against each other', () => {
    expect(
      kinds(
        ['2023-01-10', '<T id=t1>CEA</T> <V of=t1 id=v1>2.1</V> <W of=v1>1/5/2023</W>'],
        ['2023-02-10', '<T id=t1>CEA</T> <V of=t1 id=v1>4.1</V> <W of=v1>1/5/2023</W>'],
      ),
    ).toEqual(['two-values']);
  });
});
