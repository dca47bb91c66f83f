import type { Unit } from '../evidence/chart-index.ts';
import type { SubjectHits } from '../evidence/rank-units.ts';
import type { Entity } from '../../domain/entity.ts';
import { RELATIVE_WORDS } from '../rules.ts';
import { focusOf, isRepeat } from './extract.ts';
import type { AskedIllness, FamilyLine } from './family-lines.ts';
import { illnessesAsked, linesFor } from './family-lines.ts';
import { onlyDenies } from './kinship.ts';
import { asksAge, namesRelative, relativesIn, tellsAge, tellsAgeAt } from './relatives.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { inline, QUOTE_WORDS, quoteUnit, sourceOf, wordCount } from './wording.ts';
import { WORDS } from './limits.ts';

const MOST = 2;
const MOST_ILLNESSES = 3;

/** Words of an answer before its quotes are cut shorter, and of a quote then. */
const SHORT = 20;

/** What the notes say of relatives: with the condition that is asked about, or the whole family history. */
export function draftFamily(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('family') || question.asked.has('conflict')) return null;
  // A word that names nothing clinical and stands nowhere ("what did her dad die of?") asks for the relative's own line.
  const named = context.hits.filter(
    ({ subject, clinical, matches }) => !RELATIVE_WORDS.has(subject.key) && (clinical || matches.length > 0),
  );
  const illnesses = illnessesAsked(named, context);
  if (illnesses.length === 0) return familyHistory(context);
  return ofIllnesses(illnesses, named, context) ?? (asksAge(question.corrected) ? null : withoutKnowledge(context));
}

/** The lines of relatives for each illness that is asked about, those of the relatives who are asked about first. */
function ofIllnesses(
  illnesses: readonly AskedIllness[],
  named: readonly SubjectHits[],
  context: DraftContext,
): Draft | null {
  const { question } = context;
  const found = illnesses.map((illness) => linesFor(illness, context)).filter((lines) => lines.length > 0);
  const chosen = chooseLines(found, named, context);
  if (chosen.length === 0) return null;
  const asked = relativesIn(question.corrected);
  const theirs = chosen.some((line) => line.theirs);
  const denied = chosen.every((line) => line.denied);
  const told = chosen.some((line) => line.unit.entities.some((entity) => isToldOfFamily(entity, line)));
  const answer = denied ? 'No. ' : told && found.length === illnesses.length ? 'Yes. ' : '';
  const lead = !theirs ? `Not stated of the ${asked.join(' or ')}. ` : question.yesNo ? answer : '';
  const [first, ...rest] = quotesOf(chosen, context);
  return {
    claims: [{ ...first!, text: `${lead}${first!.text}` }, ...rest],
    finding: denied || !theirs ? 'denied' : 'affirmed',
    rule: 'family',
    confidence: 0.8,
  };
}

function isToldOfFamily({ start, end, flags }: Entity, { at }: FamilyLine): boolean {
  return flags.includes('fam') && at.some((range) => start < range.end && range.start < end);
}

/** Of several illnesses the best line of each; of one the best line, and one more that says something else: first what the best leaves out. */
function chooseLines(
  found: readonly (readonly FamilyLine[])[],
  named: readonly SubjectHits[],
  context: DraftContext,
): FamilyLine[] {
  const [best] = found[0] ?? [];
  if (best === undefined) return [];
  const lines: FamilyLine[] = [];
  for (const [line] of found) if (!lines.some(({ unit }) => isRepeat(unit, line!.unit))) lines.push(line!);
  if (lines.length > 1) return lines.slice(0, MOST_ILLNESSES);
  const quote = ({ unit, at }: FamilyLine): string => inline(quoteUnit(unit, [...focusOf(unit, context), ...at]).text);
  const fresh = found
    .flat()
    .filter(
      (other) =>
        other !== best &&
        !quote(best).includes(quote(other).slice(0, 24)) &&
        !quote(other).includes(quote(best).slice(0, 24)),
    );
  const left = named.filter(({ byUnit }) => !byUnit.has(best.unit.index));
  const second =
    fresh.find(({ unit }) => left.some(({ byUnit }) => byUnit.has(unit.index))) ??
    fresh.find(({ score, denied }) => score >= best.score - 0.3 && denied === best.denied);
  return second === undefined ? [best] : [best, second];
}

function quotesOf(lines: readonly FamilyLine[], context: DraftContext): DraftClaim[] {
  const quotes = (limit: number): DraftClaim[] =>
    lines.map(({ unit, at }) => {
      const focus = limit === QUOTE_WORDS ? [...focusOf(unit, context), ...at] : at;
      const quoted = quoteUnit(unit, focus, limit);
      const text = `${sourceOf(unit)}: "${quoted.text}"`;
      return { text, citations: [quoted.citation], polarity: 'quoted', family: true };
    });
  const whole = quotes(QUOTE_WORDS);
  return whole.reduce((sum, { text }) => sum + wordCount(text), 0) > WORDS ? quotes(SHORT) : whole;
}

/** Whether a unit speaks of a relative: by a flag of the model, a relative's name or its section. */
export function isOfFamily(unit: Unit, _context: DraftContext): boolean {
  return (
    unit.entities.some(({ flags }) => flags.includes('fam')) ||
    unit.words.some(({ stem }) => RELATIVE_WORDS.has(stem)) ||
    /family/.test(`${unit.section} ${unit.title}`)
  );
}

const KNOWS_NONE =
  /\b(?:adopted|non-?contributory|not contributory|unremarkable|unknown|not known|no knowledge|unavailable|unobtainable|negative(?! for)|nil(?: of)? (?:note|significant|relevant|known)|(?:no|nil) (?:known |significant |relevant |pertinent |notable )?(?:family (?:history|hx)|fhx?|fh)(?=\s*(?:[.;,]|$|of (?:note|significance|any)\b|(?:known|available|noted|reported|recorded|documented)\b)))/i;
const OF_FAMILY = /\b(?:family|fhx?|adopted)\b/i;

/** "Adopted, no knowledge of family history", "family history: noncontributory": answers whatever illness is asked about. */
function withoutKnowledge(context: DraftContext): Draft | null {
  const says = (unit: Unit): boolean =>
    KNOWS_NONE.test(unit.text) &&
    (/family/.test(`${unit.section} ${unit.title}`) || OF_FAMILY.test(unit.text)) &&
    unit.words.length < 30;
  const unit = context.index.units.findLast(says);
  return unit === undefined ? null : { ...linesDraft([unit], []), confidence: 0.6 };
}

function familyHistory(context: DraftContext): Draft | null {
  const asked = relativesIn(context.question.corrected);
  const isLine = (unit: Unit): boolean =>
    unit.entities.some(({ flags }) => flags.includes('fam')) ||
    (/family/.test(`${unit.section} ${unit.title}`) && unit.entities.every(({ label }) => label !== 'Habit'));
  const lines = context.index.units.filter((unit) => unit.words.length > 1 && isLine(unit));
  const theirs = asked.length === 0 ? lines : lines.filter((unit) => namesRelative(unit.text, asked));
  const units = asksAge(context.question.corrected) ? theirs.filter((unit) => isAgeOf(unit, asked)) : theirs;
  const chosen: Unit[] = [];
  // What relatives have comes before what they have not; of either the latest first.
  const order = units.toReversed().toSorted((a, b) => Number(onlyDenies(a)) - Number(onlyDenies(b)));
  for (const unit of order.slice(0, 8)) {
    const start = inline(unit.text).slice(0, 20);
    if (chosen.length < MOST && !chosen.some((other) => inline(other.text).includes(start))) chosen.push(unit);
  }
  if (chosen.length === 0) return asked.length === 0 ? withoutKnowledge(context) : null;
  return linesDraft(chosen, asked);
}

/** "How old was her father when he died?": an age beside that relative. */
function isAgeOf(unit: Unit, asked: readonly string[]): boolean {
  if (asked.length === 0) return tellsAge(unit.text);
  return unit.words.some(({ text, start }) => namesRelative(text, asked) && tellsAgeAt(unit, start));
}

/** Whole lines of a family history, the words about the relatives asked about kept where a line is long. */
function linesDraft(units: readonly Unit[], asked: readonly string[]): Draft {
  const claims = units.map((unit): DraftClaim => {
    const words = unit.words.filter(({ text }) => asked.length > 0 && namesRelative(text, asked));
    const focus = words.slice(0, 1).map(({ start, end }) => ({ start: unit.start + start, end: unit.start + end }));
    const flagged = unit.entities.filter(({ flags }) => flags.includes('fam'));
    const quoted = quoteUnit(unit, focus.length > 0 ? focus : flagged, 26);
    return {
      text: `${sourceOf(unit)}: "${quoted.text}"`,
      citations: [quoted.citation],
      polarity: 'quoted',
      family: true,
    };
  });
  return { claims, finding: 'affirmed', rule: 'family-history', confidence: 0.7 };
}
