import type { Flag } from '#pipelines/domain/entity.ts';
import { FLAGGED_LABELS, FLAGS } from '#pipelines/domain/entity.ts';
import { combineFlags, CONTEXT_RULES, readContext } from '#pipelines/extraction/assertions/index.ts';
import { findSections, splitSentences } from '#pipelines/text/index.ts';
import type { CachedModels } from '../annotations.ts';
import { cachedModels } from '../annotations.ts';
import type { GoldChart } from '../datasets/charts.ts';
import { CHARTS, hashOfCharts, readCharts } from '../datasets/charts.ts';
import { f1 } from '../metrics/interval.ts';
import { jointBootstrap } from '../metrics/joint-bootstrap.ts';
import type { Counts } from '../scorers/extraction-counts.ts';
import { sumCounts } from '../scorers/extraction-counts.ts';
import type { Figure, Task } from '../task.ts';

const READERS = ['model', 'rules', 'combination'] as const;

/** The model, the ConText rules and their combination on gold entities. The charts outside dev trained the model. */
export const context: Task = {
  name: 'context',
  version: '1',
  summary: 'Flags by the model, by the ConText rules and by both, on gold entities; charts dev and others apart.',
  async run({ data, limit, seed, log }) {
    const charts = readCharts(data ?? CHARTS).slice(0, limit);
    const sets: Readonly<Record<string, readonly GoldChart[]>> =
      data === undefined
        ? { dev: charts.filter(({ dev }) => dev), others: charts.filter(({ dev }) => !dev) }
        : { data: charts };
    const models = await cachedModels();
    try {
      const figures: Record<string, Figure> = {};
      for (const [name, members] of Object.entries(sets)) {
        log(`${name}: ${members.length} patients`);
        const counts = await Promise.all(members.map((chart) => countChart(chart, models)));
        Object.assign(figures, figuresOf(name, counts, seed));
      }
      return {
        release: `${models.tagger.release} + ${CONTEXT_RULES}`,
        data: { path: data ?? CHARTS, sha256: hashOfCharts(charts), n: charts.flatMap(({ notes }) => notes).length },
        figures,
      };
    } finally {
      await models.close();
    }
  },
};

async function countChart(chart: GoldChart, models: CachedModels): Promise<Counts> {
  const counts: Counts[] = [];
  for (const { gold } of chart.notes) {
    const { text, entities } = gold;
    const read = await models.tagger.tag(text, { entities });
    const rules = readContext({ text, entities, sections: findSections(text), sentences: splitSentences(text) });
    entities.forEach((entity, index) => {
      if (!FLAGGED_LABELS.has(entity.label)) return;
      const model = read.entities[index]!.flags;
      const byRules = rules.get(entity.id)!.flags;
      const combination = combineFlags(entity.label, model, byRules);
      counts.push(countEntity(entity.flags, { model, rules: byRules, combination }));
    });
  }
  return sumCounts(counts);
}

function countEntity(gold: readonly Flag[], readers: Record<(typeof READERS)[number], readonly Flag[]>): Counts {
  const counts: Record<string, number> = {};
  const same = (a: readonly Flag[], b: readonly Flag[]): boolean =>
    FLAGS.every((flag) => a.includes(flag) === b.includes(flag));
  for (const reader of READERS) {
    for (const flag of FLAGS) {
      const [wanted, got] = [gold.includes(flag), readers[reader].includes(flag)];
      if (wanted || got) counts[`${reader}.${flag}.${wanted && got ? 'tp' : wanted ? 'fn' : 'fp'}`] = 1;
    }
    counts[`${reader}.allFlags.${same(gold, readers[reader]) ? 'right' : 'wrong'}`] = 1;
  }
  const agreement = same(readers.model, readers.rules) ? 'agree' : 'disagree';
  counts[`${agreement}.allFlags.${same(gold, readers.model) ? 'right' : 'wrong'}`] = 1;
  return counts;
}

function figuresOf(set: string, patients: readonly Counts[], seed: number): Record<string, Figure> {
  const readers: Record<string, (counts: Counts) => number> = {};
  const sizes: Record<string, (counts: Counts) => number> = {};
  const at = (counts: Counts, name: string): number => counts[name] ?? 0;
  for (const reader of READERS) {
    for (const flag of FLAGS) {
      const prefix = `${reader}.${flag}`;
      readers[`${set}.${prefix}.f1`] = (c) =>
        f1({ tp: at(c, `${prefix}.tp`), fp: at(c, `${prefix}.fp`), fn: at(c, `${prefix}.fn`) });
      sizes[`${set}.${prefix}.f1`] = (c) => at(c, `${prefix}.tp`) + at(c, `${prefix}.fn`);
    }
  }
  for (const group of [...READERS, 'agree', 'disagree']) {
    const total = (c: Counts): number => at(c, `${group}.allFlags.right`) + at(c, `${group}.allFlags.wrong`);
    readers[`${set}.${group}.allRight`] = (c) => at(c, `${group}.allFlags.right`) / Math.max(1, total(c));
    sizes[`${set}.${group}.allRight`] = total;
  }
  const all = sumCounts(patients);
  const intervals = Object.entries(jointBootstrap(patients, sumCounts, readers, seed));
  return Object.fromEntries(intervals.map(([name, interval]) => [name, { ...interval, n: sizes[name]!(all) }]));
}
