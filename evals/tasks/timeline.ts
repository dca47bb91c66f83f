import { readFileSync } from 'node:fs';
import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';
import { TIMELINE_RELEASE } from '#pipelines/timeline/index.ts';
import { annotatedNotes, cachedModels } from '../annotations.ts';
import type { GoldChart } from '../datasets/charts.ts';
import { CHARTS, hashOfCharts, readCharts } from '../datasets/charts.ts';
import { goldNote } from '../datasets/gold-notes.ts';
import { jointBootstrap } from '../metrics/joint-bootstrap.ts';
import type { Counts } from '../scorers/timeline-counts.ts';
import { countTimeline, sumTimelineCounts } from '../scorers/timeline-counts.ts';
import type { LabelledTime } from '../scorers/timeline-counts.ts';
import type { Figure, Task } from '../task.ts';

const TERMINOLOGY = 'pipelines/rules/terminology/2026.1';
const LABELLED = new URL('../datasets/time-expressions.jsonl', import.meta.url).pathname;

/**
 * The chart against the gold tags, from gold tags as input (what the timeline itself can do) and from the product's own
 * reading (what a user gets). Dates: an event that a gold time points at has the date that the time means; state: each
 * drug's status at each note's date follows the note's gold actions; results: gold test and value pairs; allergies: every
 * sentence with an allergy is on the list, read or verbatim. The meaning of 250 time expressions was checked by hand.
 */
export const timeline: Task = {
  name: 'timeline',
  version: '1',
  summary: 'Event dates, medication state, results and allergies of the chart against gold tags.',
  async run({ data, limit, seed, log }) {
    const charts = readCharts(data ?? CHARTS).slice(0, limit);
    const terminology = loadTerminology(TERMINOLOGY);
    const labelled = data === undefined ? readLabelled() : [];
    const models = await cachedModels();
    try {
      const figures: Record<string, Figure> = {};
      for (const input of ['gold', 'pipeline'] as const) {
        const counts: { dev: boolean; counts: Counts }[] = [];
        for (const chart of charts) {
          const notes =
            input === 'gold'
              ? goldNotes(chart)
              : await annotatedNotes(
                  chart.notes.map(({ note }) => note),
                  { models, terminology },
                );
          counts.push({
            dev: chart.dev,
            counts: countTimeline(chart, notes, terminology, input === 'gold' ? labelled : []),
          });
        }
        log(`${input}: ${charts.length} charts`);
        addFigures(figures, input, counts, data === undefined, seed);
      }
      return {
        release: TIMELINE_RELEASE,
        data: { path: data ?? CHARTS, sha256: hashOfCharts(charts), n: charts.length },
        figures,
      };
    } finally {
      await models.close();
    }
  },
};

function goldNotes(chart: GoldChart): readonly AnnotatedNote[] {
  return chart.notes.map(({ note, gold }) => goldNote(note, gold));
}

function readLabelled(): readonly LabelledTime[] {
  return readFileSync(LABELLED, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabelledTime);
}

function addFigures(
  figures: Record<string, Figure>,
  input: string,
  all: readonly { dev: boolean; counts: Counts }[],
  split: boolean,
  seed: number,
): void {
  const parts = split ? { dev: all.filter(({ dev }) => dev), other: all.filter(({ dev }) => !dev) } : { all };
  for (const [part, charts] of Object.entries(parts)) {
    const counts = charts.map((chart) => chart.counts);
    const total = sumTimelineCounts(counts);
    const names = Object.keys(STATISTICS).filter((name) => sizeOf(total, name) > 0);
    const intervals = jointBootstrap(
      counts,
      sumTimelineCounts,
      Object.fromEntries(names.map((name) => [name, STATISTICS[name]!])),
      seed,
    );
    for (const name of names) figures[`${input}.${part}.${name}`] = { ...intervals[name]!, n: sizeOf(total, name) };
  }
}

const STATISTICS: Readonly<Record<string, (counts: Counts) => number>> = {
  'times.rightOfLabelled': (c) => share(c['labelled.right'], c['labelled.wrong']),
  'times.placed': (c) => share(c['times.placed'], c['times.unplaced']),
  'dates.right': (c) => share(c['dates.tp'], c['dates.fn']),
  'dates.precision': (c) => share(c['dates.tp'], c['dates.fp']),
  'medications.stateRight': (c) => share(c['states.right'], c['states.wrong']),
  'medications.doseRight': (c) => share(c['doses.right'], c['doses.wrong']),
  'medications.reasonHit': (c) => share(c['reasons.right'], c['reasons.wrong']),
  'results.recall': (c) => share(c['results.tp'], c['results.fn']),
  'results.precision': (c) => share(c['results.tp'], c['results.fp']),
  'allergies.sentenceRecall': (c) => share(c['allergySentences.right'], c['allergySentences.wrong']),
  'allergies.factRecall': (c) => share(c['allergyFacts.right'], c['allergyFacts.wrong']),
};

const SIZES: Readonly<Record<string, readonly string[]>> = {
  'times.rightOfLabelled': ['labelled.right', 'labelled.wrong'],
  'times.placed': ['times.placed', 'times.unplaced'],
  'dates.right': ['dates.tp', 'dates.fn'],
  'dates.precision': ['dates.tp', 'dates.fp'],
  'medications.stateRight': ['states.right', 'states.wrong'],
  'medications.doseRight': ['doses.right', 'doses.wrong'],
  'medications.reasonHit': ['reasons.right', 'reasons.wrong'],
  'results.recall': ['results.tp', 'results.fn'],
  'results.precision': ['results.tp', 'results.fp'],
  'allergies.sentenceRecall': ['allergySentences.right', 'allergySentences.wrong'],
  'allergies.factRecall': ['allergyFacts.right', 'allergyFacts.wrong'],
};

function sizeOf(counts: Counts, name: string): number {
  return SIZES[name]!.reduce((sum, key) => sum + (counts[key] ?? 0), 0);
}

function share(right = 0, wrong = 0): number {
  return right + wrong === 0 ? 0 : right / (right + wrong);
}
