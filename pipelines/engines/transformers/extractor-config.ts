import type { FlagThresholds } from '../../extraction/assertions/model-flags.ts';
import type { RelationSettings } from '../../extraction/relations/link-entities.ts';
import { FLAGS, RELATION_TYPES } from '../../domain/entity.ts';
import { readModelFile } from './model-files.ts';

/** What a release of the extractor says about itself, from its `config.json`. */
export interface ExtractorConfig {
  /** Labels of each schema, in the order of the model's tags. */
  readonly schemas: Readonly<Record<string, readonly string[]>>;
  /** Pieces a window holds, the two special ones not counted. */
  readonly window: number;
  readonly flagThresholds: FlagThresholds;
  readonly relations: RelationSettings;
}

interface ConfigFile {
  readonly schemas: Readonly<Record<string, readonly string[]>>;
  readonly window: number;
  readonly rel_dim: number;
  readonly rel_bias: readonly (readonly number[])[];
  readonly flag_thresholds?: Readonly<Record<string, number>>;
  readonly relation_thresholds?: Readonly<Record<string, number>>;
}

const DEFAULT_THRESHOLD = 0.5;

/** @throws ClinicalError `MODEL_FILE_MISSING` */
export async function readExtractorConfig(modelDir: string): Promise<ExtractorConfig> {
  const file = JSON.parse((await readModelFile(modelDir, 'config.json')).toString('utf8')) as ConfigFile;
  return {
    schemas: file.schemas,
    window: file.window,
    flagThresholds: thresholds(FLAGS, file.flag_thresholds),
    relations: {
      dimension: file.rel_dim,
      bias: file.rel_bias,
      thresholds: thresholds(RELATION_TYPES, file.relation_thresholds),
    },
  };
}

function thresholds<Name extends string>(
  names: readonly Name[],
  given: Readonly<Record<string, number>> = {},
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, given[name] ?? DEFAULT_THRESHOLD])) as Record<Name, number>;
}
