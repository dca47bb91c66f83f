import type { Conflict } from '../../domain/chart.ts';
import type { IsoDate } from '../../domain/ids.ts';
import type { DraftClaim } from '../draft/types.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { quoteUnit } from '../draft/wording.ts';
import { addDays, houseDate } from '../text/dates.ts';
import { listLines, nameOf, quoteLine, unitAt } from './lines.ts';
import { compare, isPlanning, isRefusal } from './problem-course.ts';
import type { BriefContext, BriefLine, BriefPart } from './types.ts';

const RANK: readonly Conflict['kind'][] = [
  'allergy-against-order',
  'no-allergies-against-reaction',
  'laterality',
  'two-doses',
  'two-values',
  'active-against-resolved',
  'present-against-denied',
  'smoking',
];
const SIDE_WORDS = 11;
const PLAN_WORDS = 16;
/** A plan older than this is no open item of now. */
const PLAN_DAYS = 365;

/** Where the notes disagree, what is ordered or planned and not seen done, and what is suspected. */
export function openPart(context: BriefContext): BriefPart {
  const { open } = context.caps;
  const conflicts = [...context.chart.conflicts]
    .sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind) || compare(a.concept, b.concept))
    .flatMap((conflict) => conflictLine(conflict, context) ?? []);
  const half = Math.ceil(open / 2);
  return {
    kind: 'open-questions',
    title: 'Open questions',
    lines: [...counted(conflicts, half), ...counted(plannedLines(context), half)],
  };
}

function counted(lines: readonly BriefLine[], most: number): BriefLine[] {
  const more = lines.length - most;
  return lines.slice(0, most).map((line, at) => (more > 0 && at === most - 1 ? { ...line, more } : line));
}

/** Both sides in the notes' own words; the person decides which holds. */
function conflictLine(conflict: Conflict, context: BriefContext): BriefLine | null {
  const sides = conflict.sides.slice(0, 2).flatMap(({ evidence }) => quoteLine(context, evidence, SIDE_WORDS) ?? []);
  const [first, second] = sides;
  if (first === undefined || second === undefined) return null;
  return {
    text: `The notes disagree on ${nameOf(conflict)}: ${first.text} against ${second.text}`,
    citations: [first.citations[0], second.citations[0]],
    polarity: 'quoted',
  };
}

/** Sentences of the last note that plan a test or procedure of which no later result or report is known. */
function plannedLines(context: BriefContext): BriefLine[] {
  const { chart, index } = context;
  const last = chart.notes.length - 1;
  const fromNotes = index.units
    .filter((unit) => unit.noteIndex === last && isPlan(unit))
    .map((unit): BriefLine => {
      const focus = unit.entities.filter(({ flags }) => flags.includes('hyp'));
      const { text, citation } = quoteUnit(unit, focus, PLAN_WORDS);
      return { text: `Plan, ${houseDate(unit.date)}: "${text}"`, citations: [citation], polarity: 'quoted' };
    });
  const told = new Set(fromNotes.map(({ citations }) => JSON.stringify(citations[0])));
  const procedures = chart.procedures
    .filter((fact) => fact.status === 'planned' && !isDone(fact.concept, fact.lastAsserted, context))
    .sort((a, b) => compare(b.lastAsserted, a.lastAsserted) || compare(a.concept, b.concept))
    .filter(({ evidence: [place], lastAsserted }) => {
      const unit = unitAt(context, place);
      return unit !== null && unit.noteIndex !== last && isPlan(unit) && isLately(lastAsserted, context);
    })
    .map((fact) => quoteLine(context, fact.evidence[0], PLAN_WORDS))
    .filter((line): line is BriefLine => line !== null && !told.has(JSON.stringify(line.citations[0])))
    .map((line) => ({ ...line, text: `Planned, no report found, ${line.text}` }));
  return [...fromNotes, ...procedures];
}

/** A test or procedure that is still to come: words of planning, none of refusing, and no bare condition ("if"). */
function isPlan({ entities, words, text }: Unit): boolean {
  const named = entities.some(
    ({ label, flags }) => (label === 'Test' || label === 'Procedure') && flags.includes('hyp'),
  );
  if (!named || words.some(({ stem }) => isRefusal(stem))) return false;
  return words.some(({ stem }) => isPlanning(stem)) || !/\b(if|should|when|may|might|could|would|not)\b/i.test(text);
}

function isLately(day: IsoDate, { chart: { asOf } }: BriefContext): boolean {
  return asOf === null || addDays(day, PLAN_DAYS) >= asOf;
}

function isDone(concept: string, since: string, { chart }: BriefContext): boolean {
  return (
    chart.procedures.some(
      (other) => other.concept === concept && other.status !== 'planned' && other.lastAsserted >= since,
    ) || chart.results.some((result) => result.concept === concept && result.lastAsserted >= since)
  );
}

/** Procedures that were done, the newest first. */
export function proceduresPart(context: BriefContext): BriefPart {
  const lines = listLines(context, '', proceduresSince('', context), context.caps.listed);
  return { kind: 'other', title: 'Procedures', lines };
}

/** Procedures done after a day; words that name none known are left out. */
export function proceduresSince(since: IsoDate, { chart }: BriefContext): DraftClaim[] {
  return chart.procedures
    .filter(({ status, when }) => status === 'done' && when.start !== null && when.start > since)
    .filter(({ codes, concept }) => codes.length > 0 || concept.split(' ').some((word) => /^[a-z]{9}/.test(word)))
    .sort((a, b) => compare(b.when.start ?? '', a.when.start ?? '') || compare(a.concept, b.concept))
    .map((fact) => ({
      text: `${nameOf(fact)} (${houseDate(fact.when.start!)})`,
      citations: [fact.evidence[0]],
      polarity: 'quoted',
    }));
}
