import type {
  MedicationItem,
  NoteCitation,
  ProblemItem,
  ProcedureItem,
  ResultItem,
  When,
} from '#server/contract/index.ts';
import { dayNumber, formatDate, formatRange } from './dates.ts';
import type { NumberedNote } from './citations.ts';
import { doseWords, resultSeries, valueWords } from './summary.ts';

export const LANES = ['encounters', 'problems', 'findings', 'medications', 'procedures', 'results'] as const;
export type Lane = (typeof LANES)[number];

/** A stretch of time; days are counted from 1 Jan 1970. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly form: 'solid' | 'hold' | 'possible' | 'past';
  /** The true start lies before, on a day that the notes do not give. */
  readonly openStart: boolean;
  /** Goes on at the last note. */
  readonly openEnd: boolean;
  /** Stands in the bar. */
  readonly text: string;
  /** The whole of it in words. */
  readonly words: string;
  readonly evidence: NoteCitation;
}

export interface Point {
  readonly at: number;
  readonly words: string;
  readonly evidence: NoteCitation;
}

export interface Row {
  readonly id: string;
  readonly lane: Lane;
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly points: readonly Point[];
  /** Name of the test that can be plotted. */
  readonly test: string | null;
}

/** Something without a date: it is listed apart, never on a guessed day. */
export interface Undated {
  readonly id: string;
  readonly lane: Lane;
  readonly label: string;
  readonly evidence: NoteCitation;
}

export interface ChartRows {
  readonly rows: readonly Row[];
  readonly undated: readonly Undated[];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const NOTHING: ChartRows = { rows: [], undated: [] };

/** First and last day of a date as far as it is known; null where nothing is. */
export function daysOf(when: When | null): Span | null {
  const start = when?.start ?? when?.end;
  if (!start) return null;
  return { from: dayNumber(start), to: dayNumber(when?.end ?? start, 'end') };
}

type Step = MedicationItem['steps'][number];

function stepForm(step: Step, was: Bar['form'] | null): Bar['form'] | null {
  if (step.action === 'stop') return null;
  if (step.action === 'hold') return 'hold';
  if (step.action === 'plan') return was;
  return 'solid';
}

interface Segment extends Span {
  readonly form: Bar['form'];
  readonly text: string;
  readonly evidence: NoteCitation;
}

interface Course {
  readonly done: readonly Segment[];
  readonly open: Omit<Segment, 'to'> | null;
}

function closed({ done, open }: Course, to: number): Segment[] {
  return open ? [...done, { ...open, to: Math.max(open.from, to) }] : [...done];
}

function afterStep(course: Course, step: Step): Course {
  const { open } = course;
  const form = stepForm(step, open?.form ?? null);
  const text = doseWords(step) || open?.text || '';
  if (open && form === open.form && text === open.text) return course;
  const at = daysOf(step.when)?.from ?? dayNumber(step.noteDate);
  const next = form ? { from: at, form, text, evidence: step.evidence[0] } : null;
  return { done: closed(course, at), open: next };
}

/** Cuts a course at each change of dose and at each hold, resumption and stop. */
function segmentsOf(item: MedicationItem, end: number): Segment[] {
  return closed(item.steps.reduce<Course>(afterStep, { done: [], open: null }), end);
}

function medicationWords(item: MedicationItem, segment: Segment, last: boolean): string {
  const going = item.status === 'active' || item.status === 'on-hold';
  const stopped = last && item.stop ? `stopped ${formatDate(item.stop)}` : null;
  const why = last && !going && item.stopReason ? `because of ${item.stopReason}` : null;
  const hold = segment.form === 'hold' ? 'on hold' : null;
  const start = item.start ? `since ${formatDate(item.start)}` : `noted by ${formatDate(item.firstAsserted)}`;
  return [`${item.display} ${segment.text}`.trim(), hold, start, stopped, why].filter(Boolean).join(', ');
}

const NOT_TAKEN: readonly MedicationItem['status'][] = ['allergy', 'considered', 'planned'];

/** Medications as bars that step with the dose; those only planned or considered are left out. */
export function medicationRows(items: readonly MedicationItem[], asOf: number): ChartRows {
  const rows = items
    .filter(({ status, steps }) => !NOT_TAKEN.includes(status) && steps.length > 0)
    .map((item): Row => {
      const going = item.status === 'active' || item.status === 'on-hold';
      const stop = item.stop ? dayNumber(item.stop, 'end') : dayNumber(item.lastAsserted);
      const segments = segmentsOf(item, going ? asOf : stop);
      const bars = segments.map((segment, i): Bar => ({
        ...segment,
        openStart: i === 0 && item.start === null,
        openEnd: going && i === segments.length - 1,
        words: medicationWords(item, segment, i === segments.length - 1),
      }));
      return { id: item.id, lane: 'medications', label: item.display, bars, points: [], test: null };
    });
  return { rows, undated: [] };
}

const PROBLEM_FORM: Partial<Record<ProblemItem['status'], Bar['form']>> = {
  active: 'solid',
  suspected: 'possible',
  resolved: 'past',
  historical: 'past',
};

function problemBar(item: ProblemItem, form: Bar['form'], asOf: number): Bar {
  const onset = daysOf(item.onsetWhen);
  const from = onset?.from ?? dayNumber(item.firstAsserted);
  const goes = item.status === 'active' || item.status === 'suspected';
  const since = onset ? formatRange(item.onset, null) : `noted by ${formatDate(item.firstAsserted)}`;
  return {
    from,
    to: Math.max(from, goes ? asOf : dayNumber(item.lastAsserted)),
    form,
    openStart: onset === null,
    openEnd: goes,
    text: '',
    words: `${item.display}: ${item.status}, ${since}, last asserted ${formatDate(item.lastAsserted)}`,
    evidence: item.evidence[0],
  };
}

/** Problems as bars; what was ruled out or is a relative's has no place on the patient's timeline. */
export function problemRows(items: readonly ProblemItem[], asOf: number): ChartRows {
  const undated = items
    .filter(({ status, onset }) => status === 'historical' && !onset)
    .map((item): Undated => ({ id: item.id, lane: lanesOf(item), label: item.display, evidence: item.evidence[0] }));
  const apart = new Set(undated.map(({ id }) => id));
  const rows = items.flatMap((item): Row[] => {
    const form = PROBLEM_FORM[item.status];
    if (!form || apart.has(item.id)) return [];
    const bars = [problemBar(item, form, asOf)];
    return [{ id: item.id, lane: lanesOf(item), label: item.display, bars, points: [], test: null }];
  });
  return { rows, undated };
}

function lanesOf(item: ProblemItem): Lane {
  return item.kind === 'condition' ? 'problems' : 'findings';
}

/** Procedures as points; planned ones and those not done are left out. */
export function procedureRows(items: readonly ProcedureItem[]): ChartRows {
  const done = items.filter(({ status }) => status === 'done' || status === 'historical');
  const rows = done.flatMap((item): Row[] => {
    const days = daysOf(item.when);
    if (!days) return [];
    const words = `${item.display}, ${formatDate(item.date)}`;
    const point = { at: days.from, words, evidence: item.evidence[0] };
    return [{ id: item.id, lane: 'procedures', label: item.display, bars: [], points: [point], test: null }];
  });
  const undated = done
    .filter(({ when }) => daysOf(when) === null)
    .map((item): Undated => ({ id: item.id, lane: 'procedures', label: item.display, evidence: item.evidence[0] }));
  return { rows, undated };
}

/** Results as one row a test. */
export function resultRows(items: readonly ResultItem[]): ChartRows {
  const dated = items.filter(({ when }) => daysOf(when) !== null);
  const rows = resultSeries(dated).map((series): Row => {
    const points = series.items.map((item): Point => {
      const words = `${item.display} ${valueWords(item)}, ${formatDate(item.date)}`;
      return { at: daysOf(item.when)!.from, words, evidence: item.evidence[0] };
    });
    const test = series.numbers.length > 0 ? series.test : null;
    return { id: series.test, lane: 'results', label: series.display, bars: [], points, test };
  });
  const undated = items
    .filter(({ when }) => daysOf(when) === null)
    .map((item): Undated => {
      const label = `${item.display} ${valueWords(item)}`;
      return { id: item.id, lane: 'results', label, evidence: item.evidence[0] };
    });
  return { rows, undated };
}

/** The notes themselves, on one row. */
export function encounterRow(notes: readonly NumberedNote[]): ChartRows {
  if (notes.length === 0) return NOTHING;
  const points = notes.map(({ id, date, type, number }): Point => {
    const evidence: NoteCitation = { kind: 'note', noteId: id, start: 0, end: 0, quote: '' };
    return { at: dayNumber(date), words: `${number} · ${type}, ${formatDate(date)}`, evidence };
  });
  const row: Row = { id: 'encounters', lane: 'encounters', label: 'Notes', bars: [], points, test: null };
  return { rows: [row], undated: [] };
}

/** Everything on one timeline, lanes in their order, rows by their first day. */
export function joinRows(parts: readonly ChartRows[]): ChartRows {
  const first = (row: Row): number => row.bars[0]?.from ?? row.points[0]?.at ?? Infinity;
  const rows = parts
    .flatMap((part) => part.rows)
    .sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane) || first(a) - first(b));
  return { rows, undated: parts.flatMap((part) => part.undated) };
}

/** First and last day that anything stands on, with a margin. */
export function extentOf(rows: readonly Row[]): Span {
  const days = rows.flatMap(({ bars, points }) => [
    ...bars.flatMap(({ from, to }) => [from, to]),
    ...points.map(({ at }) => at),
  ]);
  if (days.length === 0) return { from: 0, to: 365 };
  const [from, to] = days.reduce(
    ([low, high], day) => [Math.min(low, day), Math.max(high, day)],
    [Infinity, -Infinity],
  );
  const margin = Math.max(5, (to - from) * 0.03);
  return { from: from - margin, to: to + margin };
}

/** The days that the notes span, with a margin before them: what is shown at first. */
export function homeOf(rows: readonly Row[], extent: Span): Span {
  const notes = extentOf(rows.filter(({ lane }) => lane === 'encounters'));
  const margin = Math.max(30, (notes.to - notes.from) * 0.12);
  const from = Math.max(extent.from, notes.from - margin);
  const to = Math.min(extent.to, notes.to + margin / 3);
  return from < to ? { from, to } : extent;
}

/** What was taken on a day, as the bars have it: `apixaban 5 mg BID`. */
export function takenOn(rows: readonly Row[], day: number): string[] {
  return rows
    .filter(({ lane }) => lane === 'medications')
    .flatMap(({ label, bars }) => {
      const bar = bars.findLast(({ from, to }) => from <= day && day <= to);
      if (!bar) return [];
      return [`${label} ${bar.text}${bar.form === 'hold' ? ' (on hold)' : ''}`.trim()];
    });
}

/** Points that would lie too close to tell apart, as one. */
export interface Cluster {
  readonly points: readonly [Point, ...Point[]];
  /** Day of the middle of the cluster. */
  readonly at: number;
}

/** Joins points that stand nearer than `nearest` days to the first of their cluster. */
export function clustered(points: readonly Point[], nearest: number): Cluster[] {
  const groups: [Point, ...Point[]][] = [];
  for (const point of [...points].sort((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    if (last && point.at - last[0].at < nearest) last.push(point);
    else groups.push([point]);
  }
  return groups.map((group) => ({ points: group, at: (group[0].at + group.at(-1)!.at) / 2 }));
}
