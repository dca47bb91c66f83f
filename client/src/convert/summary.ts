import type { MedicationItem, ProblemItem, ResultItem } from '#server/contract/index.ts';
import { formatDate } from './dates.ts';

const PROBLEM_ORDER: readonly ProblemItem['status'][] = [
  'active',
  'suspected',
  'historical',
  'resolved',
  'ruled-out',
  'family',
];

interface Asserted {
  readonly lastAsserted: string;
  readonly lastIndependentlyAsserted: string;
}

/** A note on facts that later notes only repeat word for word; null for others. */
export function staleWords(fact: Asserted): string | null {
  if (fact.lastIndependentlyAsserted >= fact.lastAsserted) return null;
  return `last asserted independently ${formatDate(fact.lastIndependentlyAsserted)}`;
}

export interface SortedProblems {
  /** Lasting illnesses, then passing ones and suspicions of the last months. */
  readonly main: readonly ProblemItem[];
  /** Illnesses that have passed, or that no recent note names. */
  readonly past: readonly ProblemItem[];
  /** Symptoms and signs. */
  readonly findings: readonly ProblemItem[];
  /** Ruled out, of the family. */
  readonly apart: readonly ProblemItem[];
}

/** Problems that bear on care first, then the newest; findings, and what is not the patient's or not now, apart. */
export function sortProblems(items: readonly ProblemItem[]): SortedProblems {
  const rank = (item: ProblemItem): number => PROBLEM_ORDER.indexOf(item.status);
  const sorted = [...items].sort(
    (a, b) => rank(a) - rank(b) || b.lastAsserted.localeCompare(a.lastAsserted) || a.display.localeCompare(b.display),
  );
  const inGroup = (...wanted: Group[]) => sorted.filter((item) => wanted.includes(groupOf(item)));
  return {
    main: [...inGroup('current'), ...inGroup('recent')],
    past: inGroup('past'),
    findings: inGroup('symptom'),
    apart: inGroup('apart'),
  };
}

type Group = NonNullable<ProblemItem['group']> | 'apart';

/** The server's group; without one, by status and kind. */
function groupOf({ group, kind, status }: ProblemItem): Group {
  if (group !== undefined) return group;
  if (!['active', 'suspected', 'historical'].includes(status)) return 'apart';
  return kind === 'finding' ? 'symptom' : 'current';
}

/** Medications taken now (or on hold) and the others, each by name. */
export function sortMedications(items: readonly MedicationItem[]): {
  current: MedicationItem[];
  others: MedicationItem[];
} {
  const sorted = [...items].sort((a, b) => a.display.localeCompare(b.display));
  const isCurrent = (item: MedicationItem): boolean => item.status === 'active' || item.status === 'on-hold';
  return { current: sorted.filter(isCurrent), others: sorted.filter((item) => !isCurrent(item)) };
}

/** Dose, route and frequency as the notes put them. */
export function doseWords(item: Pick<MedicationItem, 'dose' | 'route' | 'frequency'>): string {
  return [item.dose, item.route, item.frequency].filter(Boolean).join(' ');
}

export interface ResultSeries {
  readonly test: string;
  readonly display: string;
  /** In order of date. */
  readonly items: readonly ResultItem[];
  readonly last: ResultItem;
  /** First number of each numeric result in the last one's unit, or in the unit of the test where they differ. */
  readonly numbers: readonly number[];
}

/** Value with its unit, as in the source. */
export function valueWords(item: Pick<ResultItem, 'value' | 'unit'>): string {
  if (!item.unit || item.value.toLowerCase().includes(item.unit.toLowerCase())) return item.value;
  return item.unit === '%' ? `${item.value}%` : `${item.value} ${item.unit}`;
}

/**
 * The first number of each result: as written where all share a unit, else in the unit of the test; null for one that cannot
 * stand beside the last.
 */
export function comparable(items: readonly ResultItem[]): (number | null)[] {
  const last = items.at(-1);
  const isOne = items.every(({ unit, numbers }) => unit === last?.unit || numbers.length === 0);
  return items.map(({ unit, numbers: [first, second], quantity }) => {
    if (first === undefined) return null;
    if (isOne || last?.quantity == null) return unit === last?.unit ? first : null;
    // The second number of a pair is not converted.
    const isKept = quantity?.unit === last.quantity.unit && (second === undefined || quantity.value === first);
    return isKept ? quantity.value : null;
  });
}

/** Results by test, the test with the newest result first. */
export function resultSeries(items: readonly ResultItem[]): ResultSeries[] {
  const groups = new Map<string, ResultItem[]>();
  for (const item of items) groups.set(item.test, [...(groups.get(item.test) ?? []), item]);
  const dateOf = (item: ResultItem): string => item.date ?? item.lastAsserted;
  return [...groups.entries()]
    .map(([test, group]): ResultSeries => {
      const sorted = [...group].sort((a, b) => dateOf(a).localeCompare(dateOf(b)));
      const last = sorted.at(-1)!;
      const numbers = comparable(sorted).flatMap((value) => value ?? []);
      return { test, display: last.display, items: sorted, last, numbers };
    })
    .sort((a, b) => dateOf(b.last).localeCompare(dateOf(a.last)) || a.display.localeCompare(b.display));
}
