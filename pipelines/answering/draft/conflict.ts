import type { Entity } from '../../domain/entity.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { stemsOf } from '../text/words.ts';
import { differingSides } from './conflict-sides.ts';
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
  const sided = /\bleft or right|right or left\b/i.test(question.corrected);
  // "Any lupus or clots?" asks of each by itself; of relatives nothing is set against each other.
  const open = !question.yesNo && !question.asked.has('family');
  const either = asksEither(question.corrected) && (sided || (open && bothStand(context)));
  if (!question.asked.has('conflict') && !either && !habit) return null;
  const sides =
    fromBoard(context) ?? fromPair(context) ?? (question.asked.has('conflict') ? distinctUnits(context) : []);
  if (sides.length < 2) return null;
  return { claims: sides, finding: 'conflicting', rule: 'conflict', confidence: 0.65 };
}

/** Both sides of what two sentences say differently of the asked thing. */
function fromPair(context: DraftContext): DraftClaim[] | null {
  const found = differingSides(context);
  if (found === null) return null;
  return found.pair.map(({ unit }, i) => sideClaim(unit, quoteUnit(unit, focusOf(unit, context), 22), i));
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
      (kind === 'no-allergies-against-reaction' && question.asked.has('allergy')) ||
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
    if (ranked.unit.entities.some(({ flags }) => flags.includes('fam'))) continue;
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
