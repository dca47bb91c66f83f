import { eventsIn } from '../evidence/by-note.ts';
import type { MedicationFact } from '../../domain/chart.ts';
import { inWindow, isDated, placeFits } from '../question/time-window.ts';
import { houseDate } from '../text/dates.ts';
import { draftOtherDose } from './medication-dose.ts';
import { draftDuration } from './medication-duration.ts';
import { draftNeverTaken } from './medication-never.ts';
import type { DrugPlace } from './medication-places.ts';
import { nextUnit, partsOf, placesOfFact, quoteAround } from './medication-places.ts';
import { draftReplaced } from './medication-replaced.ts';
import { isClassWord, isMedication, medicationsFor, unique, whenText } from './medications.ts';
import { draftClassFor, draftTakenFor } from './treatment.ts';
import type { Draft, DraftClaim, DraftContext, Drafter } from './types.ts';
import { capital, inline, wordCount } from './wording.ts';
import { CLAIMS, WORDS } from './limits.ts';

const BLOCKED = ['why', 'family', 'allergy', 'conflict', 'summary', 'pgx', 'when', 'adverse'] as const;
const PAST =
  /\b(?:ever|previous(?:ly)?|past|used to|before|history|in order|had|tried|been on|which|what|given|got|get|receive[ds]?|took|taken|used|any)\b/i;
/** "How did he get on with iron?" asks for what came of it. */
const FARED = /^(?:\W*(?:and|so)\W+)?how (?:did|does|has|have|was|were|is)\b/i;

/** The past of drugs: what replaced one, whether it was taken at all, how long, another dose than that in force, a class. */
export function draftMedicationHistory(context: DraftContext): Draft | null {
  const drafters: readonly Drafter[] = [
    draftReplaced,
    draftNeverTaken,
    draftClassFor,
    draftDuration,
    draftOtherDose,
    draftClassHistory,
    draftTakenFor,
  ];
  for (const drafter of drafters) {
    const draft = drafter(context);
    if (draft !== null) return draft;
  }
  return null;
}

/** A class over time ("which P2Y12 drugs has he had"): each drug with its dates, or its sentence where a time or place is asked for. */
function draftClassHistory(context: DraftContext): Draft | null {
  const { question } = context;
  if (BLOCKED.some((kind) => question.asked.has(kind))) return null;
  const subjects = question.subjects.filter(({ kind }) => kind === 'class');
  if (!PAST.test(question.corrected) || FARED.test(question.corrected) || subjects.length === 0) return null;
  if (question.subjects.some(({ kind }) => kind === 'condition' || kind === 'test')) return null;
  const members = subjects
    .flatMap((subject) => medicationsFor(context, subject))
    .filter((fact) => !isClassWord(fact, context) && !['allergy', 'planned'].includes(fact.status));
  const given = members.filter((fact) => fitsOccasion(fact, context));
  const sure = given.filter(isTold);
  const told = sure.length > 0 ? sure : given.filter(({ status }) => status === 'unknown');
  if (told.length === 0) return null;
  const narrow = isDated(question.window) || question.window.places.length > 0;
  const placed = narrow ? told.filter((fact) => placeIn(fact, context) !== null) : told;
  if (placed.length === 0) return null;
  const claims: DraftClaim[] = [];
  let words = 0;
  for (const fact of [...placed].sort((a, b) => (began(a) < began(b) ? -1 : 1))) {
    const claim = narrow ? placedClaim(fact, context) : courseClaim(fact);
    words += wordCount(claim.text);
    if (claims.length === CLAIMS || (claims.length > 0 && words > WORDS)) break;
    if (!claims.some(({ text }) => text === claim.text)) claims.push(claim);
  }
  return { claims, finding: 'affirmed', rule: 'medication-history', confidence: 0.7 };
}

/** Given or taken, and not only named ("oxacillin R" in a list of sensitivities). */
function isTold({ status, steps, dose }: MedicationFact): boolean {
  if (status === 'considered') return false;
  return status === 'historical' || (dose !== null && /\d/.test(dose)) || steps.some(({ action }) => action !== 'plan');
}

function began({ steps, firstAsserted }: MedicationFact): string {
  const step = steps[0];
  const day = step?.when.start ?? step?.noteDate ?? firstAsserted;
  return step !== undefined && day > step.noteDate ? step.noteDate : day;
}

/** "Before buprenorphine", "since the stent": on the right side of the occasion's day, and not the occasion itself. */
function fitsOccasion(fact: MedicationFact, context: DraftContext): boolean {
  const { question, chart } = context;
  const drug = question.context.find(({ kind }) => kind === 'medication');
  if (drug !== undefined && isMedication(drug, fact)) return false;
  if (question.order !== 'before' && question.order !== 'after') return true;
  const day = dayOfOccasion(context);
  if (day === null) return true;
  const last = fact.steps.at(-1)?.noteDate ?? fact.lastAsserted;
  return question.order === 'before' ? began(fact) < day || chart.notes.length === 1 : last >= day;
}

/** The first day of what a question names as its occasion: a drug's start, else the first dated mention. */
function dayOfOccasion(context: DraftContext): string | null {
  const { question, contextHits, index } = context;
  const [drug] = question.context
    .filter(({ kind }) => kind === 'medication')
    .flatMap((subject) => medicationsFor(context, subject));
  if (drug !== undefined) return began(drug);
  const events = contextHits.flatMap(({ matches }) =>
    matches.flatMap(({ unit, first, last }) => {
      const [from, to] = [unit.start + unit.words[first]!.start, unit.start + unit.words[last]!.end];
      const event = eventsIn(index.chart, unit.note.note.id).find(
        ({ evidence: [place] }) => place.start < to && from < place.end,
      );
      return [event?.when.start ?? unit.date];
    }),
  );
  return events.length === 0 ? null : events.reduce((a, b) => (b < a ? b : a));
}

/** The mention of a fact that lies in the days or the place asked for; one with a dose before the others. */
function placeIn(fact: MedicationFact, context: DraftContext): DrugPlace | null {
  const { window } = context.question;
  const places = placesOfFact(fact, context).filter(({ entity }) => !entity.flags.includes('neg'));
  const dated = isDated(window) ? places.filter(({ unit }) => inWindow(window, unit.date)) : places;
  const there = window.places.length === 0 ? dated : dated.filter(({ unit }) => fitsPlace(unit, context));
  const kept = there.length > 0 || !isDated(window) ? there : dated;
  return kept.find((place) => partsOf(place, context).some(({ label }) => label === 'Dose')) ?? kept[0] ?? null;
}

function fitsPlace(unit: DrugPlace['unit'], { question }: DraftContext): boolean {
  return placeFits(question.window.places, `${unit.note.note.type} ${unit.title}`);
}

function placedClaim(fact: MedicationFact, context: DraftContext): DraftClaim {
  const place = placeIn(fact, context)!;
  const claim = quoteAround(place.unit, [place.entity, ...partsOf(place, context)], 26);
  const before = /\b(?:for what|what for|and why)\b/i.test(context.question.corrected)
    ? nextUnit(place.unit, context, -1)
    : null;
  if (before === null) return claim;
  const told = quoteAround(before, [], 20);
  return {
    ...claim,
    text: inline(`${claim.text} ("${told.citations[0].quote ?? ''}")`),
    citations: [...claim.citations, ...told.citations],
  };
}

function courseClaim(fact: MedicationFact): DraftClaim {
  const dosed = fact.steps.find(({ dose }) => dose !== null);
  const start = fact.steps.find(({ action }) => action === 'start' || action === 'resume');
  const ended = fact.steps.findLast(({ action }) => action === 'stop');
  // A date behind the note's own is where a course ends ("through 11/17"), not where it began.
  const known = start !== undefined && (start.when.start ?? '') <= start.noteDate ? whenText(start.when) : null;
  const from = start === undefined ? null : (known ?? houseDate(start.noteDate));
  const to = ended === undefined ? null : (whenText(ended.when) ?? houseDate(ended.noteDate));
  const regimen =
    dosed === undefined
      ? ''
      : ` ${inline([dosed.dose, dosed.route, dosed.frequency].filter((part) => part !== null).join(' '))}`;
  const dates = [from === null ? '' : `from ${from}`, to === null ? '' : `stopped ${to}`].filter((part) => part !== '');
  // The mention of each step first, so that every date of the claim is cited.
  const steps = [dosed, start, ended].filter((step) => step !== undefined);
  const [first, ...rest] = unique([
    ...steps.map(({ evidence }) => evidence[0]),
    ...steps.flatMap(({ evidence }) => evidence),
    ...fact.evidence,
  ]);
  return {
    text: `${capital(inline(fact.display))}${regimen}${dates.length === 0 ? '' : `, ${dates.join(', ')}`}.`,
    citations: [first!, ...rest.slice(0, 5)],
    polarity: 'quoted',
  };
}
