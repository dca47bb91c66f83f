import { describe, expect, it } from 'vitest';
import type { MedicationItem, ProblemItem, When } from '#server/contract/index.ts';
import { aCitation } from '../testing/fixtures.ts';
import { dayNumber } from './dates.ts';
import { clustered, medicationRows, problemRows, takenOn } from './timeline-rows.ts';

const on = (date: string): When => ({ start: date, end: date, precision: 'day', anchor: 'stated' });

type Step = MedicationItem['steps'][number];

function step(action: Step['action'], date: string, dose: string | null = null): Step {
  return {
    action,
    when: on(date),
    note: 'n1',
    noteDate: date,
    dose,
    route: null,
    frequency: null,
    reason: null,
    reasonEvidence: null,
    evidence: [aCitation('lisinopril')],
  };
}

const fact = {
  concept: 'lisinopril',
  display: 'lisinopril',
  codes: [],
  evidence: [aCitation('lisinopril')] as const,
  firstAsserted: '2020-01-10',
  lastAsserted: '2022-03-12',
  lastIndependentlyAsserted: '2022-03-12',
  contextUncertain: false,
};

function medication(part: Partial<MedicationItem>): MedicationItem {
  return {
    ...fact,
    id: 'm1',
    status: 'active',
    dose: null,
    route: null,
    frequency: null,
    start: null,
    stop: null,
    startWhen: null,
    stopWhen: null,
    reason: null,
    stopReason: null,
    indication: null,
    class: null,
    classes: [],
    ingredients: ['lisinopril'],
    steps: [],
    ...part,
  };
}

const asOf = dayNumber('2022-06-01');
const barsOf = (item: MedicationItem) =>
  medicationRows([item], asOf).rows.flatMap(({ bars }) =>
    bars.map(({ form, text, from, to }) => [form, text, from, to]),
  );

describe('a medication on the timeline', () => {
  it('steps where the dose changes and goes on to the last note while it is taken', () => {
    const steps = [step('start', '2020-01-10', '10 mg'), step('increase', '2021-05-03', '20 mg')];
    expect(barsOf(medication({ steps }))).toEqual([
      ['solid', '10 mg', dayNumber('2020-01-10'), dayNumber('2021-05-03')],
      ['solid', '20 mg', dayNumber('2021-05-03'), asOf],
    ]);
  });

  it('does not step where a note only says that it goes on', () => {
    const steps = [
      step('start', '2020-01-10', '10 mg'),
      step('continue', '2021-05-03'),
      step('continue', '2022-01-01'),
    ];
    expect(barsOf(medication({ steps }))).toHaveLength(1);
  });

  it('shows a hold apart from taking, and the dose again after it', () => {
    const steps = [step('start', '2020-01-10', '10 mg'), step('hold', '2021-05-03'), step('resume', '2021-06-01')];
    expect(barsOf(medication({ steps })).map(([form, text]) => [form, text])).toEqual([
      ['solid', '10 mg'],
      ['hold', '10 mg'],
      ['solid', '10 mg'],
    ]);
  });

  it('ends on the day of the stop and says why', () => {
    const steps = [step('start', '2020-01-10', '10 mg'), step('stop', '2022-03-12')];
    const item = medication({ steps, status: 'stopped', start: '2020-01-10', stop: '2022-03-12', stopReason: 'cough' });
    const [bar] = medicationRows([item], asOf).rows[0]!.bars;
    expect(bar).toMatchObject({ to: dayNumber('2022-03-12'), openEnd: false });
    expect(bar!.words).toBe('lisinopril 10 mg, since 10 Jan 2020, stopped 12 Mar 2022, because of cough');
  });

  it('leaves out what was only considered', () => {
    expect(
      medicationRows([medication({ status: 'considered', steps: [step('plan', '2021-01-01')] })], asOf).rows,
    ).toEqual([]);
  });

  it('is named among what was taken on a day within its bars, and not after the stop', () => {
    const steps = [step('start', '2020-01-10', '10 mg'), step('stop', '2022-03-12')];
    const { rows } = medicationRows([medication({ steps, status: 'stopped', stop: '2022-03-12' })], asOf);
    expect(takenOn(rows, dayNumber('2021-05-03'))).toEqual(['lisinopril 10 mg']);
    expect(takenOn(rows, dayNumber('2022-04-01'))).toEqual([]);
  });
});

function problem(part: Partial<ProblemItem>): ProblemItem {
  return {
    ...fact,
    id: 'p1',
    display: 'gout',
    kind: 'condition',
    status: 'active',
    onset: null,
    onsetWhen: null,
    laterality: null,
    relative: null,
    denials: [],
    ...part,
  };
}

describe('a problem on the timeline', () => {
  it('begins at its onset, the whole of a year where only the year is known', () => {
    const [row] = problemRows([problem({ onset: '2014', onsetWhen: on('2014') })], asOf).rows;
    expect(row!.bars[0]).toMatchObject({ from: dayNumber('2014-01-01'), openStart: false, openEnd: true });
  });

  it('stands in the tray, not on a guessed day, when it is past and undated', () => {
    const { rows, undated } = problemRows([problem({ status: 'historical' })], asOf);
    expect([rows.length, undated.map(({ label }) => label)]).toEqual([0, ['gout']]);
  });

  it('is absent when ruled out or a relative’s', () => {
    const items = [problem({ status: 'ruled-out' }), problem({ status: 'family', relative: 'mother' })];
    expect(problemRows(items, asOf)).toEqual({ rows: [], undated: [] });
  });
});

it('joins points that lie too close to press, and only those', () => {
  const point = (at: number) => ({ at, words: String(at), evidence: aCitation('Dry cough') });
  const clusters = clustered([point(100), point(0), point(4)], 10);
  expect(clusters.map(({ points, at }) => [points.length, at])).toEqual([
    [2, 2],
    [1, 100],
  ]);
});
