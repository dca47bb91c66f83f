import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ClinicalError } from '../../errors.ts';

/** What stands beside a model's files. */
export interface ModelManifest {
  readonly name: string;
  readonly release: string;
  readonly licence: string;
  readonly source: string;
  /** Lower-case hexadecimal SHA-256 by path within the release's folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where a model lies, in the form that the library asks for. */
export interface ModelPlace {
  readonly root: string;
  /** `<name>/<release>`: also how layers are signed. */
  readonly id: string;
}

export function placeOf(modelDir: string): ModelPlace {
  const folder = modelDir.replace(/\/+$/, '');
  return { root: dirname(dirname(folder)), id: `${basename(dirname(folder))}/${basename(folder)}` };
}

/**
 * Reads a release's manifest and checks every file that it names.
 *
 * @throws ClinicalError `MODEL_FILE_MISSING`, `MODEL_FILE_DAMAGED`
 */
export async function checkModelFiles(modelDir: string): Promise<ModelManifest> {
  const { id } = placeOf(modelDir);
  const manifest = parseManifest(await readModelFile(modelDir, 'manifest.json'), id);
  await Promise.all(
    Object.entries(manifest.files).map(async ([file, expected]) => {
      const content = await readModelFile(modelDir, file);
      if (createHash('sha256').update(content).digest('hex') !== expected) {
        throw new ClinicalError('MODEL_FILE_DAMAGED', { file: `${id}/${file}` });
      }
    }),
  );
  return manifest;
}

/** @throws ClinicalError `MODEL_FILE_MISSING` */
export async function readModelFile(modelDir: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(modelDir, file));
  } catch (cause) {
    throw new ClinicalError('MODEL_FILE_MISSING', { file: `${placeOf(modelDir).id}/${file}` }, cause);
  }
}

function parseManifest(content: Buffer, id: string): ModelManifest {
  try {
    return JSON.parse(content.toString('utf8')) as ModelManifest;
  } catch (cause) {
    throw new ClinicalError('MODEL_FILE_DAMAGED', { file: `${id}/manifest.json` }, cause);
  }
}
