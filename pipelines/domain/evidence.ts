import type { IsoDate, NoteId, PatientId, Release } from './ids.ts';
import type { TextRange } from './span.ts';
import { textOf } from './span.ts';
import type { Note } from './note.ts';

/** Characters of a note, quoted. `quote` is exactly the text at its offsets. */
export interface NoteCitation extends TextRange {
  readonly kind: 'note';
  readonly noteId: NoteId;
  readonly quote: string;
}

/** A rule of a dated release of a guideline. */
export interface RuleCitation {
  readonly kind: 'rule';
  readonly ruleSet: string;
  readonly release: Release;
  readonly rule: string;
  readonly url: string;
  readonly quote?: string;
}

export type Citation = NoteCitation | RuleCitation;

/** One sentence of an answer with what it stands on; there is no claim without evidence. */
export interface Claim {
  readonly text: string;
  readonly citations: readonly [Citation, ...Citation[]];
}

export type Finding = 'affirmed' | 'denied' | 'conflicting';
export type AbstentionReason = 'not-documented' | 'out-of-scope';

/** What was looked through before an answer or an abstention was given. */
export interface Searched {
  readonly notes: number;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  /** The words that were looked for. */
  readonly terms: readonly string[];
  /** Notes of the patient that were not read yet and could not be searched; absent where there are none. */
  readonly unread?: number;
  /** Types of notes that were looked through where the question was narrowed to some; absent where to none. */
  readonly noteTypes?: readonly string[];
}

/** What an answer rests on, for the basis panel and for replay. */
export interface AnswerBasis {
  readonly inputsUsed: readonly string[];
  readonly inputsMissing: readonly string[];
  readonly rulesApplied: readonly string[];
  readonly limits: readonly string[];
  /** How likely answers of this sort are right, 0 to 1 (`evals/metrics/risk-coverage.ts` tells how well it does); absent where none is given. */
  readonly confidence?: number;
}

interface AnswerCommon {
  /** Always an array, empty for an abstention. */
  readonly claims: readonly Claim[];
  /** Sentences that mention the subject without answering; for an abstention. */
  readonly mentions: readonly NoteCitation[];
  /** Further evidence that was not needed for the claims ("show me more"). */
  readonly more: readonly NoteCitation[];
  readonly searched: Searched;
  /** "Now" of the answer: the date of the last note considered, or the date that was asked for. */
  readonly asOf: IsoDate | null;
  readonly basis: AnswerBasis;
  /** Which drafter's claims are shown, and the releases that made them. */
  readonly by: AnswerProvenance;
}

export interface AnswerProvenance {
  readonly drafter: 'rules' | 'language-model';
  /** Why the deterministic answer stands in where a language model was configured. */
  readonly fallback?: string;
  readonly pipeline: Release;
  readonly rules: readonly Release[];
  readonly prompt?: string;
}

export type Answer =
  | (AnswerCommon & { readonly status: 'answered'; readonly finding: Finding })
  | (AnswerCommon & { readonly status: 'abstained'; readonly reason: AbstentionReason });

/** Quotes a range of a note. @throws ClinicalError `SPAN_OUT_OF_RANGE` */
export function citeNote(note: Pick<Note, 'id' | 'text'>, range: TextRange): NoteCitation {
  return { kind: 'note', noteId: note.id, start: range.start, end: range.end, quote: textOf(note.text, range) };
}

/** Names a chart for reading: whose it is and up to which day. */
export interface ChartScope {
  readonly patient: PatientId;
  readonly asOf: IsoDate | null;
}
