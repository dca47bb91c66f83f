import { findSubjects } from '#pipelines/answering/question/subjects.ts';
import { indexOf } from '#pipelines/answering/evidence/chart-index.ts';
import { matchesOf } from '#pipelines/answering/evidence/subject-match.ts';
import type { Subject } from '#pipelines/answering/question/types.ts';
import type { GoldQuestion } from '../datasets/charts.ts';
import type { OpenedCharts, ReadChart } from './chart-engines.ts';

/** Types whose questions name what they ask about; the others lean on the chart or have no answer to miss. */
const TYPES: ReadonlySet<string> = new Set([
  'latest-value',
  'value-at-time',
  'trend',
  'medication-current',
  'medication-history',
  'reason',
  'negation',
  'procedure',
  'adverse-effect',
  'existence',
  'temporal-first',
  'temporal-last',
]);

const TRIES = 400;

export interface AbsentQuestion {
  readonly question: GoldQuestion;
  /** What it is about, and what stands nowhere in the chart. */
  readonly missing: readonly string[];
}

/** Draws up to `most` questions of other charts whose concepts stand nowhere in this chart's text. */
export function absentQuestions(
  chart: ReadChart,
  opened: OpenedCharts,
  random: () => number,
  most: number,
): AbsentQuestion[] {
  const others = opened.charts.filter((other) => other !== chart).flatMap((other) => other.gold.questions);
  const drawn = new Set<GoldQuestion>();
  const found: AbsentQuestion[] = [];
  for (let tries = 0; tries < TRIES && found.length < most; tries++) {
    const question = others[Math.floor(random() * others.length)]!;
    if (drawn.has(question) || question.after !== undefined || !TYPES.has(question.type)) continue;
    drawn.add(question);
    const missing = missingSubjects(question, chart, opened);
    if (missing !== null) found.push({ question, missing });
  }
  return found;
}

/** What the question is about, where none of it stands in the chart's text; null where some does or nothing is known. */
function missingSubjects(question: GoldQuestion, { chart }: ReadChart, { engines }: OpenedCharts): string[] | null {
  const index = indexOf(chart);
  const subjects = findSubjects(question.question, index, engines.terminology).filter(isClinical);
  if (subjects.length === 0) return null;
  return subjects.every(({ forms }) => matchesOf(index, forms).length === 0)
    ? subjects.map(({ words }) => words)
    : null;
}

function isClinical({ kind, forms }: Subject): boolean {
  return kind !== 'term' || forms.some(({ weight }) => weight < 1);
}
