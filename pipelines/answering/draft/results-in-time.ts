import { eventsIn } from '../evidence/by-note.ts';
import type { IsoDate } from '../../domain/ids.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { SubjectHits } from '../evidence/rank-units.ts';
import { inWindow, isDated, placeFits } from '../question/time-window.ts';
import type { DatedResult } from './results.ts';
import type { DraftContext } from './types.ts';

/** Keeps results of the days that a question names, else of notes of those days. */
export function inTime({ question }: DraftContext, results: readonly DatedResult[]): DatedResult[] {
  const { window } = question;
  if (!isDated(window)) return [...results];
  const exact = results.filter(({ date, earlier }) => !earlier && inWindow(window, date));
  return exact.length > 0 ? exact : results.filter(({ noteDate }) => inWindow(window, noteDate));
}

/** Keeps what the question's window, place and occasion point at; everything where they point at nothing. */
export function atTime(context: DraftContext, results: readonly DatedResult[]): DatedResult[] {
  const { window, asked } = context.question;
  let kept = inTime(context, results);
  // "The first admission" is no type of note.
  const isFirst = asked.has('first') && window.places.every((place) => place === 'admission');
  if (window.places.length > 0 && !isFirst) {
    const there = kept.filter(({ unit }) => unit !== null && placeFits(window.places, unit.note.note.type));
    if (there.length > 0) kept = there;
  }
  const ordered = byOccasionDate(context, kept);
  return ordered ?? nearestOccasion(context, kept);
}

/** Results of the days asked, on the asked side of the occasion where its day is known: what an extreme is sought among. */
export function duringOccasion(context: DraftContext, results: readonly DatedResult[]): DatedResult[] {
  const kept = inTime(context, results);
  return byOccasionDate(context, kept) ?? kept;
}

/** Results before or after the day of the occasion; null where that day is not known. */
function byOccasionDate(context: DraftContext, results: readonly DatedResult[]): DatedResult[] | null {
  const { order } = context.question;
  if (order === null || order === 'during' || context.contextHits.length === 0) return null;
  const day = occasionDay(context);
  if (day === null) return null;
  const kept = results.filter(({ date }) => (order === 'before' ? date < day : date >= day));
  return kept.length === 0 ? null : kept;
}

/** First day that the timeline gives what the question's occasion names, planned and family mentions left out. */
export function occasionDay({ chart, contextHits }: DraftContext): IsoDate | null {
  const days: string[] = [];
  for (const { matches } of contextHits) {
    for (const { unit, first } of matches) {
      const at = unit.start + unit.words[first]!.start;
      const entity = unit.entities.find((candidate) => candidate.start <= at && at < candidate.end);
      if (entity === undefined || entity.flags.some((flag) => flag !== 'hist')) continue;
      const event = eventsIn(chart, unit.note.note.id).find(({ entity: id }) => id === entity.id);
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
