import type { Conflict, ConflictKind, ConflictSide } from '#pipelines/domain/chart.ts';
import type { Mention } from '../reading/reading.ts';

/** A mention as one side of a conflict, in the words of the note. */
export function sideOf(mention: Mention, text?: string): ConflictSide {
  return { text: text ?? mention.evidence[0].quote, date: mention.noteDate, evidence: mention.evidence[0] };
}

/** Two sides of one thing, the older first. */
export function conflictOf(
  kind: ConflictKind,
  about: Pick<Mention, 'concept' | 'words'>,
  a: ConflictSide,
  b: ConflictSide,
): Conflict {
  const sides: Conflict['sides'] = a.date <= b.date ? [a, b] : [b, a];
  return { kind, concept: about.concept, display: about.words, sides };
}
