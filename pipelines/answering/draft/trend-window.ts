import trendRules from '../../rules/answering/1/trends.json' with { type: 'json' };
import { eventsIn } from '../evidence/by-note.ts';
import { formsOf } from '../evidence/subject-match.ts';
import { isDayFirst } from '../evidence/day-first.ts';
import { datesIn } from '../text/dates.ts';
import { inWindow, isDated } from '../question/time-window.ts';
import type { Subject } from '../question/types.ts';
import { occasionDay } from './results-in-time.ts';
import type { DatedResult } from './results.ts';
import type { DraftContext } from './types.ts';

const MEASURES = trendRules.measures.map(({ asks, tests }) => ({ asks: new RegExp(asks, 'i'), tests }));
const OCCASIONS = trendRules.occasions.map(({ asks, told }) => ({
  asks: new RegExp(`\\b(?:before|after|since|following|around|post|pre)\\b[^,;?]{0,24}\\b(?:${asks})\\b`, 'i'),
  told: new RegExp(`\\b(?:${told})\\b`, 'gi'),
}));

/** What a course is asked of: tests and panels by name, and for an organ's function the tests that show it. */
export function courseSubjects({ question, terminology }: DraftContext): Subject[] {
  const named = [...question.subjects, ...question.context];
  const shown = MEASURES.flatMap(({ asks, tests }) => {
    const match = asks.exec(question.corrected);
    if (match === null) return [];
    const at = { start: match.index, end: match.index + match[0].length };
    return tests.map((name): Subject => ({
      ...{ words: name, ...at, kind: 'test', key: terminology.test(name)?.name ?? name, members: [], known: true },
      forms: formsOf([name, ...terminology.synonyms('Test', name)], 1),
    }));
  });
  const rest = named.filter(
    (subject) =>
      ['test', 'panel', 'term'].includes(subject.kind) &&
      !shown.some(({ start, end }) => subject.start < end && start < subject.end),
  );
  return [...shown, ...rest];
}

/** Results of the part of the course that is asked about, where it holds at least two; else all. */
export function partAsked(context: DraftContext, results: readonly DatedResult[]): readonly DatedResult[] {
  const { window, corrected } = context.question;
  const spans = [
    spanWithin(corrected),
    isDated(window) ? ({ date }: DatedResult): boolean => inWindow(window, date) : null,
    sideOfOccasion(context),
  ];
  for (const holds of spans) {
    const kept = holds === null ? [] : results.filter(holds);
    if (kept.length >= 2) return kept;
  }
  return results;
}

type Holds = (result: DatedResult) => boolean;

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'];
const PART =
  /\b(first|last|early|late|mid)(?:[- ](?:(\d{1,2}|[a-z]+) months|half|quarter|part|months))?(?: (?:of|in))? ((?:19|20)\d\d)\b/i;

/** "Over the first four months of 2023", "the last quarter of 2022", "in early 2024". */
function spanWithin(text: string): Holds | null {
  const match = PART.exec(text);
  if (match === null) return null;
  const [whole, end, count, year] = match as unknown as readonly [string, string, string | undefined, string];
  const named = count === undefined ? Number.NaN : Number(count) || NUMBERS.indexOf(count.toLowerCase()) + 1;
  const months = named > 0 ? named : /half/i.test(whole) ? 6 : /quarter/i.test(whole) ? 3 : 4;
  const isStart = /^(?:first|early)$/i.test(end);
  const [from, to] = /^mid$/i.test(end) ? [4, 9] : isStart ? [1, months] : [13 - months, 12];
  return ({ date }) => {
    const [own, month] = date.split('-').map(Number);
    return own === Number(year) && month !== undefined && month >= from! && month <= to!;
  };
}

/** "After the caesar", "since the op": results on that side of the day; with the last one before for "since". */
function sideOfOccasion(context: DraftContext): Holds | null {
  const { order, corrected } = context.question;
  if (order !== 'before' && order !== 'after') return null;
  const day = dayTold(context) ?? (context.contextHits.length === 0 ? null : occasionDay(context));
  if (day === null) return null;
  return ({ date }) =>
    (order === 'before' ? date < day : date >= day) || (/\bsince\b/i.test(corrected) && date === day);
}

/** The day of an event that notes name otherwise than the question ("LSCS" for "the caesar"): the latest that a note states. */
function dayTold({ question, index, chart }: DraftContext): string | null {
  const occasion = OCCASIONS.find(({ asks }) => asks.test(question.corrected));
  if (occasion === undefined) return null;
  const dayFirst = isDayFirst(chart);
  const told = index.units.flatMap((unit) =>
    [...unit.text.matchAll(occasion.told)].flatMap((match): ToldDay[] => {
      const [start, end] = [unit.start + match.index, unit.start + match.index + match[0].length];
      const entity = unit.entities.find((candidate) => candidate.start < end && start < candidate.end);
      if (entity !== undefined && entity.flags.length > 0) return [];
      const written = dayWritten(unit.text, match.index, dayFirst);
      if (written !== null) return [{ day: written, isStated: true }];
      if (entity?.label !== 'Procedure') return [];
      const event = eventsIn(chart, unit.note.note.id).find(({ entity: id }) => id === entity.id);
      const day = event?.when.start ?? '';
      return day.length < 10 ? [] : [{ day, isStated: event!.when.anchor === 'stated' }];
    }),
  );
  const days = (list: readonly ToldDay[]): string[] => list.map(({ day }) => day).toSorted();
  return days(told.filter(({ isStated }) => isStated)).at(-1) ?? days(told)[0] ?? null;
}

interface ToldDay {
  readonly day: string;
  /** Written beside the event, and not only the day of its note. */
  readonly isStated: boolean;
}

/** `Birth: 09/09/2023 0312h`, `LSCS on 9 Sept 2023`: a whole date within a few words of a place in a sentence. */
function dayWritten(text: string, at: number, dayFirst: boolean): string | null {
  const two = (n: number): string => String(n).padStart(2, '0');
  if (/\bof\s+$/i.test(text.slice(0, at))) return null;
  for (const { start, end, year, month, day } of datesIn(text, dayFirst)) {
    const gap = start > at ? start - at : at - end;
    if (year !== null && month !== null && day !== null && gap < 32) return `${year}-${two(month)}-${two(day)}`;
  }
  return null;
}
