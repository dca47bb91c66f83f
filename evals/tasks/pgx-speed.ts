import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GeneResult } from '#pipelines/domain/pgx.ts';
import { loadPgxRules } from '#pipelines/engines/pgx-rules/index.ts';
import { readVcf, readVcfSamples, readVcfText } from '#pipelines/engines/vcf/index.ts';
import type { PositionsOfInterest } from '#pipelines/pgx/matcher/index.ts';
import { positionsOfInterest } from '#pipelines/pgx/matcher/index.ts';
import { recommend } from '#pipelines/pgx/recommender/index.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import { geneResultsOfVcf } from '#pipelines/pgx/vcf-results.ts';
import { inventVcf, writeGenomeVcf } from '../datasets/pgx-vcf.ts';
import type { Figure, Task } from '../task.ts';

const WARM_UP = 30;
const REPEATS = 200;
const COHORT = 1000;
const GENOME_BYTES = 100 * 2 ** 20;

/** Milliseconds and memory of pharmacogenomic work, on invented files. */
export const pgxSpeed: Task = {
  name: 'pgx-speed',
  version: '1',
  summary:
    'Speed and memory of pharmacogenomics on invented VCF files: one sample, a thousand, a whole genome of 100 MB.',
  async run({ log }) {
    const figures = await measurePgx(log);
    return { release: loadPgxRules().release, data: { path: 'invented', sha256: '', n: COHORT }, figures };
  },
};

/** Every figure by name; times in milliseconds, memory in MiB. */
export async function measurePgx(log: (line: string) => void): Promise<Record<string, Figure>> {
  const rules = loadPgxRules();
  const wanted = positionsOfInterest(rules);
  const drugs = drugsWithGuidance(rules);
  log(`one sample, all genes, ${String(drugs.length)} drugs`);
  const one = oneSample(rules, wanted, drugs);
  log(`${String(COHORT)} samples`);
  const cohort = await manySamples(rules, wanted, drugs);
  log('whole genome of 100 MB');
  const genome = await wholeGenome(rules, wanted);
  return { ...one, ...cohort, ...genome };
}

function drugsWithGuidance(rules: PgxRules): readonly string[] {
  const fda = rules.fda.rows.map((row) => row.drug.toLowerCase());
  return [...new Set([...rules.cpic.map(({ drug }) => drug), ...rules.dpwg.flatMap((rule) => rule.drugs), ...fda])];
}

function adviseAll(rules: PgxRules, drugs: readonly string[], results: readonly GeneResult[]): number {
  let rows = 0;
  for (const drug of drugs)
    rows += recommend(rules, { drug, results, patient: {}, current: [] }).recommendations.length;
  return rows;
}

function oneSample(rules: PgxRules, wanted: PositionsOfInterest, drugs: readonly string[]): Record<string, Figure> {
  const text = inventVcf(rules, 1, 0.004, 1);
  const calls: number[] = [];
  const all: number[] = [];
  for (let i = 0; i < WARM_UP + REPEATS; i += 1) {
    const start = performance.now();
    const results = geneResultsOfVcf(readVcfText(text, wanted), rules, 'bench.vcf');
    const called = performance.now();
    adviseAll(rules, drugs, results);
    if (i < WARM_UP) continue;
    calls.push(called - start);
    all.push(performance.now() - start);
  }
  return {
    'oneSample.calls.p50Ms': figure(quantile(calls, 0.5), REPEATS),
    'oneSample.calls.p95Ms': figure(quantile(calls, 0.95), REPEATS),
    'oneSample.callsAndDrugs.p50Ms': figure(quantile(all, 0.5), REPEATS),
    'oneSample.callsAndDrugs.p95Ms': figure(quantile(all, 0.95), REPEATS),
  };
}

/** A thousand samples of one file: read once, then called and advised one after the other. */
async function manySamples(
  rules: PgxRules,
  wanted: PositionsOfInterest,
  drugs: readonly string[],
): Promise<Record<string, Figure>> {
  const bytes = Buffer.from(inventVcf(rules, COHORT, 0.004, 2));
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const samples = await readVcfSamples({ bytes }, wanted);
  for (const sample of samples) adviseAll(rules, drugs, geneResultsOfVcf(sample, rules, 'bench.vcf'));
  const seconds = (performance.now() - start) / 1000;
  return {
    'cohort.samplesPerSecond': figure(COHORT / seconds, COHORT),
    'cohort.addedMemoryMiB': figure((process.memoryUsage().rss - before) / 2 ** 20, COHORT),
  };
}

async function wholeGenome(rules: PgxRules, wanted: PositionsOfInterest): Promise<Record<string, Figure>> {
  const folder = mkdtempSync(join(tmpdir(), 'pgx-speed-'));
  try {
    const path = join(folder, 'genome.vcf');
    await writeGenomeVcf(path, rules, GENOME_BYTES);
    const bytes = statSync(path).size;
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampler = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const start = performance.now();
    const sample = await readVcf({ path }, wanted);
    const called = geneResultsOfVcf(sample, rules, 'genome.vcf').filter(({ lookupKeys }) => lookupKeys.length > 0);
    const milliseconds = performance.now() - start;
    clearInterval(sampler);
    return {
      'genome.fileMiB': figure(bytes / 2 ** 20, 1),
      'genome.ms': figure(milliseconds, 1),
      'genome.addedPeakMemoryMiB': figure((peak - before) / 2 ** 20, 1),
      'genome.genesWithResult': figure(called.length, 1),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function figure(value: number, n: number): Figure {
  return { value, low: value, high: value, n };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
