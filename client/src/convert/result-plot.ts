import type { NoteCitation } from '#server/contract/index.ts';
import { dayNumber } from './dates.ts';
import type { ResultSeries } from './summary.ts';
import { comparable, valueWords } from './summary.ts';

export interface PlotPoint {
  readonly day: number;
  readonly date: string;
  /** The number, or the first of a pair. */
  readonly value: number;
  /** The second of a pair, as in a blood pressure. */
  readonly second: number | null;
  readonly words: string;
  readonly evidence: NoteCitation;
}

export interface Plot {
  readonly points: readonly PlotPoint[];
  readonly pair: boolean;
  readonly unit: string | null;
  /** Results that cannot be plotted beside the others. */
  readonly left: number;
}

/** The results of a test that have a number, a date, and the unit of the last one or one that converts to the test's own. */
export function plotOf(series: ResultSeries): Plot {
  const { last } = series;
  const values = comparable(series.items);
  const isConverted = series.items.some(({ unit, numbers }) => unit !== last.unit && numbers.length > 0);
  const unit =
    isConverted && last.quantity !== null && last.quantity.value !== last.numbers[0] ? last.quantity.unit : last.unit;
  const points = series.items.flatMap((item, i): PlotPoint[] => {
    const [value, second] = [values[i], item.numbers[1] ?? null];
    if (value === null || value === undefined || item.date === null) return [];
    const words = valueWords(item);
    return [{ day: dayNumber(item.date), date: item.date, value, second, words, evidence: item.evidence[0] }];
  });
  const pair = points.length > 0 && points.every(({ second }) => second !== null);
  return { points, pair, unit, left: series.items.length - points.length };
}
