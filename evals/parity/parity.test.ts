import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClosingTagger } from '#pipelines/engines/transformers/index.ts';
import { createTagger } from '#pipelines/engines/transformers/index.ts';
import { compareWithReference, readParityCases } from './compare.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DELIVERED = fileURLToPath(new URL('../../../shared/models/parity', import.meta.url));
let tagger: ClosingTagger;

beforeAll(async () => {
  tagger = await createTagger({
    modelDir: fileURLToPath(new URL('../../pipelines/models/clinical-extractor/1', import.meta.url)),
  });
});
afterAll(() => tagger.close());

/** Agreement with whichever expected file fits this processor; prints what differs. */
async function bestAgreement(folder: string, files: readonly string[]) {
  const all = await Promise.all(files.map((file) => compareWithReference(readParityCases(folder, file), tagger)));
  const best = all.reduce((a, b) => (b.differences.length < a.differences.length ? b : a));
  const share = 1 - best.differences.length / best.things;
  console.info(
    `parity: ${(100 * share).toFixed(2)}% of ${best.things}, largest score gap ${best.largestScoreGap.toFixed(4)}`,
  );
  for (const difference of best.differences) console.info(`  ${difference}`);
  return { share, gap: best.largestScoreGap };
}

describe('parity with the reference reader', () => {
  it('agrees on at least 99.5% of spans, flags, actions and relations, with scores within 0.02', async () => {
    const { share, gap } = await bestAgreement(HERE, ['expected.jsonl', 'expected-avx2.jsonl']);
    expect(share).toBeGreaterThanOrEqual(0.995);
    expect(gap).toBeLessThanOrEqual(0.02);
  }, 120_000);

  it.runIf(existsSync(DELIVERED))('agrees on abstracts read with another label set', async () => {
    const cases = readParityCases(DELIVERED, 'expected.jsonl').filter(({ schema }) => schema !== 'clinical');
    expect(cases.length).toBeGreaterThan(0);
    const { things, differences } = await compareWithReference(cases, tagger);
    expect(1 - differences.length / things).toBeGreaterThanOrEqual(0.995);
  });

  it.skipIf(existsSync(DELIVERED))(`SKIPPED: ${DELIVERED} is not there, abstracts were not compared`, () => undefined);
});
