import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { buildPgxRules } from './build-pgx.ts';
import { buildTerminology, TERMINOLOGY_RELEASE } from './build/terminology.ts';

/**
 * `npm run rules`: compiles the rule sets that come from published tables into `pipelines/rules/`. Run by hand when a
 * source or a curated table changes; the result is committed, so that nothing at run time reads the sources. Rule sets that
 * are written by hand throughout are not touched.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
buildTerminology();
process.stdout.write(`terminology/${TERMINOLOGY_RELEASE} written\n`);
const isBuilt = buildPgxRules(join(root, '.data/data/pgx/raw'), join(root, 'pipelines/rules/pgx'));
process.stdout.write(isBuilt ? 'pgx written\n' : 'pgx passed over: its sources are not laid out\n');
