import type { IsoDate, NoteId, PassageId, PatientId } from './ids.ts';
import type { TextRange } from './span.ts';

/** About three sentences of a note: the unit of search. The text is `note.text.slice(start, end)`. */
export interface Passage extends TextRange {
  readonly id: PassageId;
  readonly patient: PatientId;
  readonly note: NoteId;
  readonly date: IsoDate;
  readonly text: string;
}

/** A passage that a search found, with its fused score (higher is better; not a probability). */
export interface ScoredPassage {
  readonly passage: Passage;
  readonly score: number;
}
