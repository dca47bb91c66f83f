import { describe, expect, it } from 'vitest';
import type { Chart } from '#pipelines/domain/chart.ts';
import { markedChart } from '#evals/datasets/marked-chart.ts';

const DAY = '2024-05-20';
const chartOf = (text: string): Chart => markedChart([[DAY, text]]);
const values = (chart: Chart): string[] =>
  chart.results.map(({ test, value, when }) => `${when.start ?? '?'} ${test} ${value}`);

describe('results', () => {
  it('pairs tests with values on one line, with numbers and units', () => {
    const chart = chartOf(
      'Labs: <T id=t1>Cr</T> <V of=t1>1.3 mg/dL</V>, <T id=t2>BP</T> <V of=t2>142/88</V>, <T id=t3>troponin</T> <V of=t3>negative</V>.',
    );
    expect(values(chart)).toEqual([
      '2024-05-20 creatinine 1.3 mg/dL',
      '2024-05-20 blood pressure 142/88',
      '2024-05-20 troponin negative',
    ]);
    expect(chart.results[0]).toMatchObject({ numbers: [1.3], unit: 'mg/dL' });
    expect(chart.results[1]).toMatchObject({ numbers: [142, 88] });
    expect(chart.results[2]).toMatchObject({ numbers: [], flag: 'normal' });
  });

  it('takes an unlinked or unmarked value right behind its test', () => {
    expect(values(chartOf('<T>Hgb</T> 9.1, <T>plt</T> <V>212</V>'))).toEqual([
      '2024-05-20 hemoglobin 9.1',
      '2024-05-20 plt 212',
    ]);
  });

  it('reads reference range and flag where the text gives them', () => {
    expect(chartOf('<T id=t1>K</T> <V of=t1>5.6</V> (ref 3.5-5.0)').results[0]).toMatchObject({
      referenceRange: '3.5-5.0',
      flag: 'high',
    });
    expect(chartOf('<T id=t1>Na</T> <V of=t1>128</V> [L]').results[0]).toMatchObject({ flag: 'low' });
  });

  it('gives a number to the nearest of the tests that it was linked to', () => {
    expect(values(chartOf('<T id=t1>ALT</T> <V of=t1>30</V>, <T id=t2>CK</T> <V of=t1,t2>124</V>'))).toEqual([
      '2024-05-20 alt 30',
      '2024-05-20 ck 124',
    ]);
  });

  it('takes no date or clock time before a colon for a value', () => {
    expect(values(chartOf('<T id=t1>INR</T> <V of=t1>2240</V>: <V of=t1>1.6</V>'))).toEqual(['2024-05-20 inr 1.6']);
    expect(values(chartOf('<T id=t1>A1c</T> <V of=t1>4/2</V>: <V of=t1>7.4%</V>'))).toEqual([
      '2024-05-20 hemoglobin a1c 7.4%',
    ]);
  });

  it('dates a value by the bracket behind it, or by the date right before it', () => {
    const chart = chartOf(
      '<T id=t1>CK</T> trend: <W>5/7</W> <V of=t1>4,110</V>, <W>5/15</W> <V of=t1>690</V>; <T id=t2>A1c</T> <V of=t2>8.8%</V> (<W>3/2021</W>)',
    );
    expect(values(chart)).toEqual(['2021-03 hemoglobin a1c 8.8%', '2024-05-07 ck 4,110', '2024-05-15 ck 690']);
  });

  it('tells an earlier value from the present one', () => {
    const chart = chartOf('<T id=t1>Cr</T> <V of=t1>1.9</V> (was <V id=v1 of=t1>1.4</V> <W of=v1>in February</W>)');
    expect(values(chart)).toEqual(['2024-02 creatinine 1.4', '2024-05-20 creatinine 1.9']);
    expect(values(chartOf('<T id=t1>Cr</T> <V of=t1>1.1</V> -> <V of=t1>1.4</V>'))).toEqual([
      '? creatinine 1.1',
      '2024-05-20 creatinine 1.4',
    ]);
  });

  it('goes on with a series where only its first value is linked', () => {
    const chart = chartOf('<T id=t1>A1c</T> <V of=t1>8.1%</V> (<W>2/2020</W>), <V>7.4%</V> (<W>6/2020</W>)');
    expect(values(chart)).toEqual(['2020-02 hemoglobin a1c 8.1%', '2020-06 hemoglobin a1c 7.4%']);
  });

  it('dates a block of results by its label', () => {
    const chart = chartOf(
      'Labs <W>5/14</W>\n<T id=t1>Cr</T> <V of=t1>1.3</V>\n<T id=t2>Hgb</T> <V of=t2>9.1</V>\n\n<T id=t3>BP</T> <V of=t3>120/70</V>',
    );
    expect(values(chart)).toEqual([
      '2024-05-14 creatinine 1.3',
      '2024-05-14 hemoglobin 9.1',
      '2024-05-20 blood pressure 120/70',
    ]);
  });

  it('reads a table with dates over its columns, and a list of dated values under one test', () => {
    const table =
      '          <W>1/5/24</W>    <W>3/5/24</W>\n<T>Cr</T>        1.1       1.4\n<T>Hgb</T>       9.0       9.8';
    expect(values(chartOf(table))).toEqual([
      '2024-01-05 creatinine 1.1',
      '2024-01-05 hemoglobin 9.0',
      '2024-03-05 creatinine 1.4',
      '2024-03-05 hemoglobin 9.8',
    ]);
    const list = 'Recent <T>INR</T>:\n<W>4/2/24</W>  <V>1.7</V>\n<W>4/9/24</W>  <V>2.2</V>';
    expect(values(chartOf(list))).toEqual(['2024-04-02 inr 1.7', '2024-04-09 inr 2.2']);
  });

  it('places values of arrival and discharge on those days', () => {
    const chart = chartOf(
      'Admitted: 5/15/2024\nDischarged: 5/20/2024\nCourse: <T id=t1>Cr</T> <V of=t1>1.9</V> on arrival, <V of=t1>1.5</V> at discharge.',
    );
    expect(values(chart)).toEqual(['2024-05-15 creatinine 1.9', '2024-05-20 creatinine 1.5']);
  });

  it('counts a value that a later note quotes again once', () => {
    const chart = markedChart([
      ['2024-05-10', 'Labs: <T id=t1>Hgb</T> <V of=t1>7.2</V>'],
      ['2024-05-14', 'Hospital course: presented with a <T id=t1>Hgb</T> of <V of=t1>7.2</V>.'],
      ['2024-05-16', 'Labs: <T id=t1>Hgb</T> <V of=t1>7.2</V>'],
    ]);
    expect(values(chart)).toEqual(['2024-05-10 hemoglobin 7.2', '2024-05-16 hemoglobin 7.2']);
    expect(chart.results[0]!.evidence).toHaveLength(2);
  });

  it('leaves out planned tests and goals', () => {
    expect(chartOf('Recheck <T hyp id=t1>INR</T> 2-3 goal').results).toEqual([]);
  });
});

describe('problems', () => {
  const problem = (text: string) => chartOf(text).problems[0]!;

  it('places a past event in its year', () => {
    const chart = chartOf('History of <C id=c1 hist>MI</C> <W of=c1>in 2014</W>.');
    expect(chart.problems[0]).toMatchObject({
      status: 'historical',
      onset: { start: '2014', precision: 'year', anchor: 'stated' },
    });
    expect(chart.events[0]).toMatchObject({ kind: 'condition', when: { start: '2014' } });
  });

  it('reckons onset back from how long it has lasted', () => {
    expect(problem('<S id=s1>black stools</S> <U of=s1>x3d</U>').onset).toMatchObject({
      start: '2024-05-17',
      end: '2024-05-20',
      anchor: 'relative',
    });
  });

  it('tells suspected, ruled out, resolved and denied apart', () => {
    expect(problem('Possible <C unc>pneumonia</C>.').status).toBe('suspected');
    expect(problem('<C neg>MI</C> was ruled out.')).toMatchObject({
      status: 'ruled-out',
      denials: [expect.anything()],
    });
    expect(problem('<S hist>Gum bleeding</S> resolved.').status).toBe('resolved');
    const course = markedChart([
      ['2024-05-01', 'Possible <C unc>pneumonia</C>.'],
      ['2024-05-03', 'No <C neg>pneumonia</C> on CT.'],
    ]);
    expect(course.problems[0]!.status).toBe('ruled-out');
  });

  it('keeps family history apart, with the relative as written', () => {
    const [own, family] = chartOf('<C>AF</C>. Family: older brother has <C fam>AF</C>.').problems;
    expect(own).toMatchObject({ status: 'active', relative: null });
    expect(family).toMatchObject({ status: 'family', relative: 'older brother' });
  });

  it('reads the side from the words or from the body site', () => {
    expect(problem('<C>left hip fracture</C>').laterality).toBe('left');
    expect(problem('<A of=s1>R</A> arm <S id=s1>weakness</S>').laterality).toBe('right');
  });

  it('marks what model and rules read differently as uncertain', () => {
    expect(chartOf('<C>AF</C>').problems[0]!.contextUncertain).toBe(false);
  });
});

describe('habits and procedures', () => {
  it.each([
    ['never <H neg>smoked</H>', 'never'],
    ['<H hist id=h1>former smoker</H>, quit <W of=h1>in 2015</W>', 'former'],
    ['<H>smokes half a pack a day</H>', 'current'],
    ['has not <H neg>smoked</H> since March', 'former'],
  ])('reads "%s" as %s', (text, status) => expect(chartOf(text).habits[0]).toMatchObject({ habit: 'tobacco', status }));

  it('tells done, planned and not done procedures apart and dates them', () => {
    const { procedures } = chartOf(
      's/p <P hist id=p1>CABG</P> <W of=p1>2016</W>. No <P neg>stent</P>. Plan <P hyp>ablation</P>.',
    );
    expect(procedures.map(({ display, status, when }) => [display, status, when.start])).toEqual([
      ['CABG', 'historical', '2016'],
      ['stent', 'not-done', '2024-05-20'],
      ['ablation', 'planned', null],
    ]);
  });
});
