import { writeFileSync } from 'node:fs';
import { buildContextFiles } from './build/context.ts';
import { buildTerminology, TERMINOLOGY_RELEASE } from './build/terminology.ts';

/**
 * `npm run rules`: compiles the rule sets that come from published tables into `pipelines/rules/`. Run by hand when a
 * source or a curated table changes; the result is committed, so that nothing at run time reads the sources.
 */
buildTerminology();
process.stdout.write(`terminology/${TERMINOLOGY_RELEASE} written\n`);
for (const [name, file] of Object.entries(buildContextFiles())) {
  writeFileSync(new URL(`context/1/${name}`, import.meta.url), `${JSON.stringify(file, null, 2)}\n`);
}
process.stdout.write('context/1 written; run format and rules:sign\n');
