import detailRules from '../../rules/answering/1/details.json' with { type: 'json' };
import type { Unit } from '../evidence/chart-index.ts';
import { JUDGEMENT, LIKE_RELATIVE } from '../rules.ts';
import { judgedDraft } from './judgement.ts';
import { groupsAsked, onlyDenies, speaksOfRelatives } from './kinship.ts';
import { asksAge, namesRelative, relativesIn, tellsAge, tellsAgeAt } from './relatives.ts';
import { datesIn } from '../text/dates.ts';
import type { Subject } from '../question/types.ts';
import type { Draft, DraftContext } from './types.ts';

interface AskedDetail {
  readonly asks: RegExp;
  readonly holds: RegExp;
}

const DETAILS: readonly AskedDetail[] = detailRules.details.map(({ asks, holds }) => ({
  asks: new RegExp(asks, 'i'),
  holds: new RegExp(holds, 'i'),
}));
const RESULT = {
  asks: new RegExp(detailRules.result.asks, 'i'),
  open: new RegExp(detailRules.result.open, 'gi'),
  told: new RegExp(detailRules.result.told, 'i'),
};
const NAME_ASKED = /\b(?:which|what|name (?:of )?(?:the|that|his|her)?)\s*(?:\w+ ){0,2}$/i;

/** Classes whose members are devices and procedures as well. */
const NOT_OF_DRUGS = /ana?esthe|contracep|birth control|vaccin|fluid|dressing|therapy/i;

/** Spouses and friends, whom the lists of blood relatives leave out. */
const PARTNERS = /\b(?:wife|husband|spouse|partner|(?:girl|boy)friend|fianc[eé]e?)\b/gi;

/**
 * Whether the cited sentences hold the detail that a question names: an organism, a side, a number, a person, the
 * name of a drug of a class. Half of what a chart does not answer it still mentions ("swab sent", "antibiotics given"), and
 * a mention reads much like an answer. Looked at for quoted sentences alone: facts hold theirs by construction.
 */
export function holdsAskedDetail(draft: Draft, context: DraftContext, units: readonly Unit[]): boolean {
  if (!isOfWhomAsked(context, units) || isOutsideFamily(draft, context, units)) return false;
  if (!tellsAgeAsked(context, units)) return false;
  if (!draft.claims.every(({ text, computed }) => text.includes('"') && (computed ?? []).length === 0)) return true;
  const { corrected } = context.question;
  const missing = DETAILS.some(
    ({ asks, holds }) => asks.test(corrected) && !units.some(({ text }) => holds.test(text)),
  );
  if (missing) return false;
  if (RESULT.asks.test(corrected) && units.length > 0 && units.every((unit) => isWithoutResult(unit, context)))
    return false;
  if (!tellsOfRelative(context, units)) return false;
  const asked = context.question.subjects.find((subject) => isNameAsked(subject, corrected));
  return asked === undefined || units.some((unit) => namesDrug(unit, context));
}

/** Drafters that look for words anywhere: an illness of relatives is sought by the family's own. */
const ANYWHERE: ReadonlySet<string> = new Set(['best-sentence', 'affirmed', 'denied', 'treatment', 'reason']);
const HISTORY_ASKED =
  /\bf\/?hx?\b|\bfamily (?:history|hx)\b|\bin (?:the|his|her|their) family\b|\bfamily members?\b|\brelatives\b|\bruns? in\b/i;

/**
 * "FH of diabetes?" where no line on relatives tells of it: neither the patient's own nor another illness answers, unless the
 * pair ranker is sure of a line on relatives.
 */
function isOutsideFamily(draft: Draft, context: DraftContext, units: readonly Unit[]): boolean {
  const { question, hits } = context;
  if (!question.asked.has('family') || !ANYWHERE.has(draft.rule) || !HISTORY_ASKED.test(question.corrected))
    return false;
  if (groupsAsked(question.corrected).length === 0 && hits.every(({ subject: { kind } }) => kind !== 'condition'))
    return false;
  const told = units.some((unit) => speaksOfRelatives(unit) && !onlyDenies(unit));
  return !told || (judgedDraft(draft, context) ?? 0) < JUDGEMENT.sure;
}

/** "At what age did dad have his stroke?" is not answered by his brother's age in the same sentence. */
function tellsAgeAsked({ question, hits }: DraftContext, units: readonly Unit[]): boolean {
  const asked = relativesIn(question.corrected.replace(LIKE_RELATIVE, ' '));
  if (asked.length === 0 || !asksAge(question.corrected)) return true;
  return units.some((unit) => {
    const named = hits.flatMap(({ clinical, byUnit }) => (clinical ? (byUnit.get(unit.index) ?? []) : []));
    const places =
      named.length > 0
        ? named.map(({ first }) => unit.words[first]!.start)
        : unit.words.filter(({ text }) => namesRelative(text, asked)).map(({ start }) => start);
    return places.some((at) => tellsAgeAt(unit, at));
  });
}

/** "When did the wife stop smoking?" is not answered by when the patient did. */
function isOfWhomAsked({ question, index }: DraftContext, units: readonly Unit[]): boolean {
  const asked = personsIn(question.corrected.replace(LIKE_RELATIVE, ' '));
  const [first] = units;
  if (asked.length === 0 || first === undefined) return true;
  const before = index.units[first.index - 1];
  const lead = before?.noteIndex === first.noteIndex ? before.text : '';
  const told = personsIn(`${lead} ${first.text}`);
  return told.length === 0
    ? first.entities.some(({ flags }) => flags.includes('fam'))
    : asked.some((one) => told.includes(one));
}

function personsIn(text: string): string[] {
  return [...relativesIn(text), ...[...text.matchAll(PARTNERS)].map(([word]) => word.toLowerCase())];
}

/** "What caused his cousin's kidney failure?", "what year did dad get the kidney?": that a relative had it says neither. */
function tellsOfRelative({ question: { asked, corrected } }: DraftContext, units: readonly Unit[]): boolean {
  if (!asked.has('family')) return true;
  if (asked.has('why') && /\bcaus(?:e|ed)\b/i.test(corrected)) return units.some(({ text }) => CAUSE.test(text));
  const isDated = ({ text }: Unit): boolean => datesIn(text).length > 0 || tellsAge(text);
  return !/\b(?:what|which) (?:yr|year|date)\b/i.test(corrected) || units.some(isDated);
}
const CAUSE =
  /\b(?:from|due to|d\/t|2\/2|secondary|because|caus\w+|of|after|w(?:ith|\/)|complicat\w+|induced|related|alcohol\w*|etoh|diabet\w+|genetic|hereditary)\b/i;

/** "DIRA sent.": said of the very thing, whatever else the sentence tells. */
const SENT =
  /^\W{0,3}(?:(?:was|were|is|has been|to be|re)?\s*)?(?:sent|pending|await\w*|ordered|requested|to follow|not back)\b/i;

function isWithoutResult(unit: Unit, { hits }: DraftContext): boolean {
  const { text } = unit;
  const named = hits.flatMap(({ byUnit }) => byUnit.get(unit.index) ?? []);
  if (named.length > 0 && named.every(({ last }) => SENT.test(text.slice(unit.words[last]!.end)))) return true;
  const stripped = text.replace(RESULT.open, ' ');
  return stripped !== text && !RESULT.told.test(stripped);
}

/** "Which antibiotic", "name of the blood thinner": a class whose member is asked for. */
function isNameAsked({ kind, start, words }: Subject, text: string): boolean {
  return kind === 'class' && !NOT_OF_DRUGS.test(words) && NAME_ASKED.test(text.slice(0, start));
}

/** Whether a sentence names a drug and not only a class of them, or says that none was given ("no antibiotics"). */
function namesDrug(unit: Unit, { terminology }: DraftContext): boolean {
  return unit.entities.some(
    ({ label, flags, start, end }) =>
      label === 'Medication' &&
      (flags.includes('neg') ||
        terminology.medication(unit.text.slice(start - unit.start, end - unit.start))?.isClass !== true),
  );
}
