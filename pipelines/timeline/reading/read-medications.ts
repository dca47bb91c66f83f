import type { Entity } from '#pipelines/domain/entity.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import type { Steps } from '#pipelines/domain/steps.ts';
import { stepsOf } from '#pipelines/domain/steps.ts';
import { WORDS, alternatives, anyOf } from '../words.ts';
import { wholeDrugs } from './combinations.ts';
import { ground } from './concepts.ts';
import { actionOf, isOrder } from './medication-action.ts';
import { placeOf } from './medication-place.ts';
import { reasonOf } from './medication-reason.ts';
import type { ReadingContext } from './mention.ts';
import { mentionOf } from './mention.ts';
import { reactionsOf } from './reactions.ts';
import { CONCENTRATION, regimenOf } from './regimen.ts';
import type { MedicationMention, MedicationPlace } from './reading.ts';
import { statedEnd } from './stated-end.ts';

const ONCE = anyOf(WORDS.medication.onceGiven);
const ONCE_FREQUENCY = new RegExp(`^(?:${anyOf(WORDS.medication.onceFrequencies).source})$`, 'iu');
const NEVER_TAKEN = anyOf(WORDS.medication.neverTaken);
/** Of a drug that the sentence before named. "He never had a stent" is of no drug. */
const IT_NEVER =
  /\bnever (?:been on|on|took|taken|used|started|had|received|got) (?:it|this|that|them|any|a (?:single )?(?:dose|tablet|pill))\b|\b(?:never|did not|didn't) (?:filled|fill|picked|pick|collected|collect)\b/i;
const CONSIDERED = anyOf(WORDS.medication.considered);
/** Words that the extractor takes for a drug and that name none. */
const NOT_DRUG = new RegExp(`^(?:${alternatives(WORDS.medication.notDrugs)})$`, 'iu');

/** Reads every medication mention of a note with its regimen, what is done with it, and why. */
export function readMedications(context: ReadingContext): Steps<MedicationMention[]> {
  const drugs = context.view.entities.filter(
    (entity) =>
      entity.label === 'Medication' &&
      !entity.flags.includes('fam') &&
      !NOT_DRUG.test(context.view.words(entity)) &&
      !isTest(context, entity),
  );
  return stepsOf(wholeDrugs(context.view, drugs), (entity) => [readMedication(context, entity)]);
}

const BARE_NUMBER =
  /^[ \t]*[:=]?[ \t]*[<>]?\d[\d.,]*(?![\d.,]*[ \t]?(?:mg|mcg|g|ml|units?|iu|puffs?|tabs?|x)\b)(?:[ \t]|[,;.)]|$)/i;

/** "Clozapine 0.41 mg/L": how much of it is in the blood. */
const LEVEL = new RegExp(
  `^[ \\t]*(?:(?:trough|plasma|serum)[ \\t]+)?(?:level|trough|conc\\w*)?[ \\t]*(?:was|is|of|[:=])?[ \\t]*[<>]?(?=[\\d.,]+\\s?\\p{L})[\\d.,]*?${CONCENTRATION.source}`,
  'iu',
);

/** "CEA 46.2 preop", taken for a drug: a test by the lists, and by none a drug, with a bare number behind it. */
function isTest({ view, terminology }: ReadingContext, entity: Entity): boolean {
  const words = view.words(entity);
  if (LEVEL.test(view.text.slice(entity.end, entity.end + 40)) && entity.action !== 'allergy') return true;
  if (terminology.medication(words) !== null || terminology.test(words) === null || entity.action === 'allergy')
    return false;
  return BARE_NUMBER.test(view.text.slice(entity.end, view.lineAt(entity.start).end));
}

function readMedication(context: ReadingContext, entity: Entity): MedicationMention {
  const { view, terminology } = context;
  const regimen = regimenOf(view, entity);
  const place = placeOf(view, entity);
  const clause = clauseAround(context, entity);
  const action = actionOf(view, entity, place);
  const { ingredients, classes, isClass } = ground(terminology, 'Medication', view.words(entity));
  const reason = reasonOf(view, entity, action);
  const indications = view.targets(entity.id, 'for');
  const before = view.text.slice(clause.start, entity.start);
  const after = view.text.slice(entity.end, clause.end);
  return {
    ...mentionOf(context, entity, undefined, [...regimen.evidence, ...(reason === null ? [] : [reason.citation])]),
    action,
    place,
    dose: regimen.dose,
    route: regimen.route,
    frequency: regimen.frequency,
    duration: regimen.duration,
    endsOn: statedEnd(after, context.time),
    reason: reason?.words ?? null,
    reasonEvidence: reason?.citation ?? null,
    indication: indications.length === 0 ? null : indications.map((target) => view.words(target)).join(', '),
    once: isOnce(regimen.frequency, regimen.duration, before, after),
    ordered: isOrdered(context, entity, action, place, regimen.dose),
    neverTaken:
      NEVER_TAKEN.test(after) || NEVER_TAKEN.test(before.slice(-30)) || IT_NEVER.test(nextOfIt(context, entity)),
    considered:
      CONSIDERED.test(before.slice(-60)) ||
      /^\W*(?:was |were )?(?:declined|refused|not given|deferred|discussed|offered)/i.test(after),
    ingredients,
    classes,
    isClass,
    reactions: reactionsOf(view, entity),
  };
}

/** "… list has gabapentin. She never filled it.": the sentence behind, where it goes on about the only drug of this one. */
function nextOfIt({ view }: ReadingContext, entity: Entity): string {
  const { start, end } = view.sentenceAt(entity.start);
  if (view.within({ start, end }).some(({ label, id }) => label === 'Medication' && id !== entity.id)) return '';
  const next = view.text.slice(end, end + 80);
  return /^[\s.]*(?:he|she|they|pt|patient|the patient)[ \t][^.;\n]*/i.exec(next)?.[0] ?? '';
}

/** The stretch of the sentence that belongs to this medication and to no other. */
export function clauseAround({ view }: ReadingContext, entity: Entity): TextRange {
  const sentence = view.sentenceAt(entity.start);
  const line = view.lineAt(entity.start);
  const start = Math.max(sentence.start, line.start);
  const end = Math.min(sentence.end, line.end);
  const others = view.within({ start, end }).filter(({ label, id }) => label === 'Medication' && id !== entity.id);
  const left = others.filter((other) => other.end <= entity.start).at(-1)?.end ?? start;
  const right = others.find((other) => other.start >= entity.end)?.start ?? end;
  return { start: Math.min(left, entity.start), end: Math.max(right, entity.end) };
}

/** An order; a new dose at the head of a line of the plan is one too ("-> glargine 28 units"). */
function isOrdered(
  { view }: ReadingContext,
  entity: Entity,
  action: MedicationMention['action'],
  place: MedicationPlace,
  dose: string | null,
): boolean {
  if (action === 'start' || action === 'resume') return isOrder(view, entity);
  if ((action !== 'increase' && action !== 'decrease') || place !== 'plan' || dose === null) return false;
  return /^\s*(?:[-*•>#→]|\d+[.)]|->)*\s*$/.test(view.text.slice(view.lineAt(entity.start).start, entity.start));
}

function isOnce(frequency: string | null, duration: string | null, before: string, after: string): boolean {
  if (frequency !== null) return ONCE_FREQUENCY.test(frequency.trim());
  return (
    duration === null &&
    (ONCE.test(after.slice(0, 40)) || /\b(?:given|received|got|gave|administered)\b[^.;]{0,40}$/i.test(before))
  );
}
