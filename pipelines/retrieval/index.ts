export { eventLines, eventOfLine, RETRIEVAL_RELEASE } from './event-lines.ts';
export type { UnembeddedLine } from './event-lines.ts';
export { LexicalIndex, searchWords } from './lexical.ts';
export { createPassageSearch, weightedWords } from './passage-search.ts';
export type { PassageSources } from './passage-search.ts';
export { buildPassages } from './passages.ts';
export { rememberVectors } from './remembered-vectors.ts';
export { fuseRanks, nearestVectors, similarity } from './vectors.ts';
