import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClinicalError } from '#pipelines/errors.ts';

export type Row = readonly string[];

/** The files of one release of the terminology rule set, each read and checked on first use. */
export interface RuleTables {
  readonly release: string;
  /** Data rows of a tab-separated file, without its header. @throws ClinicalError `RULES_DAMAGED` */
  rows(file: string): readonly Row[];
}

interface Manifest {
  readonly ruleSet: string;
  readonly release: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Opens a release folder. The hash of a file is compared with the manifest when the file is read.
 *
 * @param folder - For example `pipelines/rules/terminology/2026.1`.
 * @throws ClinicalError `RULES_DAMAGED` where the manifest is missing or not readable
 */
export function openRuleTables(folder: string): RuleTables {
  const manifest = readManifest(folder);
  return {
    release: `${manifest.ruleSet}/${manifest.release}`,
    rows(file) {
      const bytes = readBytes(join(folder, file));
      const hash = createHash('sha256').update(bytes).digest('hex');
      if (manifest.files[file] !== hash) throw damaged();
      return bytes
        .toString('utf8')
        .split('\n')
        .slice(1)
        .filter((line) => line !== '')
        .map((line) => line.split('\t'));
    },
  };
}

/** Cells of a list column: `a|b|c`. */
export function listOf(cell: string | undefined): string[] {
  return (cell ?? '')
    .split('|')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function readManifest(folder: string): Manifest {
  const text = readBytes(join(folder, 'manifest.json')).toString('utf8');
  try {
    return JSON.parse(text) as Manifest;
  } catch (cause) {
    throw damaged(cause);
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause?: unknown): ClinicalError {
  return new ClinicalError('RULES_DAMAGED', { ruleSet: 'terminology' }, cause);
}
