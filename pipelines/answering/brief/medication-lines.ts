import type { MedicationFact, MedicationStep } from '../../domain/chart.ts';
import type { NoteCitation } from '../../domain/evidence.ts';
import type { IsoDate } from '../../domain/ids.ts';
import { currentEvidence, isClassWord, lastStep, regimen, unique } from '../draft/medications.ts';
import type { DraftClaim } from '../draft/types.ts';
import { capital, inline } from '../draft/wording.ts';
import { addDays, houseDate } from '../text/dates.ts';
import { listLines, nameOf, placeOn, quoteLine } from './lines.ts';
import { compare } from './problem-course.ts';
import type { BriefContext, BriefPart } from './types.ts';

/** Days before the last note within which a drug's last mention makes it a present one. */
const CURRENT_DAYS = 120;
/** Drugs that make a list. */
const LIST = 3;
/** Days before the last note within which a stop is worth a line. */
const STOPPED_DAYS = 365;

/** Drugs taken now, drugs of older lists that no later note names, and those held or stopped lately with the reason. */
export function medicationParts(context: BriefContext): BriefPart[] {
  const named = context.chart.medications
    .filter((fact) => fact.ingredients.length > 0 && !isClassWord(fact, context))
    .sort((a, b) => compare(b.lastAsserted, a.lastAsserted) || compare(a.concept, b.concept));
  const read = named.filter(({ status }) => status === 'active');
  const active = read.filter((fact) => fact.status === 'active');
  const unclear = read.filter((fact) => !active.includes(fact)).flatMap((fact) => unclearThing(fact, context) ?? []);
  const isPresent = presence(active, context);
  const present = active.filter(isPresent).map((fact) => currentThing(fact, context));
  const older = active.filter((fact) => !isPresent(fact)).map((fact) => olderThing(fact, context));
  const ended = named.flatMap((fact) => endedThing(fact, context));
  const { listed } = context.caps;
  return [
    { kind: 'medications', title: 'Current medications', lines: listLines(context, '', present, 3 * listed) },
    { kind: 'medications', title: 'Unclear whether still taken', lines: listLines(context, '', unclear, listed) },
    {
      kind: 'medications',
      title: 'Active earlier, not named in the last note',
      lines: listLines(context, '', older, 2 * listed),
    },
    { kind: 'medications', title: 'Held or stopped lately', lines: listLines(context, '', ended, listed) },
  ];
}

/** The last note's own list is the present one where it names several drugs; otherwise what was named lately is. */
function presence(active: readonly MedicationFact[], context: BriefContext): (fact: MedicationFact) => boolean {
  const { asOf } = context.chart;
  const inLast = active.filter(({ lastAsserted }) => lastAsserted === asOf).length;
  if (inLast >= LIST) return ({ lastAsserted }) => lastAsserted === asOf;
  return ({ lastAsserted }) => isWithin(lastAsserted, CURRENT_DAYS, context);
}

function isWithin(day: IsoDate, days: number, { chart: { asOf } }: BriefContext): boolean {
  return asOf === null || addDays(day, days) >= asOf;
}

function currentThing(fact: MedicationFact, context: BriefContext): DraftClaim {
  const start = fact.start?.start == null || fact.start.anchor === 'note-date' ? null : startStep(fact);
  const since = start === null ? '' : `, since ${houseDate(fact.start!.start!)}`;
  const last = fact.lastAsserted === context.chart.asOf ? '' : `, last asserted ${houseDate(fact.lastAsserted)}`;
  const places = unique([
    ...currentEvidence(fact).slice(0, 2),
    ...(start === null ? [] : [start.evidence[0]]),
    placeOn(context, fact, fact.lastAsserted),
  ]);
  return { text: `${regimen(fact)}${since}${last}`, citations: atLeastOne(places), polarity: 'quoted' };
}

function olderThing(fact: MedicationFact, context: BriefContext): DraftClaim {
  const places = unique([...currentEvidence(fact).slice(0, 2), placeOn(context, fact, fact.lastAsserted)]);
  return {
    text: `${regimen(fact)}, last asserted ${houseDate(fact.lastAsserted)}`,
    citations: atLeastOne(places),
    polarity: 'quoted',
  };
}

function startStep(fact: MedicationFact): MedicationStep | null {
  return fact.steps.find(({ action, when }) => action === 'start' && when.start === fact.start?.start) ?? null;
}

/** The chart's course and the last words of the notes do not agree on it: those words, for the person to judge. */
function unclearThing(fact: MedicationFact, context: BriefContext): DraftClaim | null {
  const step = lastStep(fact, ['stop', 'hold']);
  const line = step === null ? null : quoteLine(context, step.evidence[0], 16);
  if (step === null || line === null) return null;
  const places = [...currentEvidence(fact).slice(0, 2), ...line.citations];
  return {
    text: `${regimen(fact)}, but ${line.text}`,
    citations: atLeastOne(places.filter((place): place is NoteCitation => place.kind === 'note')),
    polarity: 'quoted',
  };
}

function endedThing(fact: MedicationFact, context: BriefContext): DraftClaim[] {
  if (fact.status !== 'stopped' && fact.status !== 'on-hold') return [];
  const isHeld = fact.status === 'on-hold';
  const step = lastStep(fact, isHeld ? ['hold'] : ['stop']);
  if (step === null || !isWithin(step.noteDate, STOPPED_DAYS, context)) return [];
  return [stepThing(fact, step, isHeld ? 'on hold since' : 'stopped')];
}

/** `Tramadol stopped 14 Feb 2024 (delirium)`. */
export function stepThing(fact: MedicationFact, step: MedicationStep, verb: string): DraftClaim {
  const date = houseDate(step.when.start ?? step.noteDate);
  const reason = step.reason === null || step.reasonEvidence === null ? '' : ` (${inline(step.reason)})`;
  const places = unique([...step.evidence, ...(reason === '' ? [] : [step.reasonEvidence!])]);
  return {
    text: `${capital(nameOf(fact))} ${verb} ${date}${reason}`.replace(/\s+/g, ' '),
    citations: atLeastOne(places),
    polarity: 'quoted',
  };
}

function atLeastOne(places: readonly NoteCitation[]): [NoteCitation, ...NoteCitation[]] {
  const [first, ...rest] = places;
  return [first!, ...rest];
}
