import type { Entity } from '../../domain/entity.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit, SubjectHits } from '../evidence/rank-units.ts';
import { isContent } from '../rules.ts';
import { denialAround } from './denial.ts';
import { relativesIn } from './relatives.ts';
import type { DraftContext } from './types.ts';
import { inline, textOfEntity } from './wording.ts';

const ASSERTED: ReadonlySet<string> = new Set(['Condition', 'Finding', 'Procedure', 'Medication', 'Test', 'Habit']);
const LEAST_COVERAGE = 0.45;
const MOST = 40;

/** One place where the thing that is asked about is said to be there or not. */
export interface Mention {
  readonly ranked: RankedUnit;
  /** What the place calls it. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly label: string | null;
  readonly polarity: 'present' | 'denied';
  /** 1 for the subject's own names, less for related words. */
  readonly weight: number;
}

/**
 * Every place of a chart that says whether the things asked about are there.
 *
 * @param hits - What has to be named: words that stand nowhere and name nothing clinical are left out by the caller.
 */
export function mentionsOf(context: DraftContext, hits: readonly SubjectHits[]): Mention[] {
  const all = context.ranked
    .filter(({ unit }) => shareOf(unit, context, hits) >= LEAST_COVERAGE && !isOfRelatives(unit, context))
    .slice(0, MOST)
    .flatMap((ranked) => hits.flatMap((hit) => mentionsIn(ranked, hit, context)));
  // "Did the EGD show an ulcer?": what the study found decides, not that the study was done.
  const found = all.filter(({ label }) => label !== 'Test' && label !== 'Procedure' && label !== 'Medication');
  const kept = found.length > 0 && hits.length > 1 ? found : all.filter((mention) => saysWhether(mention, context));
  // "Does he smoke?": only what is read as a habit; "packed red cells" only shares letters with packs.
  if (!context.question.asked.has('habit')) return kept;
  const habits = kept.filter(({ label }) => label === 'Habit');
  return habits.length > 0 ? habits : kept.filter(({ label }) => label !== 'Procedure' && label !== 'Medication');
}

/** Share of what is asked, by weight, that a unit or the unit before it names. */
export function shareOf(unit: Unit, context: DraftContext, hits: readonly SubjectHits[]): number {
  const before = context.index.units[unit.index - 1];
  const nearby = before?.noteIndex === unit.noteIndex ? before.index : -1;
  let [total, found] = [0, 0];
  for (const { byUnit, weight } of hits) {
    total += weight;
    found += weight * (byUnit.get(unit.index)?.weight ?? 0.5 * (byUnit.get(nearby)?.weight ?? 0));
  }
  return total === 0 ? 0 : found / total;
}

/** "FH: mother ESRD on dialysis": a line of relatives says nothing of the patient, whatever its words are marked as. */
function isOfRelatives({ section, text }: Unit, { question }: DraftContext): boolean {
  if (question.asked.has('family')) return false;
  const relatives = relativesIn(text).length > 0;
  const ofPatient = /\b(?:he|she|his|her|pt|patient)\b/i.test(text);
  if (/^\W*(?:fh|fhx|fam|family)\b/i.test(text)) return true;
  return /family/.test(section) ? relatives || !ofPatient : relatives && !ofPatient;
}

const OUTCOME =
  /\b(?:show\w*|gr[eo]w\w*|reveal\w*|c[oa]me back|find|found|positive|results?|confirm\w*|complete\w*|finish\w*|improve\w*)\b/i;

/**
 * Whether a place can say yes or no: "did the cultures grow anything?" is not answered by "cultures sent", a reaction to a
 * drug not by the drug's name.
 */
function saysWhether({ ranked: { unit }, label, polarity }: Mention, { question }: DraftContext): boolean {
  // "Suspected, blood cultures sent" has no result, whatever else the line names.
  if (needsResult(label, question) && AWAITED.test(unit.text) && !unit.entities.some((e) => e.label === 'Value'))
    return polarity === 'denied';
  const needsFinding = label === 'Medication' ? question.asked.has('adverse') : needsResult(label, question);
  return (
    !needsFinding ||
    polarity === 'denied' ||
    unit.entities.some((entity) => ['Value', 'Condition', 'Finding'].includes(entity.label))
  );
}

const AWAITED = /\b(?:sent|pending|taken|obtained|collected|await\w*|ordered|drawn|submitted)\b/i;

function needsResult(label: Mention['label'], { corrected }: DraftContext['question']): boolean {
  return (label === 'Test' || label === 'Procedure') && OUTCOME.test(corrected);
}

function mentionsIn(ranked: RankedUnit, hit: SubjectHits, context: DraftContext): Mention[] {
  const { unit } = ranked;
  const match = hit.byUnit.get(unit.index);
  if (match === undefined) return [];
  const [start, end] = [unit.start + unit.words[match.first]!.start, unit.start + unit.words[match.last]!.end];
  const inside = unit.entities.filter((entity) => entity.start < end && start < entity.end);
  const entities = inside.filter(({ label }) => ASSERTED.has(label));
  const { weight } = match;
  if (entities.length === 0) {
    const text = unit.note.note.text;
    const named = isContent(unit.words[match.first]!.text);
    const denied = denialAround(text, { start, end }, unit) === 'denied';
    if (!named || !denied || inside.some(({ flags }) => flags.includes('fam'))) return [];
    return [{ ranked, name: inline(text.slice(start, end)), start, end, label: null, polarity: 'denied', weight }];
  }
  return entities
    .filter(({ flags }) => !flags.includes('fam') && !flags.includes('hyp') && !flags.includes('unc'))
    .flatMap((entity): Mention[] => {
      const polarity = polarityOf(entity, end, unit, context);
      if (polarity === null) return [];
      const name = textOfEntity(unit, entity);
      return [{ ranked, name, start: entity.start, end: entity.end, label: entity.label, polarity, weight }];
    });
}

const NEVER = /^(?:never|no|non|not|denies|doesn't|does not|abstinent|teetotal)\b/i;
const DONE = /\b(?:done|had|have|undergo\w*|under(?:gone|went)|need\w*|require\w*|get|given|performed|sent|checked)\b/i;

function polarityOf(entity: Entity, matchEnd: number, unit: Unit, context: DraftContext): Mention['polarity'] | null {
  if (entity.label === 'Habit' && NEVER.test(textOfEntity(unit, entity))) return 'denied';
  if (entity.flags.includes('neg')) return isDenialOf(entity, matchEnd, unit) ? 'denied' : null;
  const around = denialAround(unit.note.note.text, entity, unit);
  // "MRI negative" denies a finding, not that the MRI was done.
  const isStudy = entity.label === 'Test' || entity.label === 'Procedure';
  if (isStudy && around === 'denied')
    return OUTCOME.test(context.question.corrected) && !DONE.test(context.question.corrected) ? 'denied' : 'present';
  if ((isStudy || entity.label === 'Medication') && around === 'not-done') return 'denied';
  // The words deny what the model reads as there: neither is asserted, the sentence may still be quoted.
  return !isStudy && around !== null ? null : 'present';
}

/** What may follow the head of a denied phrase: "no [chest pain] on exertion", but "no [ICD] discharges" denies discharges. */
const AFTER_HEAD =
  /^(?:\W*$|\W*(?:on|of|in|with|at|to|for|from|during|after|or|and|since|hx|history|symptoms?|sx)\b|\W*[(,;])/i;
/** Words that deny taking a drug; "does not affect apixaban" does not. */
const NOT_TAKEN =
  /\b(?:no|not (?:on|taking)|never (?:on|taken|took|had|used)?|denies|without|off|isn't on|nor)\W+(?:\w+\W+){0,2}$/i;

/** Whether a negated phrase denies the very thing that was matched, and not something that it only qualifies. */
function isDenialOf(entity: Entity, matchEnd: number, unit: Unit): boolean {
  const text = unit.note.note.text;
  if (entity.label === 'Medication') return NOT_TAKEN.test(text.slice(unit.start, entity.start));
  if (!AFTER_HEAD.test(text.slice(matchEnd, Math.max(matchEnd, entity.end)))) return false;
  return !/^\s+(?:discharges?|shocks?|therap(?:y|ies)|firings?|malfunction\w*|complications?|recurrences?|progression)\b/i.test(
    text.slice(entity.end, Math.min(unit.end, entity.end + 24)),
  );
}
