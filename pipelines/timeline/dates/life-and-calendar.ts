import type { When } from '#pipelines/domain/timeline.ts';
import { WORDS } from '../words.ts';
import { nearest, season } from './absolute.ts';
import { addDays, daysBetween, weekdayOf } from './partial-date.ts';
import type { TimeContext } from './time-context.ts';
import { at, between } from './when.ts';

const STAGES: Readonly<Record<string, readonly number[]>> = WORDS.time.lifeStages;
const FIXED_DAYS: Readonly<Record<string, readonly number[]>> = WORDS.time.fixedDays;
/** A patient younger than so many days has days of life. */
const NEWBORN_DAYS = 60;

/** At an age of the patient: two calendar years hold it. */
export function atAge(age: number, { birthDate, family }: TimeContext): When | null {
  if (birthDate === null || family) return null;
  const year = Number(birthDate.slice(0, 4)) + age;
  return between(String(year), String(year + 1), 'relative');
}

/** In a decade of life ("in her 30s"), or of the century ("in the 70s"). */
export function decadeOfLife(age: number, words: string, { birthDate, family }: TimeContext): When | null {
  if (/\bthe (?:early |mid |late )?\d0'?s$/.test(words) && age >= 40)
    return between(String(1900 + age), String(1909 + age), 'stated');
  if (birthDate === null || family || age === 0) return null;
  const year = Number(birthDate.slice(0, 4)) + age;
  return between(String(year), String(year + 10), 'relative');
}

/** In childhood, as a teenager, at birth. */
export function stageOfLife(bare: string, context: TimeContext): When | null {
  const stage = STAGES[bare.replace(/^(?:as|his|her|their|my) /, '').replace(/^(?:his|her|their|early|late) /, '')];
  if (stage === undefined || context.birthDate === null || context.family) return null;
  const year = Number(context.birthDate.slice(0, 4));
  return between(String(year + stage[0]!), String(year + stage[1]!), 'relative');
}

/** The latest such season that has ended by the note. */
export function lastSeason(name: string, context: TimeContext): When {
  const year = Number(context.noteDate.slice(0, 4));
  const options = [year, year - 1, year - 2].map((y) => season(name, y));
  const past = options.find((when) => `${when.start!}-01` <= context.noteDate && `${when.end!}-01` <= context.noteDate);
  return { ...(past ?? options[1]!), anchor: 'relative' };
}

/** The latest such day up to the note, or the next one where it is planned. */
export function weekday(day: number, context: TimeContext): When {
  const today = weekdayOf(context.noteDate);
  const behind = (today - day + 7) % 7;
  const shift = context.planned ? (behind === 0 ? 7 : 7 - behind) : -behind;
  return at(addDays(context.noteDate, shift), 'relative');
}

/** A day that returns each year ("since Christmas"). */
export function fixedDay(name: string, context: TimeContext): When | null {
  const [month, day] = FIXED_DAYS[name]! as [number, number];
  const date = nearest(month, day, context);
  return date === null ? null : at(date, 'relative');
}

/** Day of life of a newborn, the day of birth being the first. */
export function dayOfLife(day: number, { birthDate, noteDate }: TimeContext): When | null {
  if (birthDate === null || daysBetween(birthDate, noteDate) > NEWBORN_DAYS) return null;
  return at(addDays(birthDate, Math.max(0, day - 1)), 'relative');
}
