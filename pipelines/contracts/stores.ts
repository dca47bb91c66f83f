import type { AnnotatedNote } from '../domain/annotated-note.ts';
import type { Turn } from '../domain/conversation.ts';
import type { AnswerId, ConversationId, IsoDate, IsoInstant, NoteId, PatientId, Release } from '../domain/ids.ts';
import type { Note } from '../domain/note.ts';
import type { Passage } from '../domain/passage.ts';
import type { Identifier, Patient, Sex } from '../domain/patient.ts';
import type { TimelineEvent } from '../domain/timeline.ts';

/** Who wrote, and when: stored with every write, part of no answer. */
export interface Write {
  readonly actor: string;
  readonly at: IsoInstant;
}

export interface NewPatient {
  readonly name: string;
  readonly birthDate?: string | null;
  readonly sex?: Sex | null;
  readonly race?: string | null;
  readonly ethnicity?: string | null;
  readonly identifiers?: readonly Identifier[];
}

export interface PatientStore {
  add(id: PatientId, patient: NewPatient, write: Write): Promise<Patient>;
  get(id: PatientId): Promise<Patient | null>;
  list(): Promise<readonly (Patient & { readonly notes: number; readonly lastNote: string | null })[]>;
  /** Whether any other patient of the store bears this full name; used only to refuse questions about other people. */
  namesOtherThan(id: PatientId): Promise<readonly string[]>;
}

export type NoteState = 'queued' | 'read' | 'failed';

export interface NoteStore {
  /** Stores a note once. @returns the stored note, and whether it was already there (same patient, same hash). */
  add(note: Note, write: Write): Promise<{ readonly note: Note; readonly duplicate: boolean }>;
  /** Null for an unknown note and for a note of another patient alike. */
  get(patient: PatientId, note: NoteId): Promise<(Note & { readonly state: NoteState }) | null>;
  /** In order of date, then of receipt. */
  list(patient: PatientId): Promise<readonly (Note & { readonly state: NoteState })[]>;
  /** Notes that were acknowledged but not yet read, in order of receipt. */
  queued(): Promise<readonly Note[]>;
  /** Marks a note as one that could not be read; it stays stored and is tried again by `requeue`. */
  fail(note: NoteId, errorCode: string, write: Write): Promise<void>;
  /** Queues every note that has no layers of this pipeline release: after a new release, or after a failure. @returns how many. */
  requeue(pipeline: Release): Promise<number>;
  /** How many notes of the patient, up to the end of a day, are queued or could not be read. */
  unread(patient: PatientId, asOf: IsoDate | null): Promise<number>;
  counts(): Promise<Readonly<Record<NoteState, number>>>;
}

/** Layers of a note, side by side by pipeline release. `save` is one transaction: annotations, events, passages and vectors appear together. */
export interface AnnotationStore {
  save(layers: NoteLayers, write: Write): Promise<void>;
  get(patient: PatientId, note: NoteId, pipeline: Release): Promise<AnnotatedNote | null>;
  listForPatient(patient: PatientId, pipeline: Release): Promise<readonly AnnotatedNote[]>;
  events(patient: PatientId, pipeline: Release): Promise<readonly TimelineEvent[]>;
  passages(patient: PatientId, pipeline: Release): Promise<readonly StoredPassage[]>;
  /** Every event line of every patient, for the cohort index, in pages by id. Passages are searched for one patient alone. */
  allVectors(pipeline: Release, after: string | null, limit: number): Promise<readonly IndexedLine[]>;
  lines(ids: readonly string[]): Promise<readonly IndexedLine[]>;
}

export interface StoredPassage {
  readonly passage: Passage;
  readonly vector: Float32Array;
}

/** What the cohort index finds: a passage, or a timeline event written as one line. */
export interface IndexedLine {
  readonly id: string;
  readonly patient: PatientId;
  readonly note: NoteId;
  readonly date: string;
  readonly kind: 'passage' | TimelineEvent['kind'];
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly vector: Float32Array;
}

export interface NoteLayers {
  readonly annotated: AnnotatedNote;
  readonly events: readonly TimelineEvent[];
  readonly passages: readonly StoredPassage[];
  readonly eventLines: readonly IndexedLine[];
}

export interface ConversationStore {
  create(id: ConversationId, patient: PatientId, write: Write): Promise<void>;
  /** Patient that the conversation belongs to; null where there is no such conversation. */
  patientOf(id: ConversationId): Promise<PatientId | null>;
  addTurn(turn: Turn, write: Write): Promise<void>;
  /** Patients who were asked about, the latest first. */
  recentPatients(limit: number): Promise<readonly PatientId[]>;
  turns(id: ConversationId): Promise<readonly Turn[]>;
  answer(patient: PatientId, id: AnswerId): Promise<Turn | null>;
  listForPatient(patient: PatientId): Promise<
    readonly {
      readonly id: ConversationId;
      readonly started: IsoInstant;
      readonly turns: number;
      readonly firstQuestion: string;
    }[]
  >;
  /** Answers of the patient whose claims cite a range that overlaps this one. */
  answersCiting(patient: PatientId, note: NoteId, start: number, end: number): Promise<readonly Turn[]>;
  addFeedback(patient: PatientId, answer: AnswerId, feedback: Feedback, write: Write): Promise<void>;
}

export interface Feedback {
  readonly verdict: 'right' | 'wrong' | 'unsafe';
  readonly comment: string | null;
}

/** Genotype files and results that were uploaded; those that notes state are read from the notes. */
export interface GenotypeStore {
  add(
    patient: PatientId,
    upload: { readonly kind: 'vcf' | 'report' | 'fhir'; readonly name: string; readonly results: readonly unknown[] },
    write: Write,
  ): Promise<string>;
  list(patient: PatientId): Promise<
    readonly {
      readonly id: string;
      readonly kind: string;
      readonly name: string;
      readonly results: readonly unknown[];
      readonly at: IsoInstant;
    }[]
  >;
}

/** What a person did with a card that a CDS Hooks service returned. */
export interface CardFeedback {
  readonly service: string;
  /** `uuid` of the card. */
  readonly card: string;
  readonly outcome: 'accepted' | 'overridden';
  readonly acceptedSuggestions: readonly string[];
  /** Code of the override reason that was chosen. */
  readonly reasonCode: string | null;
  readonly comment: string | null;
  /** Instant that the client states. */
  readonly outcomeAt: string;
}

/** Feedback on cards; kept for audit, in order of receipt. */
export interface CardFeedbackStore {
  add(feedback: readonly CardFeedback[], write: Write): Promise<void>;
  list(service: string): Promise<readonly (CardFeedback & { readonly at: IsoInstant })[]>;
}
