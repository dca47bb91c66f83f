import { cp, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbedder, createTagger } from './index.ts';
import { checkModelFiles } from './model-files.ts';

const MODELS = fileURLToPath(new URL('../../models', import.meta.url));
let copy = '';

beforeEach(async () => {
  copy = await mkdtemp(join(tmpdir(), 'anamnesis-model-'));
});
afterEach(() => rm(copy, { recursive: true }));

describe('model files', () => {
  it.each([
    ['clinical-extractor', '1'],
    ['clinical-embedder', '1'],
    ['pair-ranker', '3'],
  ])('match the manifest of %s, release %s', async (name, release) => {
    const manifest = await checkModelFiles(`${MODELS}/${name}/${release}`);
    expect(manifest).toMatchObject({ name, release, licence: 'Apache-2.0' });
    expect(Object.keys(manifest.files)).toContain('onnx/model_quantized.onnx');
  });

  it('says which file is missing', async () => {
    await cp(`${MODELS}/clinical-extractor/1`, copy, { recursive: true });
    await rm(`${copy}/onnx/model_quantized.onnx`);
    await expect(createTagger({ modelDir: copy })).rejects.toMatchObject({
      code: 'MODEL_FILE_MISSING',
      message: expect.stringContaining('onnx/model_quantized.onnx') as string,
    });
  });

  it('says which file is damaged: cut short, or not a manifest', async () => {
    await cp(`${MODELS}/clinical-embedder/1`, copy, { recursive: true });
    await truncate(`${copy}/vocab.txt`, 1000);
    await expect(createEmbedder({ modelDir: copy })).rejects.toMatchObject({
      code: 'MODEL_FILE_DAMAGED',
      message: expect.stringContaining('vocab.txt') as string,
    });
    await writeFile(`${copy}/manifest.json`, '{');
    await expect(createEmbedder({ modelDir: copy })).rejects.toMatchObject({ code: 'MODEL_FILE_DAMAGED' });
  });

  it('says that a release is not there at all', async () => {
    await expect(createTagger({ modelDir: join(copy, 'no-model/9') })).rejects.toMatchObject({
      code: 'MODEL_FILE_MISSING',
    });
  });
});
