import { describe, expect, it } from 'vitest';
import { readCharts } from '../datasets/charts.ts';
import { isRight, occurs } from './chart-answer.ts';

describe('the scoring rule for questions', () => {
  it('compares dates as dates, a month matching any day in it', () => {
    expect(occurs('2020-06-26', 'started 6/26/2020')).toBe(true);
    expect(occurs('March 2019', 'seen on 12 Mar 2019')).toBe(true);
    expect(occurs('22/04/2024', 'on April 22, 2024')).toBe(true);
  });
  it('never finds a number inside a longer number or a date', () => {
    expect(occurs('1.9', 'creatinine 11.9')).toBe(false);
    expect(occurs('6', 'on 6/15/2020')).toBe(false);
    expect(occurs('36', 'eGFR 36.')).toBe(true);
  });
  it('lets every gold answer of the open charts pass', () => {
    const failing = readCharts('corpora/charts').flatMap((chart) =>
      chart.questions
        .filter((q) => !isRight(q, q.evidence.length === 0 ? 'abstained' : 'answered', [q.answer]))
        .map((q) => `${chart.patient.id} ${q.id}`),
    );
    expect(failing).toEqual([]);
  });
});
