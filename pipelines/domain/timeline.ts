import type { Coding } from './coding.ts';
import type { MedicationAction } from './entity.ts';
import type { Assertion } from './assertion.ts';
import type { EntityId, EventId, NoteId, PartialDate, PatientId } from './ids.ts';
import type { NoteCitation } from './evidence.ts';
import type { Provenance } from './provenance.ts';

export type Precision = 'day' | 'month' | 'year' | 'unknown';
/** Where a date comes from: written out, reckoned from another date, or only the note's own date. */
export type Anchor = 'stated' | 'relative' | 'note-date';

/** When something happened. `start` and `end` are equal for a point in time; both null where nothing is known. */
export interface When {
  readonly start: PartialDate | null;
  readonly end: PartialDate | null;
  readonly precision: Precision;
  readonly anchor: Anchor;
}

export type EventKind = 'condition' | 'finding' | 'medication' | 'procedure' | 'result' | 'habit' | 'genotype';

/** Something that a note says happened (or did not), placed in time, with the words that say so. */
export interface TimelineEvent {
  readonly id: EventId;
  readonly patient: PatientId;
  readonly note: NoteId;
  readonly entity: EntityId;
  readonly kind: EventKind;
  /** The mention as written. */
  readonly display: string;
  /** Canonical key: equal for mentions of one concept within a chart (grounded code, else normalised words). */
  readonly concept: string;
  readonly concepts: readonly Coding[];
  readonly assertion: Assertion;
  readonly when: When;
  /** Medication only. */
  readonly action?: MedicationAction | null;
  readonly dose?: string;
  readonly route?: string;
  readonly frequency?: string;
  readonly reason?: string;
  /** Result only. */
  readonly value?: string;
  readonly unit?: string;
  /** The mention first, then what dates or qualifies it. */
  readonly evidence: readonly [NoteCitation, ...NoteCitation[]];
  readonly by: Provenance;
}
