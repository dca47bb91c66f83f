import type { ResultFact } from '../../domain/chart.ts';
import type { IsoDate, PartialDate } from '../../domain/ids.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { SubjectHits } from '../evidence/rank-units.ts';
import { inWindow, isDated, placeFits } from '../question/time-window.ts';
import type { Subject } from '../question/types.ts';
import { stemsOf } from '../text/words.ts';
import type { DraftContext } from './types.ts';

/** A result with its day (the note's day where the text gives none) and the sentence it stands in. */
export interface DatedResult {
  readonly fact: ResultFact;
  readonly date: PartialDate;
  readonly noteDate: IsoDate;
  readonly unit: Unit | null;
}

/** Results of a test, oldest first. Names are compared by canonical key, then by the ways the test is written. */
export function resultsFor(context: DraftContext, subject: Subject): DatedResult[] {
  return context.chart.results
    .filter((fact) => isTest(subject, fact))
    .map((fact) => dated(fact, context))
    .sort((a, b) => order(a, b));
}

function order(a: DatedResult, b: DatedResult): number {
  if (a.date.slice(0, 10) !== b.date.slice(0, 10) && !a.date.startsWith(b.date) && !b.date.startsWith(a.date))
    return a.date < b.date ? -1 : 1;
  return (a.unit?.index ?? 0) - (b.unit?.index ?? 0) || a.fact.evidence[0].start - b.fact.evidence[0].start;
}

function dated(fact: ResultFact, { index }: DraftContext): DatedResult {
  const citation = fact.evidence[0];
  const noteIndex = index.noteIndexOf.get(citation.noteId) ?? 0;
  const noteDate = index.chart.notes[noteIndex]?.note.date ?? fact.lastAsserted;
  return { fact, date: fact.when.start ?? noteDate, noteDate, unit: index.unitOf(noteIndex, citation.start) };
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
  return nearestOccasion(context, kept);
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
