import type { NoteId } from '#pipelines/domain/ids.ts';
import type { Mention, NoteReading } from '../reading/reading.ts';

/** Tells copied mentions from independent ones. */
export interface CopyIndex {
  /** Whether the mention stands in a sentence or paragraph that an earlier note holds word for word. */
  isCopied(mention: Mention): boolean;
}

/** Remembers, for each note, the sentences and paragraphs that an earlier note holds. */
export function indexCopies(readings: readonly NoteReading[]): CopyIndex {
  const seen = new Map<string, NoteId>();
  const copiedIn = new Map<NoteId, Set<string>>();
  for (const { annotated, hashes } of readings) {
    const { id } = annotated.note;
    const copied = new Set<string>();
    for (const hash of hashes) {
      const first = seen.get(hash);
      if (first === undefined) seen.set(hash, id);
      else if (first !== id) copied.add(hash);
    }
    if (copied.size > 0) copiedIn.set(id, copied);
  }
  return {
    isCopied: ({ note, sentence, paragraph }) => {
      const copied = copiedIn.get(note);
      if (copied === undefined) return false;
      return (sentence !== null && copied.has(sentence)) || (paragraph !== null && copied.has(paragraph));
    },
  };
}
