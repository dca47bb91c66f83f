import valueRules from '../../rules/answering/1/values.json' with { type: 'json' };
import type { PartialDate } from '../../domain/ids.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { isDayFirst } from '../evidence/day-first.ts';
import { allMatchesOf } from '../evidence/subject-match.ts';
import type { Subject } from '../question/types.ts';
import type { WrittenDate } from '../text/dates.ts';
import { datesIn } from '../text/dates.ts';
import type { DraftContext } from './types.ts';
import type { ReadValue } from './value-grammar.ts';
import { dateBehind, formOf, readValues } from './value-grammar.ts';

/** A value that stands right behind its test's name: `INR 2.6`, `LDL 12/10 61`, `weight 94.1 kg -> 85.3 kg`. */
export interface StatedValue {
  readonly unit: Unit;
  readonly display: string;
  readonly value: string;
  /** Range of the note from the test's name to the value's end. */
  readonly start: number;
  readonly end: number;
  /** Where the value itself starts in the note. */
  readonly at: number;
  /** Where the text dates it; null for the note's own day. */
  readonly date: PartialDate | null;
  /** The text leaves the year to the reader. */
  readonly withoutYear: boolean;
  /** Told for comparison, of a day before the note that the text does not name. */
  readonly earlier: boolean;
  /** Told for comparison beside another value, with its day or without. */
  readonly compared: boolean;
  /** The highest or lowest of a course ("peak 8.4"), on a day up to its date. */
  readonly extreme: boolean;
}

const words = (list: readonly string[]): string =>
  [...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/ /g, '\\s+'))
    .join('|');
/** A name behind such words has a limit and no value: `goal INR 2-3`, `unless Hgb < 7`. */
const LIMIT_BEFORE = new RegExp(`(?<!\\p{L})(?:${words(valueRules.limitsBefore)})(?!\\p{L})[^.;,)|]{0,24}$`, 'iu');
const EARLIER_BEFORE = new RegExp(`(?<!\\p{L})(?:${words(valueRules.earlierBefore)})\\s*$`, 'iu');

/** `Peak ALT 112`: of some day of the course, not of the note's. */
const EXTREME_BEFORE = /(?<!\p{L})(?:peak|nadir|highest|lowest|maximum|minimum|max|min)\s*$/iu;

const EXTREME_BEHIND = /(?<!\p{L})(?:peak(?:ed|ing)?|nadir|max(?:imum)?|min(?:imum)?)(?!\p{L})[^\d;.]{0,12}$/iu;

/** Reads the values that directly follow a test's own names, in the order of the chart. */
export function statedValues(context: DraftContext, subject: Subject): StatedValue[] {
  const least = subject.kind === 'test' || subject.kind === 'panel' ? 0.8 : 0.95;
  const names = subject.forms.filter(({ weight }) => weight >= least);
  const dayFirst = isDayFirst(context.chart);
  const seen = new Set<string>();
  const ofLevel = subject.kind === 'medication' || /\blevels?\b/i.test(subject.words);
  return allMatchesOf(context.index, names).flatMap(({ unit, first, last }) => {
    const [start, end] = [unit.words[first]!.start, unit.words[last]!.end];
    if (ofLevel && isAmount(unit, end)) return levelBehind(unit, context, dayFirst, seen);
    // "CEA 2.1 (pre-op CEA 8.4)": both names lead to the same number.
    return valuesAfter(unit, start, end, dayFirst).filter(({ unit: { index }, at }) => {
      const key = `${index} ${at}`;
      return seen.has(key) ? false : (seen.add(key), true);
    });
  });
}

const LEVEL = /^\W*(?:levels?|troughs?|conc\w*)\b/i;

/** "On lamotrigine 100 mg BD. Level 3.4 (3/4).": the level of the only drug of the sentence before. */
function levelBehind(unit: Unit, { index }: DraftContext, isDayFirst: boolean, seen: Set<string>): StatedValue[] {
  const next = index.units[unit.index + 1];
  const drugs = unit.entities.filter(({ label }) => label === 'Medication');
  const match = next?.noteIndex === unit.noteIndex && drugs.length === 1 ? LEVEL.exec(next.text) : null;
  if (next === undefined || match === null || seen.has(`level ${next.index}`)) return [];
  seen.add(`level ${next.index}`);
  return valuesAfter(next, /\w/.exec(match[0])!.index, match[0].length, isDayFirst);
}

/** Whether what stands behind a drug's name is how much of it is given: "lamotrigine 150 bd", "150 [Dose]". */
function isAmount({ text, entities, start }: Unit, end: number): boolean {
  const amount = /^\s*(\d[\d.,]*)\s*(?:mg|mcg|g|units?)?\s*/i.exec(text.slice(end));
  if (amount === null) return false;
  const at = start + end + amount[0].indexOf(amount[1]!);
  const marked = entities.filter((entity) => entity.start <= at && at < entity.end).map(({ label }) => label);
  if (marked.includes('Value')) return false;
  return marked.includes('Dose') || TAKEN.test(text.slice(end + amount[0].length));
}

const TAKEN =
  /^(?:po|iv|sc|im|od|bd|bid|tds|tid|qid|qds|qd|daily|nocte|mane|qhs|hs|am|pm|q\d+h?|once|twice|weekly|wkly|prn|tabs?)\b/i;

function valuesAfter(unit: Unit, start: number, end: number, isDayFirst: boolean): StatedValue[] {
  const display = unit.text.slice(start, end);
  const ahead = unit.text.slice(0, start);
  if (LIMIT_BEFORE.test(ahead)) return [];
  const lead = leadingDate(unit, start);
  const isExtreme = EXTREME_BEFORE.test(ahead);
  const stated = (read: ReadValue): StatedValue => ({
    unit,
    display,
    value: read.value,
    start: unit.start + start,
    end: unit.start + end + read.end,
    at: unit.start + end + read.start,
    ...dayOf(read, lead, unit, isDayFirst),
    compared: read.earlier,
    extreme: read.date === null && (isExtreme || EXTREME_BEHIND.test(unit.text.slice(end, end + read.start))),
  });
  const isEarlier = EARLIER_BEFORE.test(ahead);
  const own = isExtreme ? onlyDate(unit) : null;
  const read = readValues(unit.text.slice(end), formOf(display, unit.text));
  const values = read.map((value) =>
    stated({ ...value, date: value.date ?? own, earlier: value.earlier || isEarlier }),
  );
  const from = end + Math.max(0, ...read.map((value) => value.end));
  const peak = PEAK.exec(unit.text.slice(from));
  if (peak === null || otherTest(unit, from, from + peak[0].length)) return values;
  const last = from + peak[0].length;
  const value = { value: peak[1]!, start: last - peak[1]!.length - end, end: last - end, date: null, earlier: false };
  return [...values, stated({ ...value, date: dateBehind(unit.text.slice(last))?.date ?? null })];
}

type Day = Pick<StatedValue, 'date' | 'withoutYear' | 'earlier'>;

/** A value told for comparison without its own date is of some day before that of its line. */
function dayOf(read: ReadValue, lead: WrittenDate | null, unit: Unit, isDayFirst: boolean): Day {
  const date = read.date ?? lead;
  return {
    date: date === null ? null : resolve(date, unit, isDayFirst),
    withoutYear: date?.year === null,
    earlier: read.earlier && read.date === null,
  };
}

/** The date of a sentence that names one alone. */
function onlyDate(unit: Unit): WrittenDate | null {
  const dates = datesIn(unit.text).filter(({ month, year }) => month !== null || year !== null);
  return dates.length === 1 ? dates[0]! : null;
}

/** A peak told behind the first values of the same test: `from 0.6 to 1.4, peaking at 1.9 on 12/3`. */
const PEAK = /^(?:[^.;]|\.\d){0,70}?\bpeak(?:ed|ing)?(?: at| of| was)? (\d+(?:[.,]\d+)*)/i;

/** Whether another test's name stands between, which the peak then belongs to. */
function otherTest(unit: Unit, from: number, to: number): boolean {
  return unit.entities.some(
    ({ label, start, end }) => label === 'Test' && start >= unit.start + from && end <= unit.start + to,
  );
}

const LEADING =
  /^(?:\W*(?:\d+[.)]\s*)?(?:[\w/&-]+\s+){0,2}(?:on|from|of|dated)?\s*[:(]?\s*|(?:[A-Z][A-Za-z ]{2,24}:\s*)?(?:in|on)\s+)$/i;

/** `Labs 2/16/24: Cr 1.2, eGFR 49`: the date that opens a line of results holds for all of it. */
function leadingDate(unit: Unit, before: number): WrittenDate | null {
  const date = datesIn(unit.text)[0];
  if (date === undefined || date.end > before || date.month === null) return null;
  return LEADING.test(unit.text.slice(0, date.start)) ? date : null;
}

/** Fills in the year that a date leaves out: the latest that is not after the note. */
function resolve(date: WrittenDate, unit: Unit, isDayFirst: boolean): PartialDate {
  const two = (n: number): string => String(n).padStart(2, '0');
  if (date.month === null) return String(date.year ?? unit.date.slice(0, 4));
  let [month, day] = [date.month, date.day];
  const numeric = day !== null && day <= 12 && isNumeric(date, unit);
  if (isDayFirst && numeric) [month, day] = [day!, month];
  const tail = `${two(month)}${day === null ? '' : `-${two(day)}`}`;
  if (date.year !== null) return `${date.year}-${tail}`;
  const same = `${unit.date.slice(0, 4)}-${tail}`;
  return same <= unit.date ? same : `${Number(unit.date.slice(0, 4)) - 1}-${tail}`;
}

/** `09/02`, which reads differently in Britain and in America. */
function isNumeric({ month, day, year }: WrittenDate, { text }: Unit): boolean {
  const tail = year === null ? '' : `[/.-](?:${year}|${String(year).slice(2)})`;
  return new RegExp(`(?<!\\d)0?${month}[/.-]0?${day}${tail}(?![\\d])`).test(text);
}
