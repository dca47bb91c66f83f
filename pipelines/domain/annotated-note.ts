import type { Entity, Relation } from './entity.ts';
import type { Release } from './ids.ts';
import type { Note } from './note.ts';
import type { Provenance } from './provenance.ts';
import type { TextRange } from './span.ts';

/** Categories of sections, named after medspaCy's section rules. */
export interface Section extends TextRange {
  readonly category: string;
  /** The header's own characters; null for text before the first header. */
  readonly title: TextRange | null;
}

/** A note with every layer that the pipeline has put on it. Ranges are into `note.text`. */
export interface AnnotatedNote {
  readonly note: Note;
  readonly sections: readonly Section[];
  readonly sentences: readonly TextRange[];
  /** In order of `start`. */
  readonly entities: readonly Entity[];
  readonly relations: readonly Relation[];
  /** Release of the whole pipeline that wrote these layers. */
  readonly pipeline: Release;
  readonly by: readonly Provenance[];
}
