import type { Conflict } from '#pipelines/domain/chart.ts';
import { daysBetween } from '../dates/partial-date.ts';
import { latest } from '../dates/when.ts';
import type { HabitMention, NoteReading } from '../reading/reading.ts';
import { conflictOf, sideOf } from './conflict.ts';

/** Within so many days nobody is taken to have both quit and not quit. */
const SAME_TIME_DAYS = 90;

/** Smoking told two ways: never against ever, or given up against going on at one time. */
export function smokingConflicts(readings: readonly NoteReading[]): Conflict[] {
  const mentions = readings
    .flatMap(({ habits }) => habits)
    .filter(({ habit, uncertain }) => habit === 'tobacco' && !uncertain);
  const of = (status: HabitMention['status']): HabitMention[] =>
    mentions.filter((mention) => mention.status === status);
  const [never, former, current] = [of('never').filter(({ lifelong }) => lifelong), of('former'), of('current')];
  const ever = [...former, ...current].find((mention) => never.some(({ note }) => note !== mention.note));
  const against = ever === undefined ? undefined : never.find(({ note }) => note !== ever.note);
  if (ever !== undefined && against !== undefined) return [conflictOf('smoking', ever, sideOf(against), sideOf(ever))];
  for (const quit of former) {
    const still = current.find((mention) => mention.note !== quit.note && contradicts(quit, mention));
    if (still !== undefined) return [conflictOf('smoking', still, sideOf(quit), sideOf(still))];
  }
  return [];
}

/** Smoking noted after the date of quitting, or both told within the same weeks. */
function contradicts(quit: HabitMention, still: HabitMention): boolean {
  const end = quit.when.anchor === 'note-date' ? null : latest(quit.when);
  if (still.noteDate >= quit.noteDate) return daysBetween(quit.noteDate, still.noteDate) <= SAME_TIME_DAYS;
  return end !== null && end < still.noteDate;
}
