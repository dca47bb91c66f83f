import type { Embedder } from '../../contracts/embedder.ts';
import type { PairRanker } from '../../contracts/pair-ranker.ts';
import type { TokenTagger } from '../../contracts/token-tagger.ts';
import { ClinicalError } from '../../errors.ts';
import { readExtractorConfig } from './extractor-config.ts';
import { checkModelFiles, placeOf } from './model-files.ts';
import { WorkerPool } from './worker-pool.ts';

interface Closing {
  /** Stops the worker threads; readings under way fail with `MODEL_WORKER_FAILED`. */
  close(): Promise<void>;
}

export type ClosingTagger = TokenTagger & Closing;
export type ClosingEmbedder = Embedder & Closing;

const DEFAULT_WORKERS = 2;
const EMBEDDING_DIMENSION = 384;

/**
 * Starts the extractor in worker threads. Files are checked first; the workers load in the background, and readings wait
 * for them.
 *
 * @param settings.modelDir - Folder of a release, `…/<name>/<release>`.
 * @param settings.workers - Worker threads, one inference thread each; 2 by default.
 * @throws ClinicalError `MODEL_FILE_MISSING`, `MODEL_FILE_DAMAGED`
 */
export async function createTagger(settings: {
  readonly modelDir: string;
  readonly workers?: number;
}): Promise<ClosingTagger> {
  const pool = () => new WorkerPool({ extractor: settings.modelDir }, settings.workers ?? DEFAULT_WORKERS);
  return taggerOf(settings.modelDir, pool);
}

/**
 * Starts the embedder in a worker thread of its own. To share the extractor's workers, use `createModels`.
 *
 * @throws ClinicalError `MODEL_FILE_MISSING`, `MODEL_FILE_DAMAGED`
 */
export async function createEmbedder(settings: {
  readonly modelDir: string;
  readonly workers?: number;
}): Promise<ClosingEmbedder> {
  return embedderOf(settings.modelDir, () => new WorkerPool({ embedder: settings.modelDir }, settings.workers ?? 1));
}

/**
 * Starts the extractor, the embedder and the pair ranker in the same worker threads: what a server on few cores wants, where
 * more inference threads than cores would fight. What a question waits for goes before waiting windows.
 *
 * @throws ClinicalError `MODEL_FILE_MISSING`, `MODEL_FILE_DAMAGED`
 */
export async function createModels(settings: {
  readonly extractorDir: string;
  readonly embedderDir: string;
  readonly rankerDir: string;
  readonly workers?: number;
}): Promise<{ readonly tagger: TokenTagger; readonly embedder: Embedder; readonly ranker: PairRanker } & Closing> {
  let pool: WorkerPool | null = null;
  const workers = settings.workers ?? DEFAULT_WORKERS;
  const models = { extractor: settings.extractorDir, embedder: settings.embedderDir, ranker: settings.rankerDir };
  const shared = (): WorkerPool => (pool ??= new WorkerPool(models, workers));
  const [tagger, embedder, ranker] = await Promise.all([
    taggerOf(settings.extractorDir, shared),
    embedderOf(settings.embedderDir, shared),
    rankerOf(settings.rankerDir, workers, shared),
  ]).catch(async (error: unknown) => {
    await pool?.close();
    throw error;
  });
  return { tagger, embedder, ranker, close: tagger.close };
}

async function taggerOf(modelDir: string, start: () => WorkerPool): Promise<ClosingTagger> {
  const [config] = await Promise.all([readExtractorConfig(modelDir), checkModelFiles(modelDir)]);
  const pool = start();
  const schemas = Object.keys(config.schemas);
  return {
    release: placeOf(modelDir).id,
    schemas,
    tag: async (text, { schema = 'clinical', entities, signal } = {}) => {
      if (!schemas.includes(schema)) throw new ClinicalError('MODEL_SCHEMA_UNKNOWN', { schema, known: schemas });
      return pool.run({ kind: 'tag', text, schema, entities }, signal);
    },
    close: () => pool.close(),
  };
}

async function embedderOf(modelDir: string, start: () => WorkerPool): Promise<ClosingEmbedder> {
  await checkModelFiles(modelDir);
  const pool = start();
  return {
    release: placeOf(modelDir).id,
    dimension: EMBEDDING_DIMENSION,
    embed: async (texts) => (texts.length === 0 ? [] : [...(await pool.run({ kind: 'embed', texts }))]),
    close: () => pool.close(),
  };
}

async function rankerOf(modelDir: string, workers: number, start: () => WorkerPool): Promise<PairRanker> {
  await checkModelFiles(modelDir);
  const pool = start();
  return {
    release: placeOf(modelDir).id,
    score: async (question, texts) => {
      const share = Math.max(1, Math.ceil(texts.length / workers));
      const parts = Array.from({ length: Math.ceil(texts.length / share) }, (_, i) =>
        pool.run({ kind: 'rank', question, texts: texts.slice(i * share, (i + 1) * share) }),
      );
      return (await Promise.all(parts)).flat();
    },
  };
}
