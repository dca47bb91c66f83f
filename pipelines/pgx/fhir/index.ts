export { readFhir } from './read.ts';
export type { FhirFinding } from './read.ts';
export { writeGenomicsReport } from './write.ts';
