import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { AllergyFact, Conflict } from '#pipelines/domain/chart.ts';
import type { AllergyMention, MedicationMention, NoteReading } from '../reading/reading.ts';
import { isStateful, stateOf } from '../reconcile/medication-state.ts';
import { groupMentions } from '../reconcile/fact.ts';
import { conflictOf, sideOf } from './conflict.ts';

/** A drug given or taken although the chart already lists an allergy to it or to its class. */
export function allergyAgainstOrder(
  readings: readonly NoteReading[],
  allergies: readonly AllergyFact[],
  terminology: Terminology,
): Conflict[] {
  const orders = ordersByName(readings);
  const byNote = new Map(readings.map((reading) => [reading.annotated.note.id, reading]));
  const mentions = groupMentions(
    readings.flatMap((reading) => reading.allergies),
    ({ concept }) => concept,
  );
  return listed(allergies).flatMap((allergy) => {
    const first = mentions.get(allergy.concept)![0];
    const kin = new Set([allergy.concept, ...terminology.membersOfClass(allergy.substance)]);
    const order = [...kin]
      .flatMap((name) => orders.get(name) ?? [])
      .find(
        (mention) =>
          mention.noteDate >= first.noteDate &&
          !isBefore(mention, first) &&
          !isChallenge(mention, byNote.get(mention.note)!),
      );
    return order === undefined ? [] : [conflictOf('allergy-against-order', order, sideOf(first), sideOf(order))];
  });
}

/** Orders of drugs, not of classes, under their concept and each ingredient. */
function ordersByName(readings: readonly NoteReading[]): Map<string, MedicationMention[]> {
  const orders = new Map<string, MedicationMention[]>();
  for (const mention of readings.flatMap(({ medications }) => medications)) {
    if (mention.isClass || mention.place === 'allergy' || !isStateful(mention) || stateOf(mention) !== 'active')
      continue;
    for (const name of new Set([mention.concept, ...mention.ingredients])) {
      const named = orders.get(name);
      if (named === undefined) orders.set(name, [mention]);
      else named.push(mention);
    }
  }
  return orders;
}

/** "No known allergies" in a note, against a reaction that the chart knows of by then. */
export function noAllergiesAgainstReaction(
  readings: readonly NoteReading[],
  allergies: readonly AllergyFact[],
): Conflict[] {
  const denials = readings.flatMap(({ noKnownAllergies, annotated }) =>
    noKnownAllergies.map((evidence) => ({
      evidence,
      date: annotated.note.date,
      text: evidence.quote,
      note: annotated.note.id,
    })),
  );
  const byConcept = groupMentions(
    readings.flatMap((reading) => reading.allergies),
    ({ concept }) => concept,
  );
  return listed(allergies).flatMap((allergy) => {
    const mentions = byConcept.get(allergy.concept)!;
    const denial = denials.filter(({ date }) => date >= mentions[0]!.noteDate || reactedBefore(mentions, date)).at(-1);
    if (denial === undefined) return [];
    const mention = mentions.find(({ reaction }) => reaction !== null) ?? mentions[0]!;
    const { text, date, evidence } = denial;
    const about = { concept: allergy.concept, words: allergy.substance };
    return [conflictOf('no-allergies-against-reaction', about, { text, date, evidence }, sideOf(mention))];
  });
}

function listed(allergies: readonly AllergyFact[]): readonly AllergyFact[] {
  return allergies.filter(({ interpreted, status }) => interpreted && status !== 'removed');
}

/** In one note an order before the allergy's mention may be what caused it. */
function isBefore(order: MedicationMention, allergy: AllergyMention): boolean {
  return order.note === allergy.note && order.entity.start < allergy.entity.start;
}

/** Given on purpose under watch, or stopped or taken off in the same note. */
function isChallenge(order: MedicationMention, reading: NoteReading): boolean {
  const { text } = reading.annotated.note;
  if (
    /challenge|desensiti[sz]|test dose|tolerat/i.test(
      text.slice(Math.max(0, order.entity.start - 80), order.entity.end + 80),
    )
  )
    return true;
  return reading.medications.some(
    ({ concept, action }) => concept === order.concept && (action === 'stop' || action === 'hold'),
  );
}

function reactedBefore(mentions: readonly AllergyMention[], date: string): boolean {
  return mentions.some(
    ({ when }) => when.anchor !== 'note-date' && when.end !== null && when.end < date.slice(0, when.end.length),
  );
}
