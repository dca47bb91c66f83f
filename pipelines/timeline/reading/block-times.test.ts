import { describe, expect, it } from 'vitest';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';
import { markedChart } from '#evals/datasets/marked-chart.ts';

const on = (notes: MarkedNotes, kind: string): string[] =>
  markedChart(notes)
    .events.filter((event) => event.kind === kind)
    .map(({ display, when }) => `${display} ${when.start ?? 'unknown'}`);

describe('lines that a date opens', () => {
  it('date what was done to a drug on them', () => {
    const notes: MarkedNotes = [
      [
        '2023-04-26',
        '<W>3/29</W>  <T>INR</T> <V>1.1</V>  started <M act=start>warfarin</M>\n<W>4/24</W>  <T>INR</T> <V>6.1</V>  <M act=hold>warfarin</M> held',
      ],
    ];
    expect(on(notes, 'medication')).toEqual(['warfarin 2023-03-29', 'warfarin 2023-04-24']);
    expect(on(notes, 'result')).toEqual(['INR 2023-03-29', 'INR 2023-04-24']);
  });
  it('leave what only goes on to the day of the note', () => {
    const notes: MarkedNotes = [['2023-04-26', '<W>4/24</W>  on <M act=continue>aspirin</M>, <C>hypertension</C>']];
    expect(on(notes, 'medication')).toEqual(['aspirin 2023-04-26']);
    expect(on(notes, 'condition')).toEqual(['hypertension 2023-04-26']);
  });
});

describe('headings with a date', () => {
  it('of results and genotypes date the results and genotypes under them', () => {
    const notes: MarkedNotes = [
      [
        '2023-03-22',
        'GENETIC (<W>12/20/2022</W>)\n- <Z>Factor V Leiden heterozygous</Z>\n\nLabs <W>3/15</W>: <T>Hgb</T> <V>7.9</V> <T>ferritin</T> <V>3</V>',
      ],
    ];
    expect(on(notes, 'genotype')).toEqual(['Factor V Leiden heterozygous 2022-12-20']);
    expect(on(notes, 'result')).toEqual(['Hgb 2023-03-15', 'ferritin 2023-03-15']);
  });
});

describe('dates over columns', () => {
  it('that were read as one time head a column each', () => {
    const notes: MarkedNotes = [
      ['2023-03-22', 'SEROLOGY     <W>12/14/22     3/15/23</W>\n<T>IgG</T>          <V>84</V>           <V>76</V>'],
    ];
    expect(on(notes, 'result')).toEqual(['IgG 2022-12-14', 'IgG 2023-03-15']);
  });
});

describe('a date in brackets', () => {
  it('is of the value behind it in the bracket', () => {
    const notes: MarkedNotes = [['2022-02-16', '<T>A1c</T> <V>7.4%</V> (<W>6/2021</W> <V>5.7%</V>).']];
    expect(on(notes, 'result')).toEqual(['A1c 2021-06', 'A1c 2022-02-16']);
  });
});

describe('an addendum', () => {
  it('is of its own day, which its dates lie before', () => {
    const notes: MarkedNotes = [
      [
        '2022-07-12',
        'Seen 07/12/2022. <T>Hgb</T> <V>9.4</V>.\n\nADDENDUM <W>10/04/2022</W> (RN): <T id=t1>Hgb</T> <W of=t1>9/30</W> <V of=t1>13.6</V>, <T id=t2>ferritin</T> <V of=t2>118</V>.',
      ],
    ];
    expect(on(notes, 'result')).toEqual(['Hgb 2022-07-12', 'Hgb 2022-09-30', 'ferritin 2022-10-04']);
  });
});

describe('limits', () => {
  it('of treatment are no results', () => {
    const notes: MarkedNotes = [
      ['2022-02-16', 'No transfusion unless <T>Hgb</T> <V>< 7</V>. Goal <T>INR</T> <V>2-3</V>. <T>Hgb</T> <V>9.4</V>.'],
    ];
    expect(markedChart(notes).results.map(({ value }) => value)).toEqual(['9.4']);
  });
});
