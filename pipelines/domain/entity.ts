import type { Coding } from './coding.ts';
import type { EntityId } from './ids.ts';
import type { TextRange } from './span.ts';

/** Labels of the clinical schema, in the order of the annotation guideline. */
export const ENTITY_LABELS = [
  'Condition',
  'Finding',
  'Medication',
  'Dose',
  'Route',
  'Frequency',
  'Form',
  'Duration',
  'Procedure',
  'Test',
  'Value',
  'BodySite',
  'Time',
  'Habit',
  'Genotype',
] as const;
export type EntityLabel = (typeof ENTITY_LABELS)[number];

/** ConText flags: negated, uncertain, hypothetical, historical, of a family member. */
export const FLAGS = ['neg', 'unc', 'hyp', 'hist', 'fam'] as const;
export type Flag = (typeof FLAGS)[number];

/** Labels that carry flags. */
export const FLAGGED_LABELS: ReadonlySet<string> = new Set([
  'Condition',
  'Finding',
  'Procedure',
  'Test',
  'Medication',
  'Habit',
]);

export const MEDICATION_ACTIONS = ['start', 'stop', 'increase', 'decrease', 'hold', 'continue', 'allergy'] as const;
export type MedicationAction = (typeof MEDICATION_ACTIONS)[number];

export const RELATION_TYPES = ['of', 'for', 'by', 'shows'] as const;
export type RelationType = (typeof RELATION_TYPES)[number];

/** Words that made a rule reader set a flag. */
export interface Cue extends TextRange {
  readonly flag: Flag;
}

/** A mention of one clinical thing. Identity is the id, never the offsets; ids are unique within a note. */
export interface Entity extends TextRange {
  readonly id: EntityId;
  /** A label of the schema that was used; `EntityLabel` for the clinical schema. */
  readonly label: string;
  /** Mean probability of the tags of its words, 0 to 1. */
  readonly score: number;
  /** What the model reads; in a note that was ingested, also family mentions that the rules alone find (`combineFlags`). */
  readonly flags: readonly Flag[];
  /** What the ConText rules read, where they were run: the second, independent reader. */
  readonly ruleFlags?: readonly Flag[];
  readonly cues?: readonly Cue[];
  /** Only on a Medication. */
  readonly action: MedicationAction | null;
  readonly concepts?: readonly Coding[];
}

/** `head` is the dependent (a dose, a drug given *for*, a reaction *by*, a test that *shows*), `tail` what it points at. */
export interface Relation {
  readonly type: RelationType;
  readonly head: EntityId;
  readonly tail: EntityId;
  /** 0 to 1. */
  readonly score: number;
}
