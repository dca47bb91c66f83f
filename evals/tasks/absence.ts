import { findSubjects } from '#pipelines/answering/question/subjects.ts';
import { indexOf } from '#pipelines/answering/evidence/chart-index.ts';
import { matchesOf } from '#pipelines/answering/evidence/subject-match.ts';
import type { Subject } from '#pipelines/answering/question/types.ts';
import { CHARTS, hashOfCharts, readCharts } from '../datasets/charts.ts';
import type { GoldQuestion } from '../datasets/charts.ts';
import { bootstrapByGroup, randomFrom, rate } from '../metrics/interval.ts';
import { ask } from '../solvers/ask-chart.ts';
import type { OpenedCharts, ReadChart } from '../solvers/chart-engines.ts';
import { openCharts } from '../solvers/chart-engines.ts';
import type { Task } from '../task.ts';

const PER_CHART = 10;
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

interface AbsenceCase {
  readonly id: string;
  readonly question: string;
  readonly missing: readonly string[];
  readonly status: string;
  readonly got: readonly string[];
}

/** Questions of other charts whose concepts stand nowhere in this chart's text: every one has to be met with an abstention. */
export const absence: Task = {
  name: 'absence',
  version: '1',
  summary: 'Abstention on questions of other charts whose concepts occur nowhere in the chart that is asked.',
  async run({ data, limit, seed, log }) {
    const golds = readCharts(data ?? CHARTS)
      .filter((chart) => chart.questions.length > 0)
      .slice(0, limit);
    const opened = await openCharts(golds, log);
    try {
      const random = randomFrom(seed);
      const byPatient: AbsenceCase[][] = [];
      for (const chart of opened.charts) byPatient.push(await askAbsent(chart, opened, random));
      const cases = byPatient.flat();
      const abstained = bootstrapByGroup(
        byPatient,
        (group) => rate(group, ({ status }) => status === 'abstained'),
        seed,
      );
      return {
        release: opened.engines.terminology.releases.join('+'),
        data: { path: data ?? CHARTS, sha256: hashOfCharts(golds), n: cases.length },
        figures: { abstained },
        cases: cases.filter(({ status }) => status !== 'abstained'),
      };
    } finally {
      await opened.close();
    }
  },
};

async function askAbsent(chart: ReadChart, opened: OpenedCharts, random: () => number): Promise<AbsenceCase[]> {
  const others = opened.charts.filter((other) => other !== chart).flatMap((other) => other.gold.questions);
  const cases: AbsenceCase[] = [];
  const drawn = new Set<GoldQuestion>();
  for (let tries = 0; tries < 400 && cases.length < PER_CHART; tries++) {
    const question = others[Math.floor(random() * others.length)]!;
    if (drawn.has(question) || question.after !== undefined || !TYPES.has(question.type)) continue;
    drawn.add(question);
    const missing = missingSubjects(question, chart, opened);
    if (missing === null) continue;
    const answer = await ask(chart, opened.enginesFor(chart), question.question);
    cases.push({
      id: `${chart.gold.patient.id} ${cases.length + 1}`,
      question: question.question,
      missing,
      status: answer.status,
      got: answer.claims.map(({ text }) => text),
    });
  }
  return cases;
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
