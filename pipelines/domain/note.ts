import type { IsoDate, NoteId, PatientId } from './ids.ts';

/** A clinical note as it was received. The text never changes; what is known about it stands in layers beside it. */
export interface Note {
  readonly id: NoteId;
  readonly patient: PatientId;
  /** What the source calls this kind of note, in lower case: `discharge summary`, `cardiology consult`. */
  readonly type: string;
  /** The day the note was written. */
  readonly date: IsoDate;
  readonly text: string;
  /** Lower-case hexadecimal SHA-256 of the text in UTF-8. */
  readonly sha256: string;
}
