import type { Unit } from '../../evidence/chart-index.ts';
import type { SubjectHits } from '../../evidence/rank-units.ts';
import { isOf } from '../allergy.ts';
import { medicationsFor } from '../medications.ts';
import type { DraftContext } from '../types.ts';
import { resultsFor } from '../results.ts';
import { valueMissing } from './beside.ts';
import { DETAILS, GENERIC_FORMS, VITALS } from './section-rules.ts';

const CHANGE = /\b(chang\w*|gain\w*|los[st]\w*|loss)\b/i;
const ASKS_OTHERWISE = ['why', 'when', 'trend', 'conflict', 'family', 'summary', 'plan'] as const;

/**
 * Whether a question asks for one detail of a thing (a drug's dose, the reaction to it, the reason for it, a study's result,
 * an operative time) that no sentence on that thing gives. Such sentences are mentions and never the answer.
 *
 * @param sure - The pair ranker is sure of a sentence; then only a dose, a reaction or a study's result still has to be written.
 */
export function lacksDetail(context: DraftContext, sure: boolean): boolean {
  if ([lacksResult, lacksDose, lacksReaction].some((lacks) => lacks(context))) return true;
  const guards = [valueMissing, lacksReason, lacksReading, onlyGenericWords];
  return !sure && guards.some((lacks) => lacks(context));
}

/** A yes-or-no question whose only subject is met by words such as "week" alone. */
function onlyGenericWords({ question, hits }: DraftContext): boolean {
  return (
    question.yesNo &&
    hits.length === 1 &&
    hits[0]!.matches.length > 0 &&
    hits[0]!.matches.every(
      ({ unit, first, last, weight }) =>
        weight < 0.95 && unit.words.slice(first, last + 1).every(({ stem }) => GENERIC_FORMS.has(stem)),
    )
  );
}

/** "Temp?" where the notes say "low-grade fever" or "not checked": only a number answers. */
function lacksReading(context: DraftContext): boolean {
  const { question, hits } = context;
  const reading = hits.length === 1 ? hits[0]! : null;
  if (
    reading === null ||
    reading.matches.length === 0 ||
    reading.subject.kind !== 'test' ||
    !VITALS.test(reading.subject.key)
  )
    return false;
  if (question.yesNo || CHANGE.test(question.corrected) || ASKS_OTHERWISE.some((kind) => question.asked.has(kind)))
    return false;
  if (resultsFor(context, reading.subject).length > 0) return false;
  return around(reading, context).every(({ text }) => !/\d/.test(text));
}

/** "Why is he on …?" where every sentence that names the drug only lists it among others. */
function lacksReason(context: DraftContext): boolean {
  const { question, index } = context;
  const drug = onlyDrug(context);
  if (drug === null || drug.matches.length === 0 || !question.asked.has('why') || question.verb !== null) return false;
  return drug.matches.every(({ unit, first }) => {
    const listed = unit.entities.filter(({ label }) => label === 'Medication').length > 1;
    const entity = entityAt(unit, unit.words[first]!.start);
    const linked =
      entity !== undefined && index.relationsOf(unit.noteIndex, entity.id).some(({ type }) => type === 'for');
    return listed && !linked && !DETAILS.reason.test(unit.text);
  });
}

/** Units that name the subject in its own words, with the unit right behind each in the same note. */
function around({ matches }: SubjectHits, { index }: DraftContext): Unit[] {
  return matches.flatMap(({ unit }) => {
    const next = index.units[unit.index + 1];
    return next?.noteIndex === unit.noteIndex ? [unit, next] : [unit];
  });
}

function onlyDrug({ question, hits }: DraftContext): SubjectHits | null {
  const drugs = hits.filter(({ subject }) => subject.kind === 'medication' || subject.kind === 'class');
  return drugs.length === 1 && hits.length === 1 && question.context.length === 0 ? drugs[0]! : null;
}

function lacksDose(context: DraftContext): boolean {
  const { question, hits } = context;
  if (!question.asked.has('dose') || question.context.length > 0) return false;
  const drugs = hits.filter(({ subject }) => subject.kind === 'medication');
  const drug = onlyDrug(context) ?? (drugs.length === 1 ? drugs[0]! : null);
  if (drug === null || drug.matches.length === 0) return false;
  if (medicationsFor(context, drug.subject).some((fact) => fact.steps.some(({ dose }) => dose !== null))) return false;
  return drug.matches.every((match) => !DETAILS.dose.test(clauseOf(match)));
}

/** The words around a drug up to the next drug or clause on either side, years left out. */
function clauseOf({ unit, first, last }: SubjectHits['matches'][number]): string {
  const [from, to] = [unit.words[first]!.start, unit.words[last]!.end];
  const others = unit.entities.filter(
    ({ label, start, end }) => label === 'Medication' && (end <= unit.start + from || start >= unit.start + to),
  );
  const left = Math.max(0, ...others.filter(({ end }) => end <= unit.start + from).map(({ end }) => end - unit.start));
  const right = Math.min(
    unit.text.length,
    ...others.filter(({ start }) => start >= unit.start + to).map(({ start }) => start - unit.start),
  );
  const before = unit.text.slice(left, from);
  const clause = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf('. ')) + 1);
  return `${clause}${unit.text.slice(from, right)}`.replace(/\b(?:19|20)\d\d\b/g, ' ');
}

function lacksReaction(context: DraftContext): boolean {
  const drug = onlyDrug(context);
  const { corrected } = context.question;
  if (drug === null || drug.matches.length === 0) return false;
  if (
    !/\b(reactions?|react(ed|s)?|happen(s|ed)? (when|with|if|on))\b/i.test(corrected) ||
    !/\bwhat|which|how|reaction\W*$|reaction (to|with)\b/i.test(corrected)
  )
    return false;
  if (context.chart.allergies.some((fact) => isOf(drug.subject, fact) && fact.reaction !== null)) return false;
  if (drug.matches.some(tellsFinding)) return false;
  return around(drug, context).every(({ text }) => !DETAILS.reaction.test(text));
}

/** "Clonidine tried: HR 41, stopped": a finding of the only drug of its sentence, or right behind the drug in a list. */
function tellsFinding({ unit, first, last }: SubjectHits['matches'][number]): boolean {
  const [from, to] = [unit.start + unit.words[first]!.start, unit.start + unit.words[last]!.end];
  const others = unit.entities.filter(
    ({ label, start, end }) => label === 'Medication' && (end <= from || start >= to),
  );
  const next = Math.min(unit.end, ...others.filter(({ start }) => start >= to).map(({ start }) => start));
  return unit.entities.some(
    ({ label, flags, start }) =>
      (label === 'Condition' || label === 'Finding' || (label === 'Value' && others.length === 0)) &&
      !flags.includes('neg') &&
      !flags.includes('hyp') &&
      (others.length === 0 || (start >= to && start < next)),
  );
}

/** "What did the MRI show?" where the scan is only ordered, awaited, reviewed or said to have been done. */
function lacksResult(context: DraftContext): boolean {
  const { question, hits } = context;
  const study = hits.filter(({ matches }) => matches.length > 0).find(({ matches }) => matches.some(isStudy));
  if (study === undefined || question.yesNo) return false;
  if (!/\b(what did .{1,50} show|results?|findings?|report)\b/i.test(question.corrected)) return false;
  return study.matches.filter(isStudy).every((match) => {
    const at = match.unit.words[match.first]!.start;
    const before = match.unit.text.slice(Math.max(0, at - 60), at);
    const entity = entityAt(match.unit, at);
    if (entity?.flags.includes('hyp') === true) return true;
    if (DETAILS.noResult.test(before)) return true;
    return !DETAILS.result.test(
      around(study, context)
        .map(({ text }) => text)
        .join(' '),
    );
  });
}

function isStudy({ unit, first }: SubjectHits['matches'][number]): boolean {
  const entity = entityAt(unit, unit.words[first]!.start);
  return entity?.label === 'Test';
}

function entityAt(unit: Unit, at: number): Unit['entities'][number] | undefined {
  return unit.entities.find(({ start, end }) => start <= unit.start + at && unit.start + at < end);
}
