import type { Generated } from 'kysely';
import type { NoteState } from '#pipelines/contracts/stores.ts';

/** Who wrote the row, and when; in every table. */
interface Written {
  actor: string;
  at: string;
}

export interface PatientRow extends Written {
  id: string;
  name: string;
  birth_date: string | null;
  sex: string | null;
  race: string | null;
  ethnicity: string | null;
  /** JSON list of {system, value}. */
  identifiers: string;
}

export interface NoteRow extends Written {
  /** Order of receipt. */
  receipt: Generated<number>;
  id: string;
  patient: string;
  type: string;
  date: string;
  text: string;
  sha256: string;
  state: NoteState;
}

/** Each time that a note could not be read. */
export interface ReadingFailureRow extends Written {
  note: string;
  error_code: string;
}

export interface AnnotationRow extends Written {
  note: string;
  pipeline: string;
  /** JSON of the AnnotatedNote without its note. */
  layers: string;
}

export interface TimelineEventRow extends Written {
  pipeline: string;
  id: string;
  note: string;
  patient: string;
  /** Place among the note's events. */
  ordinal: number;
  /** JSON of the TimelineEvent. */
  event: string;
}

/** Passages and timeline events written as lines: what search finds. */
export interface LineRow extends Written {
  pipeline: string;
  id: string;
  note: string;
  patient: string;
  ordinal: number;
  date: string;
  kind: string;
  text: string;
  start: number;
  end: number;
  /** Little-endian float32. */
  vector: Buffer;
}

export interface ConversationRow extends Written {
  id: string;
  patient: string;
}

export interface TurnRow extends Written {
  ordinal: Generated<number>;
  id: string;
  conversation: string;
  patient: string;
  question: string;
  asked_for: string | null;
  /** JSON of the Answer. */
  answer: string;
}

/** One row for each note citation of a turn's claims, for finding the answers that used a range. */
export interface CitedRangeRow extends Written {
  turn: string;
  note: string;
  start: number;
  end: number;
}

export interface FeedbackRow extends Written {
  id: Generated<number>;
  answer: string;
  patient: string;
  verdict: string;
  comment: string | null;
}

export interface GenotypeUploadRow extends Written {
  id: string;
  patient: string;
  kind: string;
  name: string;
  /** JSON list of gene results. */
  results: string;
}

export interface CardFeedbackRow extends Written {
  id: Generated<number>;
  service: string;
  card: string;
  outcome: string;
  /** JSON list of suggestion ids. */
  accepted: string;
  reason: string | null;
  comment: string | null;
  outcome_at: string;
}

export interface StoreSchema {
  patient: PatientRow;
  note: NoteRow;
  reading_failure: ReadingFailureRow;
  annotation: AnnotationRow;
  timeline_event: TimelineEventRow;
  line: LineRow;
  conversation: ConversationRow;
  turn: TurnRow;
  cited_range: CitedRangeRow;
  feedback: FeedbackRow;
  genotype_upload: GenotypeUploadRow;
  card_feedback: CardFeedbackRow;
}
