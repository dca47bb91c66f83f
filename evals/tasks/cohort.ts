import { loadTerminology } from '#pipelines/engines/terminology/index.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import { textOf } from '#pipelines/domain/span.ts';
import { COHORT_RULES } from '#pipelines/retrieval/cohort/words.ts';
import { patientFacts } from '#pipelines/retrieval/cohort/patient-facts.ts';
import type { CohortPatient, CohortResult } from '#pipelines/search-cohort.ts';
import { searchCohort } from '#pipelines/search-cohort.ts';
import { buildChart } from '#pipelines/timeline/index.ts';
import { annotatedNotes, cachedModels } from '../annotations.ts';
import type { GoldChart } from '../datasets/charts.ts';
import { CHARTS, hashOfCharts, readCharts } from '../datasets/charts.ts';
import type { GoldQuery } from '../datasets/cohort-gold.ts';
import { goldPatients, readCohortQueries } from '../datasets/cohort-gold.ts';
import { goldNote } from '../datasets/gold-notes.ts';
import { bootstrapByGroup, f1 } from '../metrics/interval.ts';
import type { Figure, Task } from '../task.ts';

const TERMINOLOGY = 'pipelines/rules/terminology/2026.1';

/** One patient's verdict for one query. */
interface Verdict {
  readonly expected: boolean;
  readonly found: boolean;
}

interface QueryCase {
  readonly query: string;
  readonly gold: number;
  readonly precision: Figure;
  readonly recall: Figure;
  readonly f1: Figure;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
}

/**
 * Cohort search against answers that the gold tags give: every patient is right or wrong for every query. From gold tags as
 * input (what reading the query and joining facts can do), and from the product's own reading (what a user gets).
 */
export const cohort: Task = {
  name: 'cohort',
  version: '1',
  summary: 'Which patients fulfil a query: precision, recall and F1 against answers derived from the gold tags.',
  async run({ data, limit, seed, log }) {
    const charts = readCharts(data ?? CHARTS).slice(0, limit);
    const terminology = loadTerminology(TERMINOLOGY);
    const queries = readCohortQueries();
    const models = await cachedModels();
    try {
      const figures: Record<string, Figure> = {};
      const cases: Record<string, readonly QueryCase[]> = {};
      for (const input of ['gold', 'pipeline'] as const) {
        const read = async (chart: GoldChart): Promise<readonly AnnotatedNote[]> =>
          input === 'gold'
            ? chart.notes.map(({ note, gold }) => goldNote(note, gold))
            : annotatedNotes(
                chart.notes.map(({ note }) => note),
                { models, terminology },
              );
        const patients: CohortPatient[] = [];
        for (const chart of charts) patients.push(patientOf(chart, await read(chart), terminology));
        log(`${input}: ${patients.length} patients`);
        const results = new Map<GoldQuery, CohortResult>();
        for (const query of queries) {
          results.set(
            query,
            await searchCohort(query.query, { terminology, patients: async () => patients }, charts.length),
          );
        }
        cases[input] = queries.map((query) => caseOf(query, results.get(query)!, charts, terminology, seed));
        for (const set of ['tuned', 'late'] as const) {
          const some = queries.filter((query) => query.set === set);
          addFigures(figures, `${input}.${set}`, some, results, { charts, terminology, seed });
        }
      }
      return {
        release: COHORT_RULES,
        data: { path: data ?? CHARTS, sha256: hashOfCharts(charts), n: charts.length },
        figures,
        cases: Object.entries(cases).map(([input, list]) => ({ input, queries: list })),
      };
    } finally {
      await models.close();
    }
  },
};

function patientOf(chart: GoldChart, notes: readonly AnnotatedNote[], terminology: Terminology): CohortPatient {
  const { events } = buildChart({ patient: chart.patient, notes, terminology });
  return { patient: chart.patient, ...patientFacts({ notes, events }, terminology) };
}

function verdicts(
  query: GoldQuery,
  result: CohortResult,
  charts: readonly GoldChart[],
  terminology: Terminology,
): Verdict[] {
  const expected = goldPatients(query, charts, terminology);
  const found = new Set<string>(result.patients.map(({ patient }) => patient));
  return charts.map(({ patient }) => ({ expected: expected.has(patient.id), found: found.has(patient.id) }));
}

const counts = (list: readonly Verdict[]): { tp: number; fp: number; fn: number } => ({
  tp: list.filter(({ expected, found }) => expected && found).length,
  fp: list.filter(({ expected, found }) => !expected && found).length,
  fn: list.filter(({ expected, found }) => expected && !found).length,
});
/** 1 where nothing was found, or nothing was to be found: an empty answer to an empty cohort is right. */
const precision = ({ tp, fp }: ReturnType<typeof counts>): number => (tp + fp === 0 ? 1 : tp / (tp + fp));
const recall = ({ tp, fn }: ReturnType<typeof counts>): number => (tp + fn === 0 ? 1 : tp / (tp + fn));
const balance = (c: ReturnType<typeof counts>): number => (c.tp + c.fp + c.fn === 0 ? 1 : f1(c));

function caseOf(
  query: GoldQuery,
  result: CohortResult,
  charts: readonly GoldChart[],
  terminology: Terminology,
  seed: number,
): QueryCase {
  const list = verdicts(query, result, charts, terminology);
  const figure = (statistic: (c: ReturnType<typeof counts>) => number): Figure =>
    bootstrapByGroup(
      list.map((verdict) => [verdict]),
      (drawn) => statistic(counts(drawn)),
      seed,
      200,
    );
  const where = (test: (verdict: Verdict) => boolean): string[] =>
    charts.flatMap(({ patient }, at) => (test(list[at]!) ? [patient.id] : []));
  return {
    query: query.query,
    gold: list.filter(({ expected }) => expected).length,
    precision: figure(precision),
    recall: figure(recall),
    f1: figure(balance),
    missed: where(({ expected, found }) => expected && !found),
    wrong: where(({ expected, found }) => !expected && found),
  };
}

function addFigures(
  figures: Record<string, Figure>,
  part: string,
  queries: readonly GoldQuery[],
  results: ReadonlyMap<GoldQuery, CohortResult>,
  { charts, terminology, seed }: { charts: readonly GoldChart[]; terminology: Terminology; seed: number },
): void {
  const byQuery = queries.map((query) => verdicts(query, results.get(query)!, charts, terminology));
  const byPatient = charts.map((_, at) => byQuery.map((list) => list[at]!));
  const add = (name: string, statistic: (list: readonly Verdict[]) => number): void => {
    figures[`${part}.${name}`] = bootstrapByGroup(byPatient, statistic, seed, 500);
  };
  add('precision', (list) => precision(counts(list)));
  add('recall', (list) => recall(counts(list)));
  add('f1', (list) => balance(counts(list)));
  figures[`${part}.meanF1OfQueries`] = bootstrapByGroup(
    byQuery.map((list) => [list]),
    (drawn) => drawn.reduce((sum, list) => sum + balance(counts(list)), 0) / Math.max(1, drawn.length),
    seed,
    500,
  );
  const hits = queries.flatMap((query) => results.get(query)!.patients.flatMap((match) => match.hits));
  const textOfNote = new Map(charts.flatMap(({ notes }) => notes.map(({ note }) => [note.id, note.text] as const)));
  const valid = hits.filter(
    ({ noteId, start, end, quote }) => textOf(textOfNote.get(noteId) ?? '', { start, end }) === quote,
  );
  const share = hits.length === 0 ? 1 : valid.length / hits.length;
  figures[`${part}.citationsValid`] = { value: share, low: share, high: share, n: hits.length };
}
