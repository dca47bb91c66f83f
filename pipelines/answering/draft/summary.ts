import type { Citation } from '../../domain/evidence.ts';
import type { When } from '../../domain/timeline.ts';
import { overlaps } from '../../domain/span.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { houseDate } from '../text/dates.ts';
import { focusOf, isRepeat } from './extract.ts';
import { currentEvidence, isClassWord, regimen } from './medications.ts';
import { courseOf } from './summary-course.ts';
import { topicOf } from './summary-topic.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline, quoteUnit, sourceOf, wordCount } from './wording.ts';

const WORDS = 190;

/** A summary in at most five claims: of the topic that is named, along the notes, or who the patient is, what was found, done and given. */
export function draftSummary(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('summary') && !(question.asked.has('summaryCourse') && question.subjects.length === 0))
    return null;
  if (isOthers(context)) return null;
  const topic = topicOf(context);
  // Of something that the chart does not name there is nothing to sum up, least of all the rest of the chart.
  if (
    topic === null &&
    context.hits.some(({ clinical, matches, subject }) => clinical && subject.kind !== 'term' && matches.length === 0)
  )
    return null;
  const claims = topic === null ? wholeOf(context) : courseOf(topic, context);
  return claims.length === 0 ? null : { claims, finding: 'affirmed', rule: 'summary', confidence: 0.6 };
}

/** Relatives, and how results went, have drafters of their own. */
function isOthers({ question: { asked, subjects } }: DraftContext): boolean {
  const measured = subjects.filter(({ kind }) => kind === 'test' || kind === 'panel');
  return asked.has('family') || (asked.has('trend') && measured.length > 0 && measured.length === subjects.length);
}

/** The patient as a whole: an overview, or where the notes have no sections for one, the sentences that tell most. */
function wholeOf(context: DraftContext): DraftClaim[] {
  const claims = overview(context);
  if (claims.some(({ text }) => text.includes('"'))) return claims;
  const all = topicOf(context, true);
  const told = all === null ? [] : courseOf(all, context);
  return told.length > 0 ? told : claims;
}

function quotedClaim(unit: Unit, context: DraftContext, limit: number): DraftClaim {
  const { text, citation } = quoteUnit(unit, focusOf(unit, context), limit);
  return { text: `${sourceOf(unit)}: "${text}"`, citations: [citation], polarity: 'quoted' };
}

function overview(context: DraftContext): DraftClaim[] {
  const found = sectionClaim(context, /assess|impression|diagnos|problem/, 60);
  const claims = [
    openingClaim(context),
    knownClaim(context, found?.text ?? ''),
    found,
    takingClaim(context),
    // A section of both ("Impression / Plan") is told once.
    sectionClaim(context, /plan|recommend|disposition|follow/, 40, found?.citations),
  ];
  let words = 0;
  return claims.filter((claim): claim is DraftClaim => {
    if (claim === null) return false;
    words += wordCount(claim.text);
    return words <= WORDS;
  });
}

/** The sentence that introduces the patient: an age with "year-old" or the like, in the last note that has one. */
function openingClaim(context: DraftContext): DraftClaim | null {
  const opens = (unit: Unit): boolean =>
    /\b\d{1,3}[- ]?(years?[- ]old|y\/?o|yo\b|yr|[MF]\b)/i.test(unit.text) && unit.words.length >= 6;
  const unit =
    context.index.units.findLast(opens) ??
    context.index.units.find(
      ({ words, section }) => words.length >= 10 && /history|hpi|present|subjective/.test(section),
    );
  return unit === undefined ? null : quotedClaim(unit, context, 40);
}

/** What stands in the last note's sections of a kind and is not told yet, joined up to a number of words. */
function sectionClaim(
  context: DraftContext,
  sections: RegExp,
  limit: number,
  told: readonly Citation[] = [],
): DraftClaim | null {
  const isTold = ({ note, start, end }: Unit): boolean =>
    told.some((place) => place.kind === 'note' && place.noteId === note.note.id && overlaps(place, { start, end }));
  const inside = (unit: Unit): boolean =>
    sections.test(`${unit.section} ${unit.title}`) && unit.words.length >= 2 && !isTold(unit);
  const last = context.index.units.findLast(inside);
  if (last === undefined) return null;
  const chosen: Unit[] = [];
  let words = 0;
  for (const unit of context.index.units.filter(
    (candidate) => candidate.noteIndex === last.noteIndex && inside(candidate),
  )) {
    if (chosen.some((other) => isRepeat(other, unit))) continue;
    words += Math.min(24, wordCount(unit.text));
    if (words > limit) break;
    chosen.push(unit);
  }
  const quotes = chosen.map((unit) => quoteUnit(unit, [], 24));
  const [first, ...rest] = quotes.map(({ citation }) => citation);
  if (first === undefined) return null;
  return {
    text: `${sourceOf(last)}: ${quotes.map(({ text }) => `"${text}"`).join(' ')}`,
    citations: [first, ...rest],
    polarity: 'quoted',
  };
}

const PROBLEMS = 9;

/** The illnesses that most notes name and nothing told them yet, and the last procedures, with the dates that the text gives them. */
function knownClaim({ chart }: DraftContext, told: string): DraftClaim | null {
  const notes = ({ evidence }: { readonly evidence: readonly Citation[] }): number =>
    new Set(evidence.map((place) => (place.kind === 'note' ? place.noteId : ''))).size;
  const problems = chart.problems
    .filter(
      ({ kind, status, contextUncertain, display }) =>
        kind === 'condition' &&
        (status === 'active' || status === 'resolved') &&
        !contextUncertain &&
        !told.toLowerCase().includes(inline(display).toLowerCase()),
    )
    .toSorted((a, b) => notes(b) - notes(a))
    .slice(0, PROBLEMS);
  const done = chart.procedures.filter(({ status }) => status === 'done' || status === 'historical').slice(-4);
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

function takingClaim(context: DraftContext): DraftClaim | null {
  const active = context.chart.medications
    .filter((fact) => fact.status === 'active' && !isClassWord(fact, context))
    .slice(0, 9);
  const [first, ...rest] = active.flatMap((fact) => currentEvidence(fact).slice(0, 3));
  if (first === undefined) return null;
  return {
    text: `${capital('takes')} ${active.map(regimen).join(', ')}.`,
    citations: [first, ...rest],
    polarity: 'quoted',
  };
}
