export { combineResults, describe, interpretFinding } from './gene-results.ts';
export { nameAllele } from './allele-names.ts';
export { readFreeText } from './free-text.ts';
export { normalisePhenotypeText, readPhenotype } from './phenotype-words.ts';
export { isOutsideCallFile, readCall, readFields, readGeneName, readOutsideCalls } from './result-field.ts';
export { READING_RELEASE, findGenes, geneOfHgnc, geneOfLoinc, hgncOfGene } from './lexicon.ts';
export type { AlleleStatus, ReadReport, ReportedFinding, Retraction } from './types.ts';
