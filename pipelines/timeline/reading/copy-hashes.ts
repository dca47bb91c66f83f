import type { TextRange } from '#pipelines/domain/span.ts';
import { lastAtOrBefore } from '#pipelines/domain/span.ts';
import type { NoteView } from './note-view.ts';
import { paragraphHash, paragraphsOf, sentenceHash } from './text-hash.ts';

/** Hashes of a note's sentences and paragraphs, each computed once. */
export interface CopyHashes {
  readonly all: readonly string[];
  sentenceAt(offset: number): string | null;
  paragraphAt(offset: number): string | null;
}

/** Hashes the text of a note, for recognising what other notes copy from it. */
export function copyHashesOf(view: NoteView): CopyHashes {
  const { sentences, note } = view.annotated;
  const paragraphs = paragraphsOf(note.text);
  const bySentence = sentences.map((sentence) => sentenceHash(view.words(sentence)));
  const byParagraph = paragraphs.map((paragraph) => paragraphHash(view.words(paragraph)));
  return {
    all: [...bySentence, ...byParagraph].filter((hash) => hash !== null),
    sentenceAt: (offset) => at(sentences, bySentence, offset),
    paragraphAt: (offset) => at(paragraphs, byParagraph, offset),
  };
}

function at(ranges: readonly TextRange[], hashes: readonly (string | null)[], offset: number): string | null {
  const index = lastAtOrBefore(ranges, offset);
  return index >= 0 && offset < ranges[index]!.end ? hashes[index]! : null;
}
