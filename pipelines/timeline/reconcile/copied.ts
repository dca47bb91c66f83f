import type { NoteId } from '#pipelines/domain/ids.ts';
import type { Mention, NoteReading } from '../reading/reading.ts';

/** Tells copied mentions from independent ones. */
export interface CopyIndex {
  /** Whether the mention stands in a sentence or paragraph that an earlier note holds word for word. */
  isCopied(mention: Mention): boolean;
}

/** Remembers, for each sentence and paragraph, the first note that holds it. */
export function indexCopies(readings: readonly NoteReading[]): CopyIndex {
  const first = new Map<string, NoteId>();
  for (const { annotated, hashes } of readings)
    for (const hash of hashes) if (!first.has(hash)) first.set(hash, annotated.note.id);
  const isOlder = (hash: string | null, note: NoteId): boolean => hash !== null && (first.get(hash) ?? note) !== note;
  const known = new Map<Mention, boolean>();
  return {
    isCopied: (mention) => {
      let copied = known.get(mention);
      if (copied === undefined) {
        copied = isOlder(mention.sentence, mention.note) || isOlder(mention.paragraph, mention.note);
        known.set(mention, copied);
      }
      return copied;
    },
  };
}
