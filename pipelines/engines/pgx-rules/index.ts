import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ClinicalError } from '../../errors.ts';
import type { PgxRules } from '../../pgx/rules.ts';
import { toGenes } from './genes.ts';
import { toCpic, toDpwg, toDrugs, toFda, toPerpetrators, toWarfarin } from './guidance.ts';

/** The release that ships with this version of the product. */
export const CURRENT_PGX_RULES = fileURLToPath(new URL('../../rules/pgx/2025-11', import.meta.url));

interface Manifest {
  readonly ruleSet: string;
  readonly release: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Reads one release of the pharmacogenomic rules and checks every file against the manifest.
 *
 * @param rulesDir - Folder of the release; the shipped one where left out.
 * @throws ClinicalError `RULES_DAMAGED`
 */
export function loadPgxRules(rulesDir: string = CURRENT_PGX_RULES): PgxRules {
  const manifest = readManifest(rulesDir);
  const read = <T>(name: string): T => readChecked<T>(rulesDir, name, manifest.files[name]);
  const genes = toGenes(read('genes.json'));
  const cpic = toCpic(read('cpic.json'));
  return {
    release: `${manifest.ruleSet}/${manifest.release}`,
    genes: genes.genes,
    alleleStatus: genes.alleleStatus,
    cpic: cpic.rows,
    cpicGuidelines: cpic.guidelines,
    cpicPairs: cpic.pairs,
    dpwg: toDpwg(read('dpwg.json')),
    fda: toFda(read('fda.json')),
    drugs: toDrugs(read('drugs.json')),
    perpetrators: toPerpetrators(read('perpetrators.json')),
    warfarin: toWarfarin(read('warfarin.json')),
    sources: manifest.sources,
  };
}

function readManifest(rulesDir: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(rulesDir, 'manifest.json'), 'utf8')) as Manifest;
  } catch (cause) {
    throw new ClinicalError('RULES_DAMAGED', { ruleSet: 'pgx' }, cause);
  }
}

function readChecked<T>(rulesDir: string, name: string, expected: string | undefined): T {
  try {
    const text = readFileSync(join(rulesDir, name));
    if (createHash('sha256').update(text).digest('hex') !== expected) throw new Error(`${name} differs`);
    return JSON.parse(text.toString('utf8')) as T;
  } catch (cause) {
    throw new ClinicalError('RULES_DAMAGED', { ruleSet: 'pgx' }, cause);
  }
}
