import { readFileSync, writeFileSync } from 'node:fs';
import { readCharts } from './datasets/charts.ts';
import type { OpenedCharts, ReadChart } from './solvers/chart-engines.ts';
import { openCharts } from './solvers/chart-engines.ts';
import { prepareChart } from './solvers/prepare-chart.ts';

/**
 * Learns the weights of the sentence ranker from questions that the pair ranker has not seen, dev patients left out: a softmax
 * over each question's candidate sentences, whose target is the sentences that overlap gold evidence. Run by hand:
 * `node --import tsx evals/train-ranker.ts [FOLDER...]`; prints cross-validated figures, then writes `ranking.json`.
 */
const FILE = new URL('../pipelines/rules/answering/1/ranking.json', import.meta.url).pathname;
const HELD = 'corpora/questions/held';
const ROUNDS = 400;
const RATE = 0.4;
const DECAY = 0.004;
const FOLDS = 5;
const CANDIDATES = 120;

interface Candidate {
  readonly features: Readonly<Record<string, number>>;
  readonly gold: boolean;
}

interface Example {
  readonly patient: string;
  readonly candidates: readonly Candidate[];
}

type Weights = Record<string, number>;

interface Ranking {
  readonly note: string;
  readonly weights: Weights;
  readonly judgement: Readonly<Record<string, number>>;
  readonly chances: Readonly<Record<string, number>>;
}

async function main(): Promise<void> {
  const folders = process.argv.length > 2 ? process.argv.slice(2) : [HELD];
  const golds = folders.flatMap(readCharts).filter((chart) => !chart.dev && chart.questions.length > 0);
  const opened = await openCharts(golds);
  const examples: Example[] = [];
  const { weights: before, ...others } = JSON.parse(readFileSync(FILE, 'utf8')) as Ranking;
  for (const read of opened.charts) examples.push(...(await examplesOf(read, opened, Object.keys(before))));
  await opened.close();
  const patients = [...new Set(examples.map(({ patient }) => patient))];
  const held: Example[][] = Array.from({ length: FOLDS }, (_, fold) =>
    examples.filter(({ patient }) => patients.indexOf(patient) % FOLDS === fold),
  );
  const crossed = held.flatMap((test) => {
    const weights = train(
      examples.filter((example) => !test.includes(example)),
      before,
    );
    return test.map((example) => rankOfGold(example, weights));
  });
  process.stdout.write(`before: ${report(examples.map((example) => rankOfGold(example, before)))}\n`);
  process.stdout.write(`cross-validated: ${report(crossed)}\n`);
  const weights = train(examples, before);
  const rounded = Object.fromEntries(
    Object.entries(weights)
      .sort()
      .map(([name, weight]) => [name, Math.round(weight * 1000) / 1000]),
  );
  const note = `Weights of the sentence ranker, learned by evals/train-ranker.ts from ${examples.length} questions of ${patients.length} charts that the pair ranker has not seen; what was set by hand stands below.`;
  writeFileSync(FILE, `${JSON.stringify({ ...others, note, weights: rounded }, null, 2)}\n`);
}

/** @param names - Features that have a weight; those of the trees have none. */
async function examplesOf(read: ReadChart, opened: OpenedCharts, names: readonly string[]): Promise<Example[]> {
  const examples: Example[] = [];
  for await (const { prepared, isGold } of prepareChart(read, opened)) {
    const candidates = prepared.context.ranked.slice(0, CANDIDATES).map(({ unit, features }) => ({
      features: Object.fromEntries(names.map((name) => [name, features[name] ?? 0])),
      gold: isGold(unit),
    }));
    if (candidates.some(({ gold }) => gold) && candidates.some(({ gold }) => !gold))
      examples.push({ patient: read.gold.patient.id, candidates });
  }
  return examples;
}

/** Gradient ascent on the log-probability of the gold sentences, pulled towards the weights it starts from. */
function train(examples: readonly Example[], start: Readonly<Weights>): Weights {
  const weights: Weights = { ...start };
  for (let round = 0; round < ROUNDS; round++) {
    const gradient: Weights = {};
    for (const { candidates } of examples) {
      const scores = candidates.map(({ features }) => 3 * dot(features, weights));
      const all = softmax(scores);
      const right = softmax(scores.map((score, i) => (candidates[i]!.gold ? score : Number.NEGATIVE_INFINITY)));
      candidates.forEach(({ features }, i) => {
        for (const [name, value] of Object.entries(features))
          gradient[name] = (gradient[name] ?? 0) + (right[i]! - all[i]!) * value;
      });
    }
    for (const [name, slope] of Object.entries(gradient)) {
      const weight = weights[name] ?? 0;
      weights[name] = weight + RATE * (slope / examples.length - DECAY * (weight - (start[name] ?? 0)));
    }
  }
  return weights;
}

function dot(features: Readonly<Record<string, number>>, weights: Readonly<Weights>): number {
  let sum = 0;
  for (const [name, value] of Object.entries(features)) sum += (weights[name] ?? 0) * value;
  return sum;
}

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

function rankOfGold({ candidates }: Example, weights: Readonly<Weights>): number {
  const scored = candidates
    .map(({ features, gold }) => ({ gold, score: dot(features, weights) }))
    .sort((a, b) => b.score - a.score);
  return scored.findIndex(({ gold }) => gold);
}

function report(ranks: readonly number[]): string {
  const within = (k: number): string =>
    `${((100 * ranks.filter((rank) => rank < k).length) / ranks.length).toFixed(1)}%`;
  return `gold first ${within(1)}, among three ${within(3)}, among five ${within(5)} of ${ranks.length}`;
}

await main();
