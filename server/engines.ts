import { join } from 'node:path';
import type { ClaimDrafter } from '#pipelines/contracts/claim-drafter.ts';
import type { AnnotationStore } from '#pipelines/contracts/stores.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import { loadPgxRules } from '#pipelines/engines/pgx-rules/index.ts';
import { loadTerminology } from '#pipelines/engines/terminology/index.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import { layersRelease } from '#pipelines/ingest-note.ts';
import type { Config } from './config.ts';
import { PROJECT_ROOT } from './config.ts';
import type { ClosingIndex } from './flows/cohort-index.ts';
import type { Models } from './models.ts';
import { loadPrompt } from './prompts.ts';

/** Seconds that a language model has for a draft before the answer by rules stands alone. */
const LANGUAGE_MODEL_SECONDS = 30;

/** What the flows are handed. */
export interface Engines extends Models {
  readonly terminology: Terminology;
  readonly pgx: PgxRules;
  readonly languageModel: ClaimDrafter | null;
  /** Names of people, which a language model that is not on this machine does not get to see. */
  hideNames(names: readonly string[]): void;
}

/**
 * Reads the rules and joins them with the models.
 *
 * @throws ClinicalError `RULES_DAMAGED`
 */
export async function joinEngines(config: Pick<Config, 'languageModel'>, models: Promise<Models>): Promise<Engines> {
  const terminology = loadTerminology(join(PROJECT_ROOT, 'pipelines/rules/terminology/2026.1'));
  const hidden = new Set<string>();
  const pgx = loadPgxRules();
  const languageModel = await drafterOf(config, () => [...hidden]);
  return {
    ...(await models),
    terminology,
    pgx,
    languageModel,
    hideNames: (names) => names.forEach((name) => hidden.add(name)),
  };
}

/** Opens the index over all patients in the data folder, in a thread of its own. */
export async function openCohortIndex(
  dataDir: string,
  engines: Engines,
  lines: Pick<AnnotationStore, 'allVectors'>,
): Promise<ClosingIndex> {
  const { openVectorIndex } = await import('#pipelines/engines/hnswlib/index.ts');
  const pipeline = layersRelease(engines);
  return openVectorIndex({
    path: join(dataDir, 'cohort.hnsw'),
    dimension: engines.embedder.dimension,
    key: pipeline,
    pages: (after, limit) => lines.allVectors(pipeline, after, limit),
  });
}

async function drafterOf(
  { languageModel }: Pick<Config, 'languageModel'>,
  names: () => readonly string[],
): Promise<ClaimDrafter | null> {
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
