import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { behavesAsEmbedder } from '../../contracts/embedder.contract.ts';
import { behavesAsPairRanker } from '../../contracts/pair-ranker.contract.ts';
import { behavesAsTokenTagger } from '../../contracts/token-tagger.contract.ts';
import { createModels } from './index.ts';

const dir = (model: string): string => fileURLToPath(new URL(`../../models/${model}`, import.meta.url));
let models: Awaited<ReturnType<typeof createModels>>;

beforeAll(async () => {
  models = await createModels({
    extractorDir: dir('clinical-extractor/1'),
    embedderDir: dir('clinical-embedder/1'),
    rankerDir: dir('pair-ranker/3'),
  });
});
afterAll(() => models.close());

describe('the pair ranker', { timeout: 120_000 }, () => {
  behavesAsPairRanker(() => models.ranker);
});

describe('the extractor', { timeout: 120_000 }, () => {
  behavesAsTokenTagger(() => models.tagger);

  it('places what it finds between awkward characters exactly', async () => {
    const filler = fc.constantFrom(
      '\r\n',
      '\t',
      '😀',
      ' \n \n',
      '\0',
      'жар ',
      '발열 ',
      '\ud83d',
      '\udc00',
      'naïve ',
      ' - ',
      '1) ',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(filler, { maxLength: 12 }),
        fc.array(filler, { maxLength: 12 }),
        async (before, after) => {
          const text = `${before.join('')} Started metformin 500 mg. ${after.join('')}`;
          const { entities } = await models.tagger.tag(text);
          expect(entities.some(({ start, end }) => text.slice(start, end).includes('metformin'))).toBe(true);
          let at = 0;
          for (const { start, end } of entities) {
            expect(start).toBeGreaterThanOrEqual(at);
            expect(text.slice(start, end)).toMatch(/^\S[^]*\S$|^\S$/);
            at = end;
          }
        },
      ),
      { numRuns: 25, seed: 7 },
    );
  });

  it('reads a note of a megabyte, and short notes meanwhile', async () => {
    const unreadable = `${'z'.repeat(99)} `; // one piece a hundred characters, so that the test takes seconds
    const text = `${unreadable.repeat(10_500)}\nStarted warfarin 5 mg daily.`;
    expect(text.length).toBeGreaterThan(2 ** 20);
    const order: string[] = [];
    const long = Promise.all([models.tagger.tag(text), models.tagger.tag(text.slice(-200_000))]).then(([read]) => {
      order.push('long');
      return read;
    });
    await models.tagger.tag('Denies fever.').then(() => order.push('short'));
    expect((await long).entities.map(({ start, end }) => text.slice(start, end))).toEqual([
      'warfarin',
      '5 mg',
      'daily',
    ]);
    expect(order).toEqual(['short', 'long']);
  }, 120_000);

  it.each(['maccrobat', 'chia', 'bc5cdr', 'ncbi', 'phee', 'drugtemist'])('reads the labels of %s', async (schema) => {
    const { entities, relations } = await models.tagger.tag('She took warfarin for a stroke and had severe bleeding.', {
      schema,
    });
    expect(entities.length).toBeGreaterThan(0);
    expect(relations).toEqual([]);
  });
});

describe('the embedder', { timeout: 120_000 }, () => {
  behavesAsEmbedder(() => models.embedder);
});
