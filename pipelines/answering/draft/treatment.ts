import type { Entity } from '../../domain/entity.ts';
import type { TextRange } from '../../domain/span.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { SubjectHits } from '../evidence/rank-units.ts';
import { inWindow, isDated, placeFits } from '../question/time-window.ts';
import { chooseUnits, isRepeat, quoteClaim } from './extract.ts';
import { nextUnit, partsOf, quoteAround } from './medication-places.ts';
import { isMedication } from './medications.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { wordCount } from './wording.ts';
import { WORDS } from './limits.ts';

const BLOCKED = [
  'why',
  'family',
  'allergy',
  'trend',
  'conflict',
  'summary',
  'pgx',
  'when',
  'adverse',
  'who',
  'where',
  'count',
] as const;
const ASKS =
  /\b(?:what|which|how|any|anything|current)\b.*\b(?:treat\w*|manag\w+|giv(?:e|en|ing)|gave|get|got|receive[ds]?|tak(?:es?|ing)|took|tried|used?|(?:is|are|was|were|put|he|she|him|her|pt|patient) on|settle[ds]?|stop(?:ped)? the|control\w*|help\w*|cur(?:e|ed)|cover\w*|revers\w+|fix\w*|clear\w*|replenish\w*|started|drugs?|meds?|medic\w+|tablets?|pills?|antibiotics?|therapy|prophyla\w+|ppx)\b/i;
/** "What is she on for her gout?": of the drug, whatever value of the disease there is. */
const TAKEN_FOR =
  /\b(?:on|tak\w+|took|use[sd]?|using|giv\w+|gave|got|get|put|start\w*|receiv\w+|anything|something|meds?|medications?|drugs?|tablets?|treat\w*|prescri\w+)\b.{0,30}\b(?:for|against|to (?:treat|stop|control|settle|help|prevent|cover|lower|reverse))\b/i;
const NOW = /\b(?:is|are|does|do|currently|current|now|still|takes?|taking|these days|at present|anything)\b/i;
const GIVEN =
  /\b(?:given|gave|gets?|got|received?|administered|treated with|managed with|started?|starting|begun|began|begin|initiated?|commenced?|rx|tx|prescribed|course of|takes?|taking|on|continues?|finish\w*|completed?|responded to|resolved with|settled with|cleared (?:with|after)|controlled (?:with|on)|cont|add(?:ed)?|ppx)\b|\bx ?\d+ ?(?:d|days?|wk|weeks?|doses?)\b/i;
const NOT_GIVEN =
  /\b(?:avoid\w*|allerg\w*|intoleran\w*|contraindicat\w*|not on|no longer|never|declin\w+|refus\w+|despite|fail\w*|instead of|would|consider\w*|could|may|might|unlike)\W+(?:\w+\W+){0,3}$/i;
/** Where these stand, a drug that the reader links as the cause of a symptom is what eased it. */
const HELPED = /\b(?:better|improv\w+|reliev\w+|respon\w+|controlled|settled|eased|helped|helps|resolved|treated)\b/i;
/** How many sentences behind the problem may tell its treatment. */
const REACH = 3;

/** A drug or a procedure that may have been given for the problem asked about, with how sure that is. */
interface Treatment {
  readonly unit: Unit;
  readonly entity: Entity;
  readonly score: number;
}

/** What was given or done for a problem: drugs and procedures that the notes link to it or tell beside it. */
export function draftTreatment(context: DraftContext): Draft | null {
  const { question } = context;
  const asks = ASKS.test(question.corrected) || question.asked.has('medication') || question.asked.has('procedure');
  if (!asks || question.asked.has('duration') || BLOCKED.some((kind) => question.asked.has(kind)) || question.yesNo)
    return null;
  return draftFor(context) ?? draftNamed(context);
}

/** Sentences that name the problem and a treatment, where nothing nearer was found. */
function draftNamed(context: DraftContext): Draft | null {
  const ranked = context.ranked.filter(
    ({ unit, coverage }) => coverage >= 0.45 && unit.entities.some((entity) => isTreatment(entity)),
  );
  if (ranked.length === 0) return null;
  const claims = chooseUnits({ ...context, ranked }, 3).map((candidate) => quoteClaim(candidate, context));
  return { claims, finding: 'affirmed', rule: 'treatment', confidence: 0.5 };
}

/** Likewise for questions that plainly ask what is taken for a problem, before any value or finding of it is looked at. */
export function draftTakenFor(context: DraftContext): Draft | null {
  const { question } = context;
  if (!TAKEN_FOR.test(question.corrected) || BLOCKED.some((kind) => question.asked.has(kind))) return null;
  if (
    question.yesNo &&
    !/\b(?:anything|something|any (?:\w+ )?(?:meds?|medic\w+|drugs?|treat\w+|tablets?))\b/i.test(question.corrected)
  )
    return null;
  return draftFor(context);
}

/** "Which antibiotic for the wound?": the member of a class that was given for a problem, and not the one taken now. */
export function draftClassFor(context: DraftContext): Draft | null {
  const { question } = context;
  if (BLOCKED.some((kind) => question.asked.has(kind)) || question.yesNo) return null;
  const has = (...kinds: readonly string[]): boolean => question.subjects.some(({ kind }) => kinds.includes(kind));
  return has('class') && has('condition') ? draftFor(context) : null;
}

function draftFor(context: DraftContext): Draft | null {
  const problems = problemsOf(context);
  if (problems.length === 0) return null;
  const found = problems
    .flatMap(({ matches }) => matches.flatMap((match) => treatmentsNear(match, context)))
    .map((one) => ({ ...one, score: one.score + contextScore(one, context) }))
    .sort((a, b) => b.score - a.score || b.unit.index - a.unit.index);
  const [best] = found;
  if (best === undefined || best.score < 0.75) return null;
  const chosen = choose(found, best.score);
  const lead = context.question.yesNo ? 'Yes. ' : '';
  const claims = fitting(
    chosen.map(({ unit, entities }, i) => {
      const claim = quoteAround(unit, focusOf(unit, entities, context));
      return i === 0 ? { ...claim, text: `${lead}${claim.text}` } : claim;
    }),
  );
  return { claims, finding: 'affirmed', rule: 'taken-for', confidence: Math.min(0.8, 0.3 + 0.3 * best.score) };
}

function problemsOf({ hits }: DraftContext): readonly SubjectHits[] {
  const problems = hits.filter(
    ({ subject, matches }) => ['condition', 'term', 'test', 'panel'].includes(subject.kind) && matches.length > 0,
  );
  return problems.filter((hit) => hit.clinical);
}

/** Treatments in the unit of a problem's mention and right behind it, until the note turns to another problem. */
function treatmentsNear({ unit, first, last }: SubjectHits['matches'][number], context: DraftContext): Treatment[] {
  const range = { start: unit.start + unit.words[first]!.start, end: unit.start + unit.words[last]!.end };
  const named = unit.entities.filter(({ start, end }) => start < range.end && range.start < end);
  if (named.length > 0 && named.every(({ flags }) => flags.includes('neg') || flags.includes('fam'))) return [];
  const linked = new Set(named.flatMap(({ id }) => linkedTo(unit, id, 'for', context)));
  const causes = new Set(named.flatMap(({ id }) => linkedTo(unit, id, 'by', context)));
  const treatments: Treatment[] = [];
  let at: Unit | null = unit;
  for (let step = 0; step <= REACH && at !== null; step++, at = nextUnit(at, context)) {
    if (step > 0 && (turns(at) || at.title !== unit.title)) break;
    for (const entity of at.entities) {
      if (!isTreatment(entity) || (causes.has(entity.id) && !HELPED.test(at.text))) continue;
      const score =
        (linked.has(entity.id) ? 1 : 0) + nearness(step, at, entity, range) + givenScore(at, entity, context);
      if (score > 0.3) treatments.push({ unit: at, entity, score });
    }
  }
  for (const id of linked) {
    const entity = context.index.entityOf(unit.noteIndex, id);
    const place = entity === null ? null : context.index.unitOf(unit.noteIndex, entity.start);
    if (entity !== null && place !== null && isTreatment(entity) && !treatments.some((one) => one.entity === entity))
      treatments.push({ unit: place, entity, score: 1 + givenScore(place, entity, context) });
  }
  return treatments;
}

function linkedTo(unit: Unit, id: string, type: string, { index }: DraftContext): string[] {
  return index
    .relationsOf(unit.noteIndex, id)
    .filter((relation) => relation.type === type)
    .flatMap(({ head, tail }) => [head, tail])
    .filter((other) => other !== id);
}

function isTreatment({ label, flags, action }: Entity): boolean {
  if (label !== 'Medication' && label !== 'Procedure') return false;
  return action !== 'allergy' && !flags.some((flag) => flag === 'neg' || flag === 'fam');
}

/** A new numbered problem, heading or bullet of its own. */
function turns(unit: Unit): boolean {
  return /^\s*(?:#|\d+[.)]\s|[A-Z][A-Za-z /&]{2,30}:)/.test(unit.text);
}

function nearness(step: number, unit: Unit, { start, end }: Entity, problem: TextRange): number {
  if (step > 0) return [0, 0.45, 0.3, 0.2][step]!;
  const between = unit.note.note.text.slice(Math.min(end, problem.end), Math.max(start, problem.start));
  // Another sentence's worth of list between the two: "gout, CKD; lisinopril, aspirin".
  return 0.6 - 0.1 * Math.min(4, (between.match(/[,;]/g) ?? []).length);
}

function givenScore(unit: Unit, entity: Entity, context: DraftContext): number {
  const text = unit.note.note.text;
  const before = text.slice(Math.max(unit.start, entity.start - 60), entity.start);
  if (NOT_GIVEN.test(before)) return -0.6;
  const dosed = partsOf({ unit, entity }, context).some(({ label }) => label === 'Dose') ? 0.2 : 0;
  const given = GIVEN.test(`${before}${text.slice(entity.end, Math.min(unit.end, entity.end + 40))}`) ? 0.15 : 0;
  const drug = entity.label === 'Medication' ? 0.15 : 0;
  return drug + dosed + given - (entity.flags.includes('hyp') ? 0.35 : 0) + (entity.action === 'start' ? 0.1 : 0);
}

/** How well the place of a treatment fits the rest of the question: its other words, its days, its class, now or then. */
function contextScore({ unit, entity }: Treatment, context: DraftContext): number {
  const { question, ranked, chart } = context;
  const best = Math.max(0.1, ranked[0]?.score ?? 0.1);
  const seen = ranked.find((other) => other.unit === unit)?.score ?? 0;
  const { window } = question;
  let score = 0.35 * Math.max(0, seen / best);
  if (isDated(window)) score += inWindow(window, unit.date) ? 0.3 : -0.6;
  if (window.places.length > 0) score += placeFits(window.places, unit.note.note.type) ? 0.25 : -0.15;
  const classes = question.subjects.filter(({ kind }) => kind === 'class');
  if (classes.length > 0) score += classes.some((subject) => isOfClass(subject, unit, entity, context)) ? 0.3 : -0.8;
  const others = context.hits.filter(({ subject }) => subject.kind === 'term');
  if (others.length > 0) score += 0.15 * (others.filter(({ byUnit }) => byUnit.has(unit.index)).length / others.length);
  const recent = unit.noteIndex / Math.max(1, chart.notes.length - 1);
  return score + (NOW.test(question.corrected) ? 0.25 * recent : 0);
}

function isOfClass(
  subject: Parameters<typeof isMedication>[0],
  unit: Unit,
  entity: Entity,
  { chart, terminology }: DraftContext,
): boolean {
  const concept = terminology.conceptKey('Medication', unit.note.note.text.slice(entity.start, entity.end));
  const fact = chart.medications.find((one) => one.concept === concept);
  return fact !== undefined && isMedication(subject, fact);
}

interface Chosen {
  readonly unit: Unit;
  readonly entities: readonly Entity[];
}

/** The best units, each once, with the treatments found in it; none far behind the best. */
function choose(found: readonly Treatment[], best: number): Chosen[] {
  const chosen: { unit: Unit; entities: Entity[] }[] = [];
  for (const { unit, entity, score } of found) {
    const known = chosen.find((other) => other.unit === unit);
    if (known !== undefined) known.entities.push(entity);
    else if (score >= 0.65 * best && chosen.length < 3 && !chosen.some((other) => isRepeat(other.unit, unit)))
      chosen.push({ unit, entities: [entity] });
  }
  return chosen;
}

function focusOf(unit: Unit, entities: readonly Entity[], context: DraftContext): TextRange[] {
  return entities.slice(0, 3).flatMap((entity) => [entity, ...partsOf({ unit, entity }, context)]);
}

/** The first claims that fit in the words of one answer. */
function fitting(claims: readonly DraftClaim[]): DraftClaim[] {
  let words = 0;
  return claims.filter(({ text }, i) => {
    words += wordCount(text);
    return i === 0 || words <= WORDS;
  });
}
