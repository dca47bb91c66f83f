import type { TextRange } from '#pipelines/domain/span.ts';

/** A sentence of fewer words recurs by chance. */
const MIN_SENTENCE_WORDS = 6;
const MIN_PARAGRAPH_WORDS = 14;

/** Hash of a sentence's words without case, spacing and punctuation; null for one too short to tell copying from chance. */
export function sentenceHash(text: string): string | null {
  return hashOf(text, MIN_SENTENCE_WORDS, 's');
}

/** Hash of a paragraph, likewise. */
export function paragraphHash(text: string): string | null {
  return hashOf(text, MIN_PARAGRAPH_WORDS, 'p');
}

/** Blocks of a text between blank lines. */
export function paragraphsOf(text: string): TextRange[] {
  const paragraphs: TextRange[] = [];
  for (const match of text.matchAll(/[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*/g))
    paragraphs.push({ start: match.index, end: match.index + match[0].length });
  return paragraphs;
}

function hashOf(text: string, minWords: number, kind: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  if (words === null || words.length < minWords) return null;
  return `${kind}${words.length}:${fnv(words.join(' '), 0x811c9dc5)}${fnv(words.join(' '), 0x01000193)}`;
}

/** FNV-1a over code units, 32 bits, from a given seed. */
function fnv(text: string, seed: number): string {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
