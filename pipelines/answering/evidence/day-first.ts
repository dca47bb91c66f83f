import { dateOrderVotes } from '../../timeline/index.ts';
import type { Chart } from '../../domain/chart.ts';

const known = new WeakMap<Chart, boolean>();

/** Whether a chart writes the day before the month in dates of figures: `03/04/2024` is then the third of April. */
export function isDayFirst(chart: Chart): boolean {
  const found = known.get(chart) ?? chart.notes.reduce((votes, { note }) => votes + dateOrderVotes(note), 0) > 0;
  known.set(chart, found);
  return found;
}
