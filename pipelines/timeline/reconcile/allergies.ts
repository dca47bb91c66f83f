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
    reaction: withReaction?.reaction ?? null,
    interpreted: best.interpreted,
    classes: best.classes,
    status: last.removed ? 'removed' : 'listed',
  };
}
