import { buildTerminology, TERMINOLOGY_RELEASE } from './build/terminology.ts';

/**
 * `npm run rules`: compiles the rule sets that come from published tables into `pipelines/rules/`. Run by hand when a
 * source or a curated table changes; the result is committed, so that nothing at run time reads the sources.
 */
buildTerminology();
process.stdout.write(`terminology/${TERMINOLOGY_RELEASE} written\n`);
