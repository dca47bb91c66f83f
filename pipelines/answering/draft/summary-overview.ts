import type { MedicationFact } from '../../domain/chart.ts';
import type { Citation } from '../../domain/evidence.ts';
import type { When } from '../../domain/timeline.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { houseDate } from '../text/dates.ts';
import { focusOf, isRepeat } from './extract.ts';
import { currentEvidence, isClassWord, regimen } from './medications.ts';
import { isSaid } from './summary-topic.ts';
import { cites } from './support.ts';
import type { DraftClaim, DraftContext } from './types.ts';
import { capital, inline, quoteUnit, sourceOf, wordCount } from './wording.ts';

const WORDS = 190;

function quotedClaim(unit: Unit, context: DraftContext, limit: number): DraftClaim {
  const { text, citation } = quoteUnit(unit, focusOf(unit, context), limit);
  return { text: `${sourceOf(unit)}: "${text}"`, citations: [citation], polarity: 'quoted' };
}

/** Who the patient is, what is known, what is taken, and how the last note sums up, in at most five claims. */
export function overview(context: DraftContext): DraftClaim[] {
  const opening = openingClaim(context);
  const listed = listClaim(context, opening?.citations ?? []);
  const found = sectionClaim(context, /assess|impression|diagnos|problem/, 50, [
    ...(opening?.citations ?? []),
    ...(listed?.citations ?? []),
  ]);
  const told = [opening, listed, found].map((claim) => claim?.text ?? '').join(' ');
  const claims = [opening, listed, knownClaim(context, told), takingClaim(context), found ?? planClaim(context)];
  let words = 0;
  return claims.filter((claim): claim is DraftClaim => {
    if (claim === null) return false;
    words += wordCount(claim.text);
    return words <= WORDS;
  });
}

function planClaim(context: DraftContext): DraftClaim | null {
  return sectionClaim(context, /plan|recommend|disposition|follow/, 40);
}

const AGE = /\b\d{1,3}[- ]?(?:years?[- ]old|y\/?o|yo\b|yr|[MF]\b)/i;
/** Of how many illnesses and operations a sentence that introduces the patient is worth more. */
const INTRODUCED = 5;

/** The sentence that introduces the patient: an age beside most illnesses and operations, a later one before an earlier. */
function openingClaim(context: DraftContext): DraftClaim | null {
  const { units, chart } = context.index;
  const worth = (unit: Unit): number => {
    if (!AGE.test(unit.text) || unit.words.length < 6) return 0;
    const told = unit.entities.filter(
      (entity) => (entity.label === 'Condition' || entity.label === 'Procedure') && isSaid(entity),
    );
    const recent = (2 * unit.noteIndex) / Math.max(1, chart.notes.length);
    return told.length === 0 ? 0.1 : Math.min(INTRODUCED, told.length) + recent;
  };
  const best = units.reduce<Unit | null>(
    (kept, unit) => (worth(unit) > (kept === null ? 0 : worth(kept)) ? unit : kept),
    null,
  );
  const unit =
    best ?? units.find(({ words, section }) => words.length >= 10 && /history|hpi|present|subjective/.test(section));
  return unit === undefined ? null : quotedClaim(unit, context, 40);
}

const LISTS =
  /^(?:.*\b)?(?:diagnos\w+|pmh\w*|past medical|past history|medical history|background|problem list|problems|active problems|dx list|history)\b/i;
/** A list of so many illnesses is one of what is known. */
const LISTED = 3;

/** The list of diagnoses or of past illnesses of the latest note that has one. */
function listClaim(context: DraftContext, told: readonly Citation[]): DraftClaim | null {
  const { units } = context.index;
  const isListed = (unit: Unit): boolean =>
    (LISTS.test(unit.title) ||
      /^\W*(?:pmhx?|hx|psh|dx|diagnos\w+|background|bg|known|problems?|active)\b/i.test(unit.text)) &&
    !cites(told, unit) &&
    unit.entities.some((entity) => (entity.label === 'Condition' || entity.label === 'Procedure') && isSaid(entity));
  const byNote = new Map<number, Unit[]>();
  for (const unit of units.filter(isListed)) byNote.set(unit.noteIndex, [...(byNote.get(unit.noteIndex) ?? []), unit]);
  const lists = [...byNote.values()].filter(
    (list) => list.flatMap(({ entities }) => entities.filter(({ label }) => label === 'Condition')).length >= LISTED,
  );
  const last = lists.at(-1);
  return last === undefined ? null : joinedClaim(last, 48);
}

/** "Problem list (copied forward)": a line that says nothing itself. */
const HEADING = /\b(?:list|copied|reviewed|updated|as (?:above|below)|see (?:above|below))\b/i;

/** What stands in the last note's sections of a kind and is not told yet, joined up to a number of words. */
function sectionClaim(
  context: DraftContext,
  sections: RegExp,
  limit: number,
  told: readonly Citation[] = [],
): DraftClaim | null {
  const inside = (unit: Unit): boolean =>
    sections.test(`${unit.section} ${unit.title}`) &&
    unit.words.length >= 2 &&
    (unit.entities.length > 0 || !HEADING.test(unit.text)) &&
    !cites(told, unit);
  const last = context.index.units.findLast(inside);
  if (last === undefined) return null;
  return joinedClaim(
    context.index.units.filter((candidate) => candidate.noteIndex === last.noteIndex && inside(candidate)),
    limit,
  );
}

/** Sentences of one note, each once, as one claim of up to a number of words; null where not even the first fits. */
function joinedClaim(units: readonly Unit[], limit: number): DraftClaim | null {
  const chosen: Unit[] = [];
  let words = 0;
  for (const unit of units) {
    if (chosen.some((other) => isRepeat(other, unit))) continue;
    words += Math.min(24, wordCount(unit.text));
    if (words > limit) break;
    chosen.push(unit);
  }
  const quotes = chosen.map((unit) => quoteUnit(unit, [], 24));
  const [first, ...rest] = quotes.map(({ citation }) => citation);
  if (first === undefined) return null;
  return {
    text: `${sourceOf(chosen[0]!)}: ${quotes.map(({ text }) => `"${text}"`).join(' ')}`,
    citations: [first, ...rest],
    polarity: 'quoted',
  };
}

const PROBLEMS = 6;

/** The illnesses that most notes name and nothing told them yet, and the last procedures, with the dates that the text gives them. */
function knownClaim({ chart, terminology }: DraftContext, told: string): DraftClaim | null {
  const notes = ({ evidence }: { readonly evidence: readonly Citation[] }): number =>
    new Set(evidence.map((place) => (place.kind === 'note' ? place.noteId : ''))).size;
  const problems = chart.problems
    .filter(
      ({ kind, status, contextUncertain, display, evidence }) =>
        kind === 'condition' &&
        (terminology.condition(display) !== null || notes({ evidence }) > 1) &&
        (status === 'active' || status === 'resolved') &&
        !contextUncertain &&
        !told.toLowerCase().includes(inline(display).toLowerCase()),
    )
    .toSorted((a, b) => notes(b) - notes(a))
    .slice(0, PROBLEMS);
  const done = chart.procedures
    .filter(({ status }) => status === 'done' || status === 'historical')
    .filter((procedure) => notes(procedure) > 1 || (procedure.when !== null && procedure.when.anchor !== 'note-date'))
    .slice(-4);
  const [first, ...rest] = [...problems, ...done].map(({ evidence }) => evidence[0]);
  if (first === undefined) return null;
  const parts = [
    ...(problems.length === 0
      ? []
      : [`Problems: ${problems.map(({ display, onset }) => dated(display, onset)).join(', ')}.`]),
    ...(done.length === 0 ? [] : [`Procedures: ${done.map(({ display, when }) => dated(display, when)).join(', ')}.`]),
  ];
  return { text: parts.join(' '), citations: [first, ...rest], polarity: 'quoted', computed: ['dates of facts'] };
}

function dated(display: string, when: When | null): string {
  const day = when === null || when.anchor === 'note-date' ? null : when.start;
  return `${inline(display)}${day === null ? '' : ` (${houseDate(day)})`}`;
}

/** From so many drugs on that one note names, it tells what is taken. */
const LIST = 3;

/** The day of the latest note that names several of the drugs; the first of days where none does. */
function lastListOf(facts: readonly MedicationFact[]): string {
  const days = facts.map(({ lastAsserted }) => lastAsserted).sort();
  return days.findLast((day) => days.filter((other) => other === day).length >= LIST) ?? '';
}

function takingClaim(context: DraftContext): DraftClaim | null {
  const all = context.chart.medications.filter((fact) => fact.status === 'active' && !isClassWord(fact, context));
  const from = lastListOf(all);
  const active = all.filter(({ lastAsserted }) => lastAsserted >= from).slice(0, 12);
  const [first, ...rest] = active.flatMap((fact) => currentEvidence(fact).slice(0, 3));
  if (first === undefined) return null;
  return {
    text: `${capital('takes')} ${active.map(regimen).join(', ')}.`,
    citations: [first, ...rest],
    polarity: 'quoted',
  };
}
