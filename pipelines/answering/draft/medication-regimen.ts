import type { MedicationFact, MedicationStep } from '../../domain/chart.ts';
import type { Entity } from '../../domain/entity.ts';
import type { NoteCitation } from '../../domain/evidence.ts';
import { citeNote } from '../../domain/evidence.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { regimen } from './medications.ts';
import type { DraftContext } from './types.ts';
import { capital, inline, wordCount } from './wording.ts';

const PARTS: ReadonlySet<string> = new Set(['Dose', 'Route', 'Frequency', 'Duration', 'Form']);
/** Most words of a regimen told in the note's own words. */
const MOST = 16;
/** What may stand between two parts of one regimen: "37.5 mg daily *for* 7 days *then* 75 mg", "2.5 mg daily *except* 3.75 mg". */
const JOINT =
  /^[\s,;:()/–+→>-]*(?:(?:then|except|but|and|or|plus|increas\w*|decreas\w*|reduc\w*|to|up|down|titrat\w*|taper\w*|for|by|x|after|with|at|max|each|every|on|of|in|the|a|as|followed|once|total|=|about|solution|suspension|tablets?|tabs?|capsules?|caps?|cream|ointment|puffs?|sprays?|drops?|pens?|film|patch|inhaled|nasal)[\s,]*)*$/i;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)\w*|^(?:am|pm|morning|evening|night|bedtime)s?$/i;

/** A regimen with the place that says it. */
export interface ToldRegimen {
  readonly text: string;
  readonly citation: NoteCitation | null;
}

/**
 * The regimen in force in the words of the note that states it, to its end ("warfarin 2.5 mg daily except 3.75 mg Sundays");
 * put together from its parts where the note words it otherwise.
 */
export function toldRegimen(fact: MedicationFact, context: DraftContext): ToldRegimen {
  const told = statingSteps(fact)
    .map((step) => spanOf(step, fact, context))
    .find((span) => span !== null);
  return told ?? { text: regimen(fact), citation: null };
}

/** Steps that state the dose in force, those of the latest note first, the fuller name before the abbreviation. */
function statingSteps(fact: MedicationFact): MedicationStep[] {
  const stating = fact.steps.filter(
    ({ dose, action }) => dose !== null && dose === fact.dose && action !== 'increase' && action !== 'decrease',
  );
  return stating.sort(
    (a, b) =>
      (a.noteDate < b.noteDate ? 1 : a.noteDate > b.noteDate ? -1 : 0) ||
      Number(b.frequency !== null) - Number(a.frequency !== null) ||
      b.evidence[0].quote.length - a.evidence[0].quote.length,
  );
}

function spanOf(step: MedicationStep, fact: MedicationFact, { index }: DraftContext): ToldRegimen | null {
  const drug = step.evidence[0];
  const unit = index.unitOf(index.noteIndexOf.get(drug.noteId) ?? 0, drug.start);
  if (unit === null) return null;
  const end = endOfRegimen(unit, drug.end);
  if (end === null) return null;
  const citation = citeNote(unit.note.note, { start: drug.start, end });
  const text = capital(inline(citation.quote));
  const whole = [fact.dose, fact.frequency].every((part) => part === null || text.includes(inline(part)));
  return whole && wordCount(text) <= MOST ? { text, citation } : null;
}

/** Where the regimen that begins behind a drug ends, or null where none does. */
function endOfRegimen(unit: Unit, from: number): number | null {
  const text = unit.note.note.text;
  let end = from;
  let dosed = false;
  for (const entity of unit.entities.filter(({ start }) => start >= from)) {
    if (!isPart(entity, text) || !JOINT.test(text.slice(end, entity.start))) break;
    if (/[.;]\s/.test(text.slice(end, entity.start))) break;
    end = entity.end;
    dosed ||= entity.label === 'Dose';
  }
  return dosed ? closed(text, from, end) : null;
}

function isPart(entity: Entity, text: string): boolean {
  if (PARTS.has(entity.label)) return true;
  return entity.label === 'Time' && WEEKDAY.test(text.slice(entity.start, entity.end));
}

/** A bracket that was opened inside is closed. */
function closed(text: string, from: number, end: number): number {
  const inside = text.slice(from, end);
  return inside.includes('(') && !inside.includes(')') && text[end] === ')' ? end + 1 : end;
}
