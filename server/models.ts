import { join } from 'node:path';
import type { Embedder } from '#pipelines/contracts/embedder.ts';
import type { PairRanker } from '#pipelines/contracts/pair-ranker.ts';
import type { TokenTagger } from '#pipelines/contracts/token-tagger.ts';
import { createModels } from '#pipelines/engines/transformers/index.ts';
import type { Config } from './config.ts';
import { PROJECT_ROOT } from './config.ts';

export interface Models {
  readonly tagger: TokenTagger;
  readonly embedder: Embedder;
  readonly ranker: PairRanker;
  close(): Promise<void>;
}

/**
 * Starts the models in worker threads. They load there while this thread reads everything else.
 *
 * @throws ClinicalError `MODEL_FILE_MISSING`, `MODEL_FILE_DAMAGED`
 */
export function startModels({ workers }: Pick<Config, 'workers'>): Promise<Models> {
  const models = join(PROJECT_ROOT, 'pipelines/models');
  return createModels({
    extractorDir: join(models, 'clinical-extractor/1'),
    embedderDir: join(models, 'clinical-embedder/1'),
    rankerDir: join(models, 'pair-ranker/3'),
    workers,
  });
}
