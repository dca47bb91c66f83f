import type { MedicationFact } from '../../domain/chart.ts';
import type { Entity } from '../../domain/entity.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { houseDate } from '../text/dates.ts';
import type { Subject } from '../question/types.ts';
import { lastStep, medicationsFor, unique, whenText } from './medications.ts';
import type { DrugPlace } from './medication-places.ts';
import { drugSubjects, drugsIn, nextUnit, partsOf, placesOf } from './medication-places.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline, quoteUnit } from './wording.ts';

const ASKS =
  /\b(?:instead|in (?:its|his|her|their) place|replac\w+|substitut\w+|swap\w*|swop\w*|switch\w*|chang\w+ (?:\w+ ){0,3}(?:to|over|for)|(?:on|take|taking|used|given|tried|had) (?:right |just )?(?:before|after) (?:it|that|this)|next (?:drug|agent|med\w*))\b/i;
const FORMER =
  /\b(?:before (?:it|that|this)|(?:did|does|has) (?:it|that|this|\S+) replace|instead of what|previous(?:ly)? on|(?:switch|swap|chang)\w* (?:\w+ )?from what|what .{1,30} (?:switch|swap|chang)\w* from)\b/i;
const BLOCKED = ['why', 'family', 'allergy', 'trend', 'conflict', 'summary', 'pgx', 'adverse', 'plan'] as const;

/** Words between the old drug and the new one that follows it. */
const TURNS_TO =
  /->|→|=>|\b(?:replac\w+ (?:by|with)|switch\w*(?: over)? to|chang\w+(?: over)? to|convert\w+ to|swap\w* (?:to|for|with)|transition\w* to|step\w* (?:up|down) to|in favou?r of|and (?:start|begin|began|add)\w*|then (?:start|begin|began)?\w*|(?:start|begin|began|begun|commenc|initiat|add)\w*|instead|to be followed by)\b/i;
/** Words before the old drug that call for a new one behind it: "switch X to Y", "replace X with Y". */
const TURNS =
  /\b(?:replac\w+|switch\w*|chang\w+|convert\w*|swap\w*|transition\w*|substitut\w+|stop\w*|d\/?c\w*|off)\b/i;
/** Words between the new drug and the old one that follows it. */
const IN_PLACE =
  /\b(?:replac(?:es|ing|ed|ement for)|instead of|in place of|in lieu of|rather than|substitut\w+ for|swapped (?:in )?for|(?:switched|changed) from|after (?:stopping|stop of)|since stopping|was added when)\b/i;

interface Swap {
  readonly unit: Unit;
  readonly other: Entity;
  readonly score: number;
}

/** What a drug was replaced by, or what it took the place of: the sentence that tells the change, with the new dose. */
export function draftReplaced(context: DraftContext): Draft | null {
  const { question } = context;
  if (!ASKS.test(question.corrected) || BLOCKED.some((kind) => question.asked.has(kind))) return null;
  if (question.asked.has('when') && !/\bwhat\b.{0,20}\breplac/i.test(question.corrected)) return null;
  const subjects = drugSubjects(context).filter(({ kind }) => kind === 'medication');
  if (subjects.length !== 1) return null;
  const former = FORMER.test(question.corrected);
  const places = placesOf(subjects[0]!, context);
  const own = new Set(places.map(({ entity }) => entity));
  const swaps = places
    .flatMap((place) => swapsAt(place, own, former, context))
    .sort((a, b) => b.score - a.score || b.unit.index - a.unit.index);
  const [best] = swaps;
  if (best === undefined) return null;
  return {
    claims: [claimOf(best, former, context), ...(question.asked.has('when') ? endOf(subjects[0]!, context) : [])],
    finding: 'affirmed',
    rule: 'medication-replaced',
    confidence: Math.min(0.85, best.score),
  };
}

/** When the old drug was stopped, where that is asked as well. */
function endOf(subject: Subject, context: DraftContext): DraftClaim[] {
  return medicationsFor(context, subject)
    .slice(0, 1)
    .flatMap((fact): DraftClaim[] => {
      const step = lastStep(fact, ['stop']);
      const date = whenText(step?.when ?? null);
      if (step === null || date === null) return [];
      return [
        {
          text: `${capital(inline(fact.display))} stopped ${date}.`,
          citations: [...step.evidence],
          polarity: 'quoted',
        },
      ];
    });
}

/** Other drugs that a mention is exchanged for, in its own unit or right behind it. */
function swapsAt(place: DrugPlace, own: ReadonlySet<Entity>, former: boolean, context: DraftContext): Swap[] {
  const next = nextUnit(place.unit, context);
  const here = drugsIn(place.unit).filter((other) => !own.has(other) && !other.flags.includes('neg'));
  const swaps = here.flatMap((other): Swap[] => {
    const score = former ? scoreOfFormer(place, other) : scoreOfSuccessor(place, other);
    return score === 0 ? [] : [{ unit: place.unit, other, score: other.flags.includes('hyp') ? score - 0.2 : score }];
  });
  if (swaps.length > 0 || next === null || former || place.entity.action !== 'stop') return swaps;
  // "Stop X. Start Y 5 mg daily."
  const started = drugsIn(next).find((other) => !own.has(other) && other.action === 'start');
  return started === undefined ? [] : [{ unit: next, other: started, score: 0.5 }];
}

function scoreOfSuccessor({ unit, entity }: DrugPlace, other: Entity): number {
  const text = unit.note.note.text;
  if (other.start > entity.end) {
    const between = text.slice(entity.end, other.start);
    if (/[.;]\s.{40}/s.test(between)) return 0;
    const before = text.slice(Math.max(unit.start, entity.start - 40), entity.start);
    if (TURNS_TO.test(between) && between.length < 120)
      return entity.action === 'stop' || TURNS.test(before) ? 0.9 : 0.8;
    if (TURNS.test(before) && /^[^.;]{0,40}\b(?:to|with|by|for|->)\b/i.test(between)) return 0.85;
  } else if (IN_PLACE.test(text.slice(other.end, entity.start)) && entity.start - other.end < 80) return 0.85;
  return entity.action === 'stop' && other.action === 'start' ? 0.6 : 0;
}

function scoreOfFormer({ unit, entity }: DrugPlace, other: Entity): number {
  const score = scoreOfSuccessor({ unit, entity: other }, entity);
  return score === 0 ? 0 : score;
}

function claimOf({ unit, other }: Swap, former: boolean, context: DraftContext): DraftClaim {
  const parts = partsOf({ unit, entity: other }, context);
  const quoted = quoteUnit(unit, [other, ...parts], 30);
  const fact = factOf(other, unit, context);
  const dosed = parts.some(({ label }) => label === 'Dose') ? undefined : doseAfter(fact, unit, former);
  const name = capital(inline(unit.note.note.text.slice(other.start, other.end)));
  const dose = dosed === undefined ? '' : ` ${inline([dosed.dose, dosed.frequency].filter(Boolean).join(' '))}`;
  const [first, ...rest] = unique([quoted.citation, ...(dosed?.evidence ?? [])]);
  const quote = quoted.text.replace(/\.$/, '');
  return {
    text: `${name}${dose} (${houseDate(unit.date)}: "${quote}").`,
    citations: [first!, ...rest.slice(0, 2)],
    polarity: 'quoted',
  };
}

/** The first dose that the chart states of the new drug from the change on; of a former drug the last one before it. */
function doseAfter(
  fact: MedicationFact | undefined,
  unit: Unit,
  former: boolean,
): MedicationFact['steps'][number] | undefined {
  const dosed = (fact?.steps ?? []).filter(({ dose, action }) => dose !== null && action !== 'plan');
  return former
    ? dosed.findLast(({ noteDate }) => noteDate <= unit.date)
    : dosed.find(({ noteDate }) => noteDate >= unit.date);
}

function factOf(entity: Entity, unit: Unit, context: DraftContext): MedicationFact | undefined {
  const words = unit.note.note.text.slice(entity.start, entity.end);
  const concept = context.terminology.conceptKey('Medication', words);
  return context.chart.medications.find((fact) => fact.concept === concept);
}
