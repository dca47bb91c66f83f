/** A string that the compiler will not mix with strings of another meaning. */
export type Branded<Name extends string> = string & { readonly __brand: Name };

export type PatientId = Branded<'PatientId'>;
export type NoteId = Branded<'NoteId'>;
export type EntityId = Branded<'EntityId'>;
export type EventId = Branded<'EventId'>;
export type FactId = Branded<'FactId'>;
export type PassageId = Branded<'PassageId'>;
export type ConversationId = Branded<'ConversationId'>;
export type AnswerId = Branded<'AnswerId'>;
/** Name and release of a rule set, a model or a pipeline, for example `clinical-extractor/1`. */
export type Release = string;
/** Calendar date `YYYY-MM-DD`. */
export type IsoDate = string;
/** A date that may be known only in part: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export type PartialDate = string;
/** Instant in UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export type IsoInstant = string;

/** Marks a plain string as an id; the only place where such a cast is written. */
export function asId<Id extends Branded<string>>(value: string): Id {
  return value as Id;
}
