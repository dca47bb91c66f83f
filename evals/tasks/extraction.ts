import type { TokenTagger } from '#pipelines/contracts/token-tagger.ts';
import { ENTITY_LABELS, FLAGS, RELATION_TYPES } from '#pipelines/domain/entity.ts';
import { annotateText } from '#pipelines/ingest-note.ts';
import { cachedModels } from '../annotations.ts';
import type { GoldChart } from '../datasets/charts.ts';
import { CHARTS, hashOfCharts, readCharts } from '../datasets/charts.ts';
import { f1 } from '../metrics/interval.ts';
import { jointBootstrap } from '../metrics/joint-bootstrap.ts';
import type { Counts } from '../scorers/extraction-counts.ts';
import { countExtraction, sumCounts } from '../scorers/extraction-counts.ts';
import type { Figure, Task } from '../task.ts';

/** Entities, flags, actions and relations against gold tags; intervals by patient. */
export const extraction: Task = {
  name: 'extraction',
  version: '1',
  summary: 'Entities, flags, actions and relations; default data: the dev patients of the open charts.',
  async run({ data, limit, seed, log }) {
    const charts = readCharts(data ?? CHARTS).filter((chart) => data !== undefined || chart.dev);
    const chosen = charts.slice(0, limit);
    const models = await cachedModels();
    try {
      const counts: Record<Readers, Counts[][]> = { model: [], both: [] };
      for (const [index, chart] of chosen.entries()) {
        for (const readers of READERS) counts[readers].push(await countChart(chart, models.tagger, readers));
        if ((index + 1) % 10 === 0) log(`${index + 1} of ${chosen.length} patients`);
      }
      const both = Object.entries(figuresOf(counts.both, seed)).map(
        ([name, figure]) => [`both.${name}`, figure] as const,
      );
      return {
        release: models.tagger.release,
        data: { path: data ?? CHARTS, sha256: hashOfCharts(chosen), n: counts.model.flat().length },
        figures: { ...figuresOf(counts.model, seed), ...Object.fromEntries(both.filter(([name]) => MOVED.test(name))) },
        notes: ['Names that begin with `both.` are of the model with the rules beside it, as the product reads notes.'],
      };
    } finally {
      await models.close();
    }
  },
};

type Readers = 'model' | 'both';
const READERS: readonly Readers[] = ['model', 'both'];
/** Figures that the rules can move. */
const MOVED = /strictF1$|^both\.overlapF1|flags/;

async function countChart(chart: GoldChart, tagger: TokenTagger, readers: Readers): Promise<Counts[]> {
  return Promise.all(
    chart.notes.map(async ({ gold }) => {
      const [found, onGold] = await Promise.all([
        annotateText(gold.text, { tagger }, { readers }),
        annotateText(gold.text, { tagger }, { readers, entities: gold.entities }),
      ]);
      return countExtraction(gold, found, onGold);
    }),
  );
}

type Statistic = (counts: Counts) => number;

/** Every figure by its name, with its 95% interval over patients. */
export function figuresOf(byPatient: readonly (readonly Counts[])[], seed: number): Record<string, Figure> {
  const wanted = statistics();
  const sums = byPatient.map(sumCounts);
  const all = sumCounts(sums);
  const readings = Object.fromEntries(Object.entries(wanted).map(([name, { statistic }]) => [name, statistic]));
  const intervals = Object.entries(jointBootstrap(sums, sumCounts, readings, seed));
  return Object.fromEntries(
    intervals
      .map(([name, interval]): [string, Figure] => [name, { ...interval, n: wanted[name]!.size(all) }])
      .filter(([, { n }]) => n > 0),
  );
}

function statistics(): Record<string, { statistic: Statistic; size: Statistic }> {
  const all: Record<string, { statistic: Statistic; size: Statistic }> = {};
  const sized = (prefix: string) => (counts: Counts) => total(counts, prefix, 'tp') + total(counts, prefix, 'fn');
  const addF1 = (name: string, prefix: string): void => {
    all[name] = { statistic: (counts) => f1Of(counts, prefix), size: sized(prefix) };
  };
  addF1('strictF1', 'strict.');
  all['strictPrecision'] = {
    statistic: (c) => share(total(c, 'strict.', 'tp'), total(c, 'strict.', 'fp')),
    size: sized('strict.'),
  };
  all['strictRecall'] = {
    statistic: (c) => share(total(c, 'strict.', 'tp'), total(c, 'strict.', 'fn')),
    size: sized('strict.'),
  };
  all['overlapF1'] = { statistic: (c) => overlapF1(c, 'overlap.'), size: sized('strict.') };
  for (const label of ENTITY_LABELS) {
    addF1(`labels.${label}.strictF1`, `strict.${label}.`);
    all[`labels.${label}.overlapF1`] = {
      statistic: (c) => overlapF1(c, `overlap.${label}.`),
      size: sized(`strict.${label}.`),
    };
  }
  for (const flag of FLAGS) addF1(`flags.${flag}.f1`, `flags.${flag}.`);
  const rightOf = (prefix: string) => (c: Counts) => share(total(c, prefix, 'right'), total(c, prefix, 'wrong'));
  const sizeOf = (prefix: string) => (c: Counts) => total(c, prefix, 'right') + total(c, prefix, 'wrong');
  all['flags.macroF1'] = {
    statistic: (c) => FLAGS.reduce((sum, flag) => sum + f1Of(c, `flags.${flag}.`), 0) / FLAGS.length,
    size: sizeOf('allFlags.'),
  };
  all['flags.allRight'] = { statistic: rightOf('allFlags.'), size: sizeOf('allFlags.') };
  all['actions.right'] = { statistic: rightOf('actions.'), size: sizeOf('actions.') };
  for (const type of RELATION_TYPES) addF1(`relations.${type}.f1`, `relations.${type}.`);
  for (const type of RELATION_TYPES) addF1(`relationsEndToEnd.${type}.f1`, `relationsEndToEnd.${type}.`);
  return all;
}

/** Sum of the counts whose name starts with a prefix and ends with a word. */
function total(counts: Counts, prefix: string, word: string): number {
  let sum = 0;
  for (const [name, n] of Object.entries(counts)) {
    if (name.startsWith(prefix) && name.endsWith(`.${word}`)) sum += n;
  }
  return sum;
}

function f1Of(counts: Counts, prefix: string): number {
  return f1({ tp: total(counts, prefix, 'tp'), fp: total(counts, prefix, 'fp'), fn: total(counts, prefix, 'fn') });
}

function overlapF1(counts: Counts, prefix: string): number {
  const precision = share(total(counts, prefix, 'foundHit'), total(counts, prefix, 'foundMissed'));
  const recall = share(total(counts, prefix, 'goldHit'), total(counts, prefix, 'goldMissed'));
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function share(part: number, rest: number): number {
  return part + rest === 0 ? 0 : part / (part + rest);
}
