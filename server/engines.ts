import { join } from 'node:path';
import type { ClaimDrafter } from '#pipelines/contracts/claim-drafter.ts';
import type { Embedder } from '#pipelines/contracts/embedder.ts';
import type { AnnotationStore } from '#pipelines/contracts/stores.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { TokenTagger } from '#pipelines/contracts/token-tagger.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import { pipelineRelease } from '#pipelines/ingest-note.ts';
import type { Config } from './config.ts';
import { PROJECT_ROOT } from './config.ts';
import type { ClosingIndex } from './flows/cohort-index.ts';
import { loadPrompt } from './prompts.ts';

/** Seconds that a language model has for a draft before the answer by rules stands alone. */
const LANGUAGE_MODEL_SECONDS = 30;

/** What the flows are handed. */
export interface Engines {
  readonly tagger: TokenTagger;
  readonly embedder: Embedder;
  readonly terminology: Terminology;
  readonly pgx: PgxRules;
  readonly languageModel: ClaimDrafter | null;
  /** Names of people, which a language model that is not on this machine does not get to see. */
  hideNames(names: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * Starts the engines that the settings choose. Models load in their worker threads while rules are read here.
 *
 * @throws ClinicalError `MODEL_FILE_MISSING`, `MODEL_FILE_DAMAGED`, `RULES_DAMAGED`
 */
export async function startEngines(config: Config): Promise<Engines> {
  const [{ createModels }, { loadTerminology }, { loadPgxRules }] = await Promise.all([
    import('#pipelines/engines/transformers/index.ts'),
    import('#pipelines/engines/terminology/index.ts'),
    import('#pipelines/engines/pgx-rules/index.ts'),
  ]);
  const models = await createModels({
    extractorDir: join(PROJECT_ROOT, 'pipelines/models/clinical-extractor/1'),
    embedderDir: join(PROJECT_ROOT, 'pipelines/models/clinical-embedder/1'),
    workers: config.workers,
  });
  try {
    const terminology = loadTerminology(join(PROJECT_ROOT, 'pipelines/rules/terminology/2026.1'));
    const hidden = new Set<string>();
    return {
      tagger: models.tagger,
      embedder: models.embedder,
      terminology,
      pgx: loadPgxRules(),
      languageModel: await drafterOf(config, () => [...hidden]),
      hideNames: (names) => names.forEach((name) => hidden.add(name)),
      close: models.close,
    };
  } catch (error) {
    await models.close();
    throw error;
  }
}

/** Opens the index over all patients in the data folder, in a thread of its own. */
export async function openCohortIndex(
  dataDir: string,
  engines: Engines,
  lines: Pick<AnnotationStore, 'allVectors'>,
): Promise<ClosingIndex> {
  const { openVectorIndex } = await import('#pipelines/engines/hnswlib/index.ts');
  const pipeline = pipelineRelease(engines);
  return openVectorIndex({
    path: join(dataDir, 'cohort.hnsw'),
    dimension: engines.embedder.dimension,
    key: `${pipeline}+${engines.embedder.release}`,
    pages: (after, limit) => lines.allVectors(pipeline, after, limit),
  });
}

async function drafterOf({ languageModel }: Config, names: () => readonly string[]): Promise<ClaimDrafter | null> {
  if (languageModel === null) return null;
  const { createClaimDrafter } = await import('#pipelines/engines/langchain/index.ts');
  return createClaimDrafter({
    url: languageModel.url,
    model: languageModel.name,
    ...(languageModel.key !== null && { key: languageModel.key }),
    timeoutMs: LANGUAGE_MODEL_SECONDS * 1000,
    prompt: await loadPrompt('draft-claims/1'),
    names,
  });
}
