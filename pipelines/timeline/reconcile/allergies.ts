import type { AllergyFact, AllergyStatement } from '#pipelines/domain/chart.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import type { AllergyMention, NoteReading } from '../reading/reading.ts';
import type { CopyIndex } from './copied.ts';
import type { Group } from './fact.ts';
import { factOf, groupMentions, latestOf } from './fact.ts';

export interface ReconciledAllergies {
  readonly allergies: readonly AllergyFact[];
  readonly statement: AllergyStatement;
  readonly statementEvidence: readonly NoteCitation[];
}

/** One fact for each substance with its reaction, and each allergy text that could not be read, verbatim. */
export function reconcileAllergies(readings: readonly NoteReading[], copies: CopyIndex): ReconciledAllergies {
  const mentions = readings.flatMap(({ allergies }) => allergies);
  const groups = groupMentions(mentions, ({ concept }) => concept);
  const allergies = [...groups].map(([key, group]) => allergyFact(key, group, copies));
  const none = readings.flatMap(({ noKnownAllergies }) => noKnownAllergies).reverse();
  const statement =
    allergies.length > 0
      ? 'allergies listed'
      : none.length > 0
        ? 'no known allergies stated'
        : 'no allergy statement found';
  return { allergies, statement, statementEvidence: none };
}

/** Of so many ways in which notes tell a reaction, the latest first: a later "rash" does not hide an earlier "skin peeling". */
const REACTIONS = 3;

function reactionsOf(group: Group<AllergyMention>, latest: AllergyMention | undefined): string | null {
  if (latest === undefined) return null;
  const told = [latest, ...[...group].reverse()].flatMap(({ reaction }) => reaction ?? []);
  const key = (words: string): string =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\d]+/gu, ' ')
      .trim();
  const distinct = told.filter(
    (words, i) => !told.slice(0, i).some((other) => key(other).includes(key(words)) || key(words).includes(key(other))),
  );
  return distinct.slice(0, REACTIONS).join('; ');
}

function allergyFact(key: string, group: Group<AllergyMention>, copies: CopyIndex): AllergyFact {
  const last = latestOf(group, copies)!;
  const withReaction = latestOf(
    group.filter(({ reaction }) => reaction !== null),
    copies,
  );
  const best = withReaction ?? last;
  return {
    ...factOf('allergy', key, group, best, copies),
    substance: best.substance,
    reaction: reactionsOf(group, withReaction),
    interpreted: best.interpreted,
    classes: best.classes,
    status: last.removed ? 'removed' : 'listed',
  };
}
