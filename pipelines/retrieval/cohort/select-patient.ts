import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { Patient } from '#pipelines/domain/patient.ts';
import type { TimelineEvent } from '#pipelines/domain/timeline.ts';
import { matchTerm } from './match-term.ts';
import type { PatientFacts } from './match-term.ts';
import type { CohortQuery, Term } from './query.ts';

/** Events that make a patient part of the cohort, by group of the query; a negated group has none. */
export type Matches = readonly (readonly TimelineEvent[])[];

/** Finds further events of a patient for a term by other means than names; empty for none. */
export type OtherEvents = (term: Term) => readonly TimelineEvent[];

/**
 * Whether a patient is in the cohort, and by which events. Null where the patient is not.
 *
 * @param facts.noteDates - The last day counts as "now" for the age.
 */
export function selectPatient(
  query: CohortQuery,
  patient: Pick<Patient, 'birthDate' | 'sex'>,
  facts: PatientFacts,
  terminology: Terminology,
  otherEvents: OtherEvents = () => [],
): Matches | null {
  if (query.sex !== null && patient.sex !== query.sex) return null;
  if (query.age !== null && !isOfAge(query.age, patient.birthDate, facts)) return null;
  const matches: (readonly TimelineEvent[])[] = [];
  for (const group of query.groups) {
    const found = group.anyOf.flatMap((term) => {
      const named = matchTerm(term, facts, query, terminology);
      return named.length > 0 || group.negated ? named : [...otherEvents(term)];
    });
    if (found.length > 0 === group.negated) return null;
    const linked = group.sameNote ? inSameNote(found, matches.at(-1) ?? []) : found;
    if (!group.negated && linked.length === 0) return null;
    matches.push(group.negated ? [] : linked);
  }
  return matches;
}

function inSameNote(events: readonly TimelineEvent[], causes: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const notes = new Set(causes.map(({ note }) => note));
  return events.filter(({ note }) => notes.has(note));
}

function isOfAge(age: NonNullable<CohortQuery['age']>, birthDate: string | null, { noteDates }: PatientFacts): boolean {
  const now = [...noteDates.values()].sort().at(-1);
  if (birthDate === null || now === undefined) return false;
  const years = Number(now.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (now.slice(5) < birthDate.slice(5) ? 1 : 0);
  return years >= age.from && years <= age.to;
}
