import type { Entity } from '../../domain/entity.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { allMatchesOf } from '../evidence/subject-match.ts';
import { inWindow, isDated } from '../question/time-window.ts';
import type { Subject } from '../question/types.ts';
import { isRepeat } from './extract.ts';
import { judged } from './judgement.ts';
import { drugSubjects, nextUnit, quoteAround } from './medication-places.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { wordCount } from './wording.ts';

const BLOCKED = ['why', 'family', 'conflict', 'summary', 'pgx', 'when', 'who', 'trend'] as const;
/** Words that make a finding the drug's doing. */
const CAUSED =
  /\b(?:from|due to|d\/t|2\/2|sec(?:ondary)? to|caus\w+|induc\w+|after|on|with|since|made|gave|left|react\w*|rxn|side[- ]?effects?|s\/?e|intoleran\w*|toleran\w*|tolerat\w*|toxic\w*|adr|attribut\w+|blam\w+|developed|became|got|experienc\w+|complain\w+|c\/o|likely|both)\b|-induced|->|→|[–:-]\s/i;
/** Words of a reaction in general, which say nothing of what it was. */
const GENERAL =
  /^(?:(?:drug |infusion |allergic |adverse |mild |severe )?(?:reactions?|rxn)|allerg(?:y|ies|ic)|side[- ]effects?|intoleran\w+|toxicity|adverse \w+|problems?|symptoms?|(?:\w+ )?(?:toxicity|poisoning|overdose))$/i;
const ENDED: ReadonlySet<string> = new Set(['stop', 'hold', 'decrease', 'allergy']);
/** How sure a place has to be of its own, and with the pair ranker's word for it. */
const LEAST = 0.75;
const WORDS = 56;

/** A sentence that may tell what a drug did to the patient. */
interface Effect {
  readonly unit: Unit;
  readonly findings: readonly Entity[];
  readonly score: number;
}

/** What a drug did to the patient: findings that the notes link to it, call its doing, or tell beside the place where it was stopped. */
export function draftAdverse(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('adverse') || BLOCKED.some((kind) => question.asked.has(kind))) return null;
  const subjects = drugSubjects(context);
  if (subjects.length !== 1) return null;
  const effects = effectsOf(subjects[0]!, context);
  const [best] = effects;
  if (best === undefined || best.score < LEAST) return null;
  const claims: DraftClaim[] = [];
  const told: Unit[] = [];
  let words = 0;
  for (const { unit, findings, score } of effects) {
    if (claims.length === 3 || score < 0.7 * best.score) break;
    if (told.some((other) => isRepeat(other, unit))) continue;
    const claim = quoteAround(unit, findings);
    const lead = claims.length === 0 && question.yesNo ? 'Yes. ' : '';
    words += wordCount(claim.text);
    if (claims.length > 0 && words > WORDS) continue;
    claims.push({ ...claim, text: `${lead}${claim.text}` });
    told.push(unit);
  }
  return { claims, finding: 'affirmed', rule: 'adverse-effect', confidence: Math.min(0.85, 0.4 + 0.3 * best.score) };
}

function effectsOf(subject: Subject, context: DraftContext): Effect[] {
  const best = new Map<number, Effect>();
  const keep = (effect: Effect): void => {
    const known = best.get(effect.unit.index);
    if (known === undefined || known.score < effect.score) best.set(effect.unit.index, effect);
  };
  for (const { unit, first, last } of allMatchesOf(context.index, subject.forms)) {
    const range = { start: unit.start + unit.words[first]!.start, end: unit.start + unit.words[last]!.end };
    const drug = unit.entities.find(
      ({ label, start, end }) => label === 'Medication' && start < range.end && range.start < end,
    );
    if (drug?.flags.includes('fam') === true || drug?.flags.includes('hyp') === true) continue;
    const own = findingsOf(unit, drug, context);
    if (own.length > 0) keep({ unit, findings: own, score: scoreOf(unit, range, drug, own, context) });
    if (own.length > 0) continue;
    for (const [near, far] of besides(unit, drug, context)) {
      const findings = findingsOf(near, undefined, context);
      const score =
        0.35 / far + (drug !== undefined && ENDED.has(drug.action ?? '') ? 0.15 : 0) + wordOf(near, context);
      if (findings.length > 0) keep({ unit: near, findings, score });
    }
  }
  const { window } = context.question;
  return [...best.values()]
    .map((effect) =>
      isDated(window) ? { ...effect, score: effect.score + (inWindow(window, effect.unit.date) ? 0.2 : -0.5) } : effect,
    )
    .sort((a, b) => b.score - a.score || b.unit.index - a.unit.index);
}

/** Illnesses and symptoms of a unit that are the patient's, and not what the drug is for. */
function findingsOf(unit: Unit, drug: Entity | undefined, { index }: DraftContext): Entity[] {
  const isFor = (entity: Entity): boolean =>
    drug !== undefined &&
    index
      .relationsOf(unit.noteIndex, drug.id)
      .some(({ type, head, tail }) => type === 'for' && (head === entity.id || tail === entity.id));
  return unit.entities.filter(
    (entity) =>
      (entity.label === 'Condition' || entity.label === 'Finding') &&
      !entity.flags.some((flag) => flag === 'neg' || flag === 'fam' || flag === 'hyp') &&
      !GENERAL.test(unit.text.slice(entity.start - unit.start, entity.end - unit.start)) &&
      !isFor(entity),
  );
}

/** How surely the findings of a sentence are the drug's doing. */
function scoreOf(
  unit: Unit,
  range: { readonly start: number; readonly end: number },
  drug: Entity | undefined,
  findings: readonly Entity[],
  context: DraftContext,
): number {
  const linked =
    drug !== undefined &&
    context.index
      .relationsOf(unit.noteIndex, drug.id)
      .some(({ type, head, tail }) => type === 'by' && findings.some(({ id }) => id === head || id === tail));
  const text = unit.note.note.text;
  const between = findings.map(({ start, end }) => text.slice(Math.min(end, range.end), Math.max(start, range.start)));
  const bracketed = between.some((gap) => /^\s*\(\s*$/.test(gap));
  const caused = between.some((gap) => gap.length < 60 && CAUSED.test(gap));
  const ended = drug !== undefined && ENDED.has(drug.action ?? '');
  return (
    (linked ? 0.6 : 0) +
    (bracketed ? 0.6 : 0) +
    (caused ? 0.25 : 0) +
    (ended ? 0.25 : 0) +
    (between.some((gap) => gap.length < 25) ? 0.1 : 0) +
    wordOf(unit, context)
  );
}

/** The pair ranker's word for a sentence, 0 to 0.6; 0.1 for one that it did not read. */
function wordOf(unit: Unit, { ranked }: DraftContext): number {
  const candidate = ranked.find((other) => other.unit === unit);
  const answers = candidate === undefined ? null : judged(candidate);
  return answers === null ? 0.1 : 0.6 * Math.min(1, 2 * answers);
}

/** The sentence before a drug's and the two behind it, with how far they are. */
function besides(unit: Unit, drug: Entity | undefined, context: DraftContext): (readonly [Unit, number])[] {
  const { units } = context.index;
  const before = units[unit.index - 1];
  const next = nextUnit(unit, context);
  const after = next === null ? null : nextUnit(next, context);
  const near: (readonly [Unit, number])[] = [];
  if (before?.noteIndex === unit.noteIndex && drug !== undefined && ENDED.has(drug.action ?? ''))
    near.push([before, 1]);
  if (next !== null) near.push([next, 1]);
  if (after !== null) near.push([after, 2]);
  return near;
}
