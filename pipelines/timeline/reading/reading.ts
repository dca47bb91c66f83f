import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Assertion } from '#pipelines/domain/assertion.ts';
import type { Coding } from '#pipelines/domain/coding.ts';
import type { Entity } from '#pipelines/domain/entity.ts';
import type { HabitFact, MedicationStep, ProcedureFact, ResultFact } from '#pipelines/domain/chart.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import type { IsoDate, NoteId } from '#pipelines/domain/ids.ts';
import type { TimelineEvent, When } from '#pipelines/domain/timeline.ts';
import type { Anchors } from './anchors.ts';

/** What every mention has, whatever it is of. */
export interface Mention {
  readonly entity: Entity;
  readonly note: NoteId;
  readonly noteDate: IsoDate;
  readonly words: string;
  readonly concept: string;
  readonly codes: readonly Coding[];
  readonly assertion: Assertion;
  /** The two readers of context disagree about it. */
  readonly uncertain: boolean;
  readonly when: When;
  /** The mention first, then what dates or qualifies it. */
  readonly evidence: readonly [NoteCitation, ...NoteCitation[]];
  /** Hash of the sentence it stands in, for recognising copied text; null for a short sentence. */
  readonly sentence: string | null;
  /** Hash of the paragraph; null for a short one. */
  readonly paragraph: string | null;
}

/** Where a medication stands in a note, as far as that bears on what it says. */
export type MedicationPlace = 'home-list' | 'inpatient-list' | 'discharge-list' | 'plan' | 'allergy' | 'narrative';

export interface MedicationMention extends Mention {
  readonly action: MedicationStep['action'] | 'allergy' | null;
  readonly place: MedicationPlace;
  readonly dose: string | null;
  readonly route: string | null;
  readonly frequency: string | null;
  readonly duration: string | null;
  /** The last day of a course, where the note states it ("through 11/17"). */
  readonly endsOn: IsoDate | null;
  readonly reason: string | null;
  readonly reasonEvidence: NoteCitation | null;
  readonly indication: string | null;
  /** Given once ("x1", "received", a bolus): not something that is taken now. */
  readonly once: boolean;
  /** Written as an order, whatever the model makes of its being in a plan. */
  readonly ordered: boolean;
  readonly neverTaken: boolean;
  readonly considered: boolean;
  readonly ingredients: readonly string[];
  readonly classes: readonly string[];
  readonly isClass: boolean;
  /** What it caused, as written. */
  readonly reactions: readonly { readonly words: string; readonly citation: NoteCitation }[];
}

export interface ProblemMention extends Mention {
  readonly kind: 'condition' | 'finding';
  readonly onset: When | null;
  readonly laterality: 'left' | 'right' | 'bilateral' | null;
  readonly relative: string | null;
  readonly resolved: boolean;
  readonly ruledOut: boolean;
}

export interface ResultMention extends Mention {
  readonly test: string;
  readonly value: string;
  readonly numbers: readonly number[];
  readonly unit: string | null;
  readonly quantity: ResultFact['quantity'];
  readonly referenceRange: string | null;
  readonly flag: ResultFact['flag'];
  /** Quoted in passing, in prose or as an earlier value, and not reported by this note. */
  readonly quoted: boolean;
}

export interface AllergyMention extends Mention {
  readonly substance: string;
  readonly reaction: string | null;
  readonly interpreted: boolean;
  readonly classes: readonly string[];
  /** The note says that it is no allergy (any more). */
  readonly removed: boolean;
}

export interface ProcedureMention extends Mention {
  readonly status: ProcedureFact['status'];
  readonly laterality: ProblemMention['laterality'];
}

export interface HabitMention extends Mention {
  readonly habit: HabitFact['habit'];
  readonly status: HabitFact['status'];
  /** Denied for good ("never smoked"), and not only for now. */
  readonly lifelong: boolean;
}

/**
 * All that one note says, read once and by itself: depends on the note, the patient's birth date, the order of dates and
 * the terminology only, and can therefore be kept.
 */
export interface NoteReading {
  readonly annotated: AnnotatedNote;
  readonly anchors: Anchors;
  readonly events: readonly TimelineEvent[];
  readonly medications: readonly MedicationMention[];
  readonly problems: readonly ProblemMention[];
  readonly results: readonly ResultMention[];
  readonly allergies: readonly AllergyMention[];
  /** Where the note says "no known allergies". */
  readonly noKnownAllergies: readonly NoteCitation[];
  readonly procedures: readonly ProcedureMention[];
  readonly habits: readonly HabitMention[];
  readonly genotypes: readonly Mention[];
  /** Hashes of its sentences and paragraphs. */
  readonly hashes: readonly string[];
}
