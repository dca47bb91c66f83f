import type { AnnotatedNote } from './annotated-note.ts';
import type { Coding } from './coding.ts';
import type { NoteCitation } from './evidence.ts';
import type { FactId, IsoDate, NoteId } from './ids.ts';
import type { Patient } from './patient.ts';
import type { TimelineEvent, When } from './timeline.ts';
import type { Quantity } from './quantity.ts';

/** What every reconciled fact has: one thing the chart says, over all notes, with every place that says it. */
export interface Fact {
  readonly id: FactId;
  /** Canonical key; equal to `TimelineEvent.concept` of its events. */
  readonly concept: string;
  /** Name to show: the words of the latest independent mention. */
  readonly display: string;
  readonly codes: readonly Coding[];
  /** Every supporting place, the best one to cite first. */
  readonly evidence: readonly [NoteCitation, ...NoteCitation[]];
  /** Date of the first and last note that asserts it. */
  readonly firstAsserted: IsoDate;
  readonly lastAsserted: IsoDate;
  /** Date of the last note that asserts it in words not copied from an earlier note. */
  readonly lastIndependentlyAsserted: IsoDate;
  /** The readers disagree about the context of every mention: quote it, do not assert it. */
  readonly contextUncertain: boolean;
}

export type MedicationStatus =
  'active' | 'stopped' | 'on-hold' | 'planned' | 'considered' | 'allergy' | 'historical' | 'unknown';

/** A dated step in a medication's course. */
export interface MedicationStep {
  readonly action: 'start' | 'stop' | 'increase' | 'decrease' | 'hold' | 'resume' | 'continue' | 'plan';
  readonly when: When;
  readonly note: NoteId;
  readonly noteDate: IsoDate;
  readonly dose: string | null;
  readonly route: string | null;
  readonly frequency: string | null;
  /** Words of the note that give the reason, where they do. */
  readonly reason: string | null;
  readonly reasonEvidence: NoteCitation | null;
  readonly evidence: readonly [NoteCitation, ...NoteCitation[]];
}

export interface MedicationFact extends Fact {
  readonly status: MedicationStatus;
  /** Last stated dose, route and frequency, verbatim. */
  readonly dose: string | null;
  readonly route: string | null;
  readonly frequency: string | null;
  readonly start: When | null;
  readonly stop: When | null;
  readonly stopReason: string | null;
  /** Conditions it is given for, as written. */
  readonly indication: string | null;
  readonly ingredients: readonly string[];
  /** Class names from most to least specific, lower case: `ssri`, `antidepressant`. */
  readonly classes: readonly string[];
  /** In order of date. */
  readonly steps: readonly MedicationStep[];
}

export type ProblemStatus = 'active' | 'resolved' | 'ruled-out' | 'suspected' | 'family' | 'historical';

export interface ProblemFact extends Fact {
  readonly status: ProblemStatus;
  /** Condition or Finding. */
  readonly kind: 'condition' | 'finding';
  readonly onset: When | null;
  readonly laterality: 'left' | 'right' | 'bilateral' | null;
  /** For a family problem: the relative as written ("older brother"). */
  readonly relative: string | null;
  /** Denials of it, which may stand beside an active status. */
  readonly denials: readonly NoteCitation[];
}

export interface AllergyFact extends Fact {
  readonly substance: string;
  readonly reaction: string | null;
  /** False for allergy text that no fact could be read from; it is shown verbatim. */
  readonly interpreted: boolean;
  readonly classes: readonly string[];
  /** `removed` where the latest note that speaks of it takes it off the list (tolerated since, tested negative, entered in error). */
  readonly status?: 'listed' | 'removed';
}

export type AllergyStatement = 'allergies listed' | 'no known allergies stated' | 'no allergy statement found';

export interface ResultFact extends Fact {
  /** Canonical name of the test, for example `hemoglobin a1c`. */
  readonly test: string;
  /** Verbatim. */
  readonly value: string;
  /** Number, or numbers of a pair ("142/88"), or null for a qualitative result. */
  readonly numbers: readonly number[];
  readonly unit: string | null;
  /** The first number in the unit of its test, for comparison; null where no unit is written or known. */
  readonly quantity: Quantity | null;
  readonly when: When;
  readonly referenceRange: string | null;
  readonly flag: 'low' | 'high' | 'critical' | 'normal' | null;
}

export interface ProcedureFact extends Fact {
  readonly status: 'done' | 'planned' | 'not-done' | 'historical' | 'suspected';
  readonly when: When;
}

export interface HabitFact extends Fact {
  readonly habit: 'tobacco' | 'alcohol' | 'drugs' | 'exercise' | 'occupation' | 'other';
  readonly status: 'current' | 'former' | 'never' | 'unknown';
  readonly when: When;
}

export interface GenotypeMention extends Fact {
  readonly text: string;
  readonly when: When;
}

export type ConflictKind =
  | 'allergy-against-order'
  | 'no-allergies-against-reaction'
  | 'laterality'
  | 'smoking'
  | 'active-against-resolved'
  | 'two-doses'
  | 'two-values'
  | 'present-against-denied';

/** Two places of the chart that cannot both hold. The person decides which does. */
export interface Conflict {
  readonly kind: ConflictKind;
  readonly concept: string;
  readonly display: string;
  readonly sides: readonly [ConflictSide, ConflictSide, ...ConflictSide[]];
}

export interface ConflictSide {
  readonly text: string;
  readonly date: IsoDate;
  readonly evidence: NoteCitation;
}

/** A patient's whole chart as facts, up to a day. Derived from the annotated notes alone and therefore always rebuildable. */
export interface Chart {
  readonly patient: Patient;
  /** Date of the last note considered; null for a chart without notes. */
  readonly asOf: IsoDate | null;
  /** In order of date, then of receipt. */
  readonly notes: readonly AnnotatedNote[];
  readonly events: readonly TimelineEvent[];
  readonly medications: readonly MedicationFact[];
  readonly problems: readonly ProblemFact[];
  readonly allergies: readonly AllergyFact[];
  readonly allergyStatement: AllergyStatement;
  /** Where "no known allergies" is said. */
  readonly allergyStatementEvidence: readonly NoteCitation[];
  /** In order of date. */
  readonly results: readonly ResultFact[];
  readonly procedures: readonly ProcedureFact[];
  readonly habits: readonly HabitFact[];
  readonly genotypes: readonly GenotypeMention[];
  readonly conflicts: readonly Conflict[];
}
