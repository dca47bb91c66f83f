import { houseDate } from '../text/dates.ts';
import { groupBy } from './group-by.ts';
import type { DatedResult } from './results.ts';
import { sizesOf } from './results.ts';
import { courseOf } from './trend-values.ts';
import { courseSubjects, partAsked } from './trend-window.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { qualified } from './value.ts';
import { capital, inline } from './wording.ts';

const POINTS = 9;

/** A test's values in order of date with the direction they take; first, last, highest and lowest are always shown. */
export function draftTrend(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('trend') || question.asked.has('why')) return null;
  const courses = courseSubjects(context)
    .map((subject) => ({ subject, known: courseOf(context, subject) }))
    .filter(({ known }) => known.length > 1);
  const claims = courses.flatMap(({ subject, known }) => {
    const named = qualified(context, subject, known);
    const results = named.length > 1 ? named : known;
    const groups = groupBy(results, ({ test }) => (subject.kind === 'panel' ? test : ''));
    return groups.map((group) => trendClaim(context, group));
  });
  const shown = claims.filter((claim): claim is DraftClaim => claim !== null).slice(0, 3);
  if (shown.length === 0) return null;
  return { claims: shown, finding: 'affirmed', rule: 'trend', confidence: 0.85 };
}

function trendClaim(context: DraftContext, results: readonly DatedResult[]): DraftClaim | null {
  const series = select(withoutRepeats(partAsked(context, results)), claimBudget(context));
  if (series.length < 2) return null;
  const points = series.map(
    ({ value, date, earlier }) => `${inline(value)} (${earlier ? 'before ' : ''}${houseDate(date)})`,
  );
  const direction = directionOf(series);
  const [first, ...rest] = series.map(({ citation }) => citation);
  return {
    text: `${capital(inline(series.at(-1)!.display))}: ${points.join(', ')}${direction === null ? '' : `: ${direction}`}.`,
    citations: [first!, ...rest],
    polarity: 'quoted',
    computed: ['trend'],
  };
}

function claimBudget({ question }: DraftContext): number {
  return Math.max(4, Math.floor(POINTS / Math.max(1, question.subjects.filter(({ kind }) => kind === 'test').length)));
}

function withoutRepeats(results: readonly DatedResult[]): DatedResult[] {
  const seen = new Set<string>();
  const kept: DatedResult[] = [];
  for (const result of results) {
    const value = inline(result.value).toLowerCase();
    const previous = kept.at(-1);
    if (
      previous !== undefined &&
      inline(previous.value).toLowerCase() === value &&
      previous.date.slice(0, 7) === result.date.slice(0, 7)
    )
      continue;
    if (seen.has(`${value} ${result.date}`)) continue;
    seen.add(`${value} ${result.date}`);
    kept.push(result);
  }
  return kept;
}

/** At most `limit` points: the first, the last, the extremes, and the latest of the others. */
function select(results: readonly DatedResult[], limit: number): DatedResult[] {
  if (results.length <= limit) return [...results];
  const sizes = sizesOf(results);
  const size = (i: number): number => sizes[i]!;
  const numeric = [...results.keys()].filter((i) => !Number.isNaN(size(i)));
  const keep = new Set([0, results.length - 1]);
  if (numeric.length > 0) {
    keep.add(numeric.reduce((a, b) => (size(b) > size(a) ? b : a)));
    keep.add(numeric.reduce((a, b) => (size(b) < size(a) ? b : a)));
  }
  for (let step = 1; keep.size < limit && step < results.length; step++) {
    keep.add(Math.round((step * (results.length - 1)) / limit));
    if (step > limit) keep.add(results.length - 1 - (step - limit));
  }
  return [...keep]
    .sort((a, b) => a - b)
    .slice(0, limit)
    .map((i) => results[i]!);
}

function directionOf(series: readonly DatedResult[]): string | null {
  const numbers = sizesOf(series).filter((size) => !Number.isNaN(size));
  if (numbers.length < 2 || numbers.length < series.length) return null;
  const [first, last] = [numbers[0]!, numbers.at(-1)!];
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  if (first === last && low === high) return 'unchanged';
  if (high > Math.max(first, last) * 1.1) return 'rose, then fell';
  if (low < Math.min(first, last) * 0.9) return 'fell, then rose';
  return last > first ? 'rising' : 'falling';
}
