export { offsetMap } from './offsets.ts';
export type { OffsetMap } from './offsets.ts';
export { wordsOf } from './words.ts';
export type { Word } from './words.ts';
export { findSections, SECTION_RULES } from './sections.ts';
export { splitSentences } from './sentences.ts';
