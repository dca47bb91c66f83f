import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit, SubjectHits } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { RELATIVE_WORDS } from '../rules.ts';
import { focusOf, quoteClaim } from './extract.ts';
import { isOfRelative, namesRelative, relativesIn } from './relatives.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { inline, quoteUnit, sourceOf } from './wording.ts';

const MOST = 2;

/** What the notes say of relatives: with the condition that is asked about, or the whole family history. */
export function draftFamily(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('family') || question.asked.has('conflict')) return null;
  // A word that names nothing clinical and stands nowhere ("what did her dad die of?") asks for the relative's own line.
  const named = context.hits.filter(
    ({ subject, clinical, matches }) => !RELATIVE_WORDS.has(subject.key) && (clinical || matches.length > 0),
  );
  if (named.length === 0) return familyHistory(context);
  return ofTopic(named, context) ?? withoutKnowledge(context);
}

/** The lines of relatives that name what is asked about, those of the relatives who are asked about first. */
function ofTopic(named: readonly SubjectHits[], context: DraftContext): Draft | null {
  const { question } = context;
  const asked = relativesIn(question.corrected);
  const candidates = linesNaming(named, asked, context);
  if (candidates.length === 0) return null;
  const theirs = asked.length === 0 || candidates.some(({ unit }) => isOfRelative(unit, asked, named));
  const chosen = chooseLines(candidates, named, context);
  const denied = chosen.every(({ unit }) => {
    const entities = matchedEntities(unit, named);
    return entities.length > 0 && entities.every(({ flags }) => flags.includes('neg'));
  });
  const told = chosen.some(({ unit }) => matchedEntities(unit, named).some(({ flags }) => flags.includes('fam')));
  const answer = denied ? 'No. ' : told ? 'Yes. ' : '';
  const lead = !theirs ? `Not stated of the ${asked.join(' or ')}. ` : question.yesNo ? answer : '';
  const [first, ...rest] = chosen.map((candidate): DraftClaim => ({
    ...quoteClaim(candidate, context, ''),
    polarity: 'quoted',
    family: true,
  }));
  return {
    claims: [{ ...first!, text: `${lead}${first!.text}` }, ...rest],
    finding: denied || !theirs ? 'denied' : 'affirmed',
    rule: 'family',
    confidence: 0.8,
  };
}

/** Lines of relatives with one of the things asked about, best first: the right relative, then the share of what is asked. */
function linesNaming(
  named: readonly SubjectHits[],
  asked: readonly string[],
  context: DraftContext,
): readonly RankedUnit[] {
  const clinical = named.filter((hit) => hit.clinical);
  const needed = clinical.length > 0 ? clinical : named;
  const lines = context.ranked.filter(
    ({ unit }) => isOfFamily(unit, context) && needed.some(({ byUnit }) => byUnit.has(unit.index)),
  );
  // "Her mother says she has asthma": where a line is marked as a relative's, one that is not marked is the patient's.
  const marked = lines.filter(({ unit }) => isMarked(unit, named));
  const rank = ({ unit, score }: RankedUnit): number =>
    (asked.length > 0 && isOfRelative(unit, asked, needed) ? 4 : 0) +
    (3 * needed.filter(({ byUnit }) => byUnit.has(unit.index)).length) / needed.length +
    score / 10;
  return (marked.length > 0 ? marked : lines).toSorted((a, b) => rank(b) - rank(a));
}

function isMarked(unit: Unit, named: readonly SubjectHits[]): boolean {
  return (
    /family/.test(`${unit.section} ${unit.title}`) ||
    matchedEntities(unit, named).some(({ flags }) => flags.includes('fam'))
  );
}

/** The best line, and one more that says something else: first one that names what the best leaves out. */
function chooseLines(
  candidates: readonly RankedUnit[],
  named: readonly SubjectHits[],
  context: DraftContext,
): RankedUnit[] {
  const [best, ...others] = candidates;
  const quote = ({ unit }: RankedUnit): string => inline(quoteUnit(unit, focusOf(unit, context)).text);
  const fresh = others.filter(
    (other) => !quote(best!).includes(quote(other).slice(0, 24)) && !quote(other).includes(quote(best!).slice(0, 24)),
  );
  const left = named.filter(({ byUnit }) => !byUnit.has(best!.unit.index));
  const second =
    fresh.find(({ unit }) => left.some(({ byUnit }) => byUnit.has(unit.index))) ??
    fresh.find(({ score }) => score >= best!.score - 0.3);
  return [best!, ...(second === undefined ? [] : [second])].slice(0, MOST);
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
  /\b(?:adopted|non-?contributory|not contributory|unremarkable|unknown|not known|no knowledge|unavailable|unobtainable|negative|nil|no (?:known |significant |relevant |pertinent )?(?:family|fh|fhx)\b)/i;
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
  const units = asked.length === 0 ? lines : lines.filter((unit) => namesRelative(unit.text, asked));
  const chosen: Unit[] = [];
  for (const unit of units.toReversed().slice(0, 8)) {
    const start = inline(unit.text).slice(0, 20);
    if (chosen.length < MOST && !chosen.some((other) => inline(other.text).includes(start))) chosen.push(unit);
  }
  if (chosen.length === 0) return asked.length === 0 ? withoutKnowledge(context) : null;
  return linesDraft(chosen, asked);
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
