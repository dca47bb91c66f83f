import type { Entity } from '../../domain/entity.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { stemsOf } from '../text/words.ts';
import { focusOf } from './extract.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { inline, quoteUnit, sourceOf, wordCount } from './wording.ts';

const SIDES = 3;

/** Two notes that disagree: each side quoted with its note and date; the person decides which holds. */
export function draftConflict(context: DraftContext): Draft | null {
  const { question } = context;
  const measured = (['count', 'dose', 'duration', 'when', 'why', 'frequency'] as const).some((kind) =>
    question.asked.has(kind),
  );
  const habit = question.asked.has('habit') && !measured;
  const either =
    asksEither(question.corrected) &&
    (/\bleft or right|right or left\b/i.test(question.corrected) || bothStand(context));
  if (!question.asked.has('conflict') && !either && !habit) return null;
  const sides = fromBoard(context) ?? distinctUnits(context);
  if (sides.length < 2) return null;
  if (!question.asked.has('conflict') && !differ(sides, context)) return null;
  return { claims: sides, finding: 'conflicting', rule: 'conflict', confidence: 0.65 };
}

/** `left or right?`, `warfarin or apixaban`, `ex or current`. */
export function asksEither(text: string): boolean {
  return (
    /\b(\w+) or (\w+)\b/i.test(text) &&
    /^(was|is|were|are|did|which|what|left|right)\b|[?:] ?\w+ or \w+|, (\w+ )?\w+ or \w+\?|\bor (a |an )?\w+\?/i.test(
      text,
    )
  );
}

/** Whether two of the things that the question sets against each other stand in the chart. */
function bothStand({ hits }: DraftContext): boolean {
  return hits.filter(({ matches, clinical }) => clinical && matches.length > 0).length >= 2;
}

function fromBoard({ chart, question, hits, index }: DraftContext): DraftClaim[] | null {
  const wanted = new Set(
    question.subjects.flatMap(({ key, forms }) => [
      key,
      ...forms.filter(({ weight }) => weight === 1).map(({ stems }) => stems.join(' ')),
    ]),
  );
  const conflict = chart.conflicts.find(
    ({ concept, display, kind }) =>
      wanted.has(concept) ||
      wanted.has(stemsOf(display).join(' ')) ||
      (kind === 'smoking' && hits.some(({ subject }) => subject.key.startsWith('smok'))),
  );
  if (conflict === undefined || conflict.kind === 'two-doses') return null;
  const claims: DraftClaim[] = [];
  for (const { evidence } of conflict.sides.slice(0, SIDES)) {
    const unit = index.unitOf(index.noteIndexOf.get(evidence.noteId) ?? 0, evidence.start);
    if (unit === null) continue;
    claims.push(sideClaim(unit, quoteUnit(unit, [evidence], 16), claims.length));
  }
  return claims.length >= 2 ? claims : null;
}

function sideClaim(unit: Unit, { text, citation }: ReturnType<typeof quoteUnit>, position: number): DraftClaim {
  const lead = position === 0 ? 'The notes disagree. ' : '';
  return { text: inline(`${lead}${sourceOf(unit)}: "${text}"`), citations: [citation], polarity: 'quoted' };
}

/** The best sentence of each note, as long as it says something that the others do not. */
function distinctUnits(context: DraftContext): DraftClaim[] {
  const chosen: RankedUnit[] = [];
  const best = context.ranked[0]?.score ?? 0;
  const habits =
    context.question.asked.has('habit') && context.ranked.filter(({ unit }) => unit.entities.some(isHabit)).length > 0;
  const fitsHabit = (unit: Unit): boolean =>
    !context.question.asked.has('habit') || ((!habits || unit.entities.some(isHabit)) && !OTHERS_HABIT.test(unit.text));
  for (const ranked of context.ranked) {
    if (ranked.score < 0.6 * best || chosen.length >= SIDES) break;
    if (!context.hits.some(({ byUnit }) => byUnit.has(ranked.unit.index)) || !fitsHabit(ranked.unit)) continue;
    const fresh = chosen.every((other) => novelty(other.unit, ranked.unit, context) > 0.25);
    if (
      fresh &&
      !chosen.some((other) => other.unit.noteIndex === ranked.unit.noteIndex && other.unit.index === ranked.unit.index)
    )
      chosen.push(ranked);
  }
  const claims: DraftClaim[] = [];
  let words = 0;
  for (const { unit } of chosen) {
    const claim = sideClaim(unit, quoteUnit(unit, focusOf(unit, context), 15), claims.length);
    words += wordCount(claim.text);
    if (words > 60) break;
    claims.push(claim);
  }
  return claims;
}

/** "Wife still smokes outdoors": the habit of somebody else. */
const OTHERS_HABIT =
  /\b(?:wife|husband|partner|spouse|son|daughter|mother|father|brother|sister|parents?|room-?mate|housemate|household|boyfriend|girlfriend|co-?workers?|others?)\b[^.;,]{0,24}\b(?:smok|vap|drink|drank|us(?:es|ed|ing)\b)/i;

function isHabit({ label, flags }: Entity): boolean {
  return label === 'Habit' && !flags.includes('fam');
}

/** Share of what one sentence says near the subject that another does not. */
function novelty(known: Unit, fresh: Unit, context: DraftContext): number {
  const near = (unit: Unit): Set<string> => {
    const ranges = focusOf(unit, context);
    const center = ranges.length === 0 ? 0 : unit.words.findIndex(({ end }) => unit.start + end > ranges[0]!.start);
    return new Set(unit.words.slice(Math.max(0, center - 8), center + 9).map(({ stem }) => stem));
  };
  const [a, b] = [near(known), near(fresh)];
  return b.size === 0 ? 0 : [...b].filter((stem) => !a.has(stem)).length / b.size;
}

/** Whether the sides really differ: one affirms and another denies, or their numbers and sides are not the same. */
function differ(sides: readonly DraftClaim[], context: DraftContext): boolean {
  const states = sides.map(({ citations }) => {
    const citation = citations[0];
    if (citation.kind !== 'note') return '';
    const unit = context.index.unitOf(context.index.noteIndexOf.get(citation.noteId) ?? 0, citation.start);
    if (unit === null) return '';
    const denied =
      matchedEntities(unit, context.hits).some(({ flags }) => flags.includes('neg')) ||
      /\b(never|non-?smoker|denies|no)\b/i.test(citation.quote);
    const past = /\b(quit|former|ex-|stopped|previously)\b/i.test(citation.quote);
    const side = /\bleft\b/i.test(citation.quote) ? 'left' : /\bright\b/i.test(citation.quote) ? 'right' : '';
    return `${denied ? 'no' : past ? 'past' : 'yes'} ${side}`;
  });
  return new Set(states).size > 1;
}
