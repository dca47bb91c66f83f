import type { ResultFact } from '../../domain/chart.ts';
import type { NoteCitation } from '../../domain/evidence.ts';
import { citeNote } from '../../domain/evidence.ts';
import { overlaps } from '../../domain/span.ts';
import type { IsoDate, PartialDate } from '../../domain/ids.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { SubjectHits } from '../evidence/rank-units.ts';
import { inWindow, isDated, placeFits } from '../question/time-window.ts';
import type { Subject } from '../question/types.ts';
import { stemsOf } from '../text/words.ts';
import type { StatedValue } from './stated-values.ts';
import { statedValues } from './stated-values.ts';
import type { DraftContext } from './types.ts';

/** A result with its day (the note's day where the text gives none) and the sentence it stands in. */
export interface DatedResult {
  readonly display: string;
  /** Verbatim, with its unit where one is known. */
  readonly value: string;
  readonly numbers: readonly number[];
  /** Canonical name of the test. */
  readonly test: string;
  readonly date: PartialDate;
  readonly noteDate: IsoDate;
  readonly unit: Unit | null;
  readonly citation: NoteCitation;
}

/** Every value of a test that the timeline or the text beside its name gives, for extremes. */
export function allResultsFor(context: DraftContext, subject: Subject): DatedResult[] {
  const known = resultsFor(context, subject);
  const facts = context.chart.results
    .filter((fact) => isTest(subject, fact))
    .map((fact) => ofFact(fact, context))
    .filter(({ value }) => !isDose(value, subject) && !GOAL.test(value))
    .filter(({ numbers }) => !known.some((other) => other.numbers[0] === numbers[0]));
  return [...known, ...facts].sort(order);
}

const GOAL = /^(below|above|under|over|less than|more than|greater than|at least|goal|target)\b/i;

/**
 * Results of a test, oldest first: values that stand right behind its name, and facts of the timeline for sentences
 * without such a value. Names are compared by canonical key, then by the ways the test is written.
 */
export function resultsFor(context: DraftContext, subject: Subject): DatedResult[] {
  const known = resultCache.get(context)?.get(subject);
  if (known !== undefined) return known;
  const stated = statedValues(context, subject)
    .filter(({ value }) => !isDose(value, subject))
    .map((value) => ofText(value, subject, context));
  const units = new Set(stated.map(({ unit }) => unit?.index));
  // A value linked across a sentence is trusted only where the note states none beside the test's name.
  const notes = new Set(stated.map(({ unit }) => unit?.noteIndex));
  const facts = context.chart.results
    .filter((fact) => isTest(subject, fact))
    .map((fact) => ofFact(fact, context))
    .filter(({ value }) => !isDose(value, subject))
    .filter(({ unit, value }) => (unit === null || !units.has(unit.index)) && !GOAL.test(value))
    .filter(({ unit }) => unit === null || !notes.has(unit.noteIndex));
  const results = [...stated, ...facts].sort(order);
  const bySubject = resultCache.get(context) ?? new Map<Subject, DatedResult[]>();
  resultCache.set(context, bySubject.set(subject, results));
  return results;
}

/** A drug's level is no amount given: `71 ng/mL`, never `10 mg`. */
function isDose(value: string, subject: Subject): boolean {
  return (
    (/level/i.test(subject.words) || subject.kind === 'medication') && /\d\s?(mg|mcg|g|units?)$/i.test(value.trim())
  );
}

const resultCache = new WeakMap<DraftContext, Map<Subject, DatedResult[]>>();

function order(a: DatedResult, b: DatedResult): number {
  if (!a.date.startsWith(b.date) && !b.date.startsWith(a.date)) return a.date < b.date ? -1 : 1;
  return (
    (a.unit?.index ?? 0) - (b.unit?.index ?? 0) ||
    a.citation.start - b.citation.start ||
    a.citation.end - b.citation.end
  );
}

function ofFact(fact: ResultFact, { index }: DraftContext): DatedResult {
  const citation = fact.evidence[0];
  const noteIndex = index.noteIndexOf.get(citation.noteId) ?? 0;
  const noteDate = index.chart.notes[noteIndex]?.note.date ?? fact.lastAsserted;
  const suffix = fact.unit !== null && !fact.value.includes(fact.unit) ? ` ${fact.unit}` : '';
  const { display, numbers, test } = fact;
  const unit = index.unitOf(noteIndex, citation.start);
  return {
    display,
    value: `${fact.value}${suffix}`,
    numbers,
    test,
    date: fact.when.start ?? noteDate,
    noteDate,
    unit,
    citation,
  };
}

function ofText(
  { unit, display, value, start, end, date }: StatedValue,
  subject: Subject,
  { chart }: DraftContext,
): DatedResult {
  const citation = citeNote(unit.note.note, { start, end });
  const numbers = [...value.replace(/,(?=\d{3})/g, '').matchAll(/\d+(?:\.\d+)?/g)].map((match) => Number(match[0]));
  // The timeline may know the day of a value that its sentence does not date ("INR 4.4 on arrival" of a discharge summary).
  const fact = chart.results.find(
    ({ evidence, numbers: known, when }) =>
      when.start !== null &&
      (when.anchor !== 'note-date' || when.start < unit.date) &&
      known[0] === numbers[0] &&
      evidence.some((place) => place.noteId === citation.noteId && overlaps(place, citation)),
  );
  const day = date ?? fact?.when.start ?? unit.date;
  return { display, value, numbers, test: subject.key, date: day, noteDate: unit.date, unit, citation };
}

/** Whether a result is of the test that a subject names. */
export function isTest(subject: Subject, fact: Pick<ResultFact, 'test' | 'concept' | 'display'>): boolean {
  if (fact.test === subject.key || fact.concept === subject.key) return true;
  if (subject.members.includes(fact.test)) return true;
  const names = [stemsOf(fact.display).join(' '), stemsOf(fact.test).join(' ')];
  return subject.forms.some(({ stems, weight }) => {
    const form = stems.join(' ');
    if (names.includes(form)) return true;
    return weight === 1 && form.length >= 3 && names.some((name) => ` ${name} `.includes(` ${form} `));
  });
}

/** Keeps what the question's window, place and occasion point at; everything where they point at nothing. */
export function atTime(context: DraftContext, results: readonly DatedResult[]): DatedResult[] {
  const { window } = context.question;
  let kept = [...results];
  if (isDated(window)) {
    const exact = kept.filter(({ date }) => inWindow(window, date));
    kept = exact.length > 0 ? exact : kept.filter(({ noteDate }) => inWindow(window, noteDate));
  }
  if (window.places.length > 0) {
    const there = kept.filter(({ unit }) => unit !== null && placeFits(window.places, unit.note.note.type));
    if (there.length > 0) kept = there;
  }
  const ordered = byOccasionDate(context, kept);
  return ordered ?? nearestOccasion(context, kept);
}

/** Results before or after the day of the occasion, nearest last or first; null where that day is not known. */
function byOccasionDate(context: DraftContext, results: readonly DatedResult[]): DatedResult[] | null {
  const { order } = context.question;
  if (order === null || order === 'during' || context.contextHits.length === 0) return null;
  const day = occasionDay(context);
  if (day === null) return null;
  const kept = results.filter(({ date }) => (order === 'before' ? date < day : date >= day));
  if (kept.length === 0) return null;
  return order === 'before' ? kept.toReversed() : kept;
}

/** First day that the timeline gives what the question's occasion names, planned and family mentions left out. */
export function occasionDay({ chart, contextHits }: DraftContext): IsoDate | null {
  const days: string[] = [];
  for (const { matches } of contextHits) {
    for (const { unit, first } of matches) {
      const at = unit.start + unit.words[first]!.start;
      const entity = unit.entities.find((candidate) => candidate.start <= at && at < candidate.end);
      if (entity === undefined || entity.flags.some((flag) => flag !== 'hist')) continue;
      const event = chart.events.find(({ note, entity: id }) => note === unit.note.note.id && id === entity.id);
      if (event?.when.start != null) days.push(event.when.start);
    }
  }
  return days.sort()[0] ?? null;
}

function nearestOccasion(context: DraftContext, results: DatedResult[]): DatedResult[] {
  const scored = results.map((result) => ({ result, score: occasionScore(result.unit, context.contextHits) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 ? results : scored.filter(({ score }) => score >= best - 0.05).map(({ result }) => result);
}

/** How much of the question's occasion ("when he came in with the bleed") stands beside a sentence; 0 to 1. */
export function occasionScore(unit: Unit | null, hits: readonly SubjectHits[]): number {
  if (unit === null || hits.length === 0) return 0;
  let total = 0;
  let found = 0;
  for (const { byUnit, matches, weight } of hits) {
    total += weight;
    if (byUnit.has(unit.index)) found += weight;
    else if (
      matches.some((match) => match.unit.noteIndex === unit.noteIndex && Math.abs(match.unit.index - unit.index) <= 2)
    )
      found += 0.8 * weight;
    else if (matches.some((match) => match.unit.noteIndex === unit.noteIndex)) found += 0.5 * weight;
  }
  return found / total;
}
