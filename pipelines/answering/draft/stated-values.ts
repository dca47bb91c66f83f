import valueRules from '../../rules/answering/1/values.json' with { type: 'json' };
import type { Unit } from '../evidence/chart-index.ts';
import { isDayFirst } from '../evidence/day-first.ts';
import { allMatchesOf } from '../evidence/subject-match.ts';
import type { Subject } from '../question/types.ts';
import type { WrittenDate } from '../text/dates.ts';
import { datesIn } from '../text/dates.ts';
import type { StatedValue } from './stated-value.ts';
import { resolveDate } from './stated-value.ts';
import type { DraftContext } from './types.ts';
import type { ReadValue } from './value-grammar.ts';
import { impliedValues } from './implied-values.ts';
import { dateBehind, formOf, readValues } from './value-grammar.ts';

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
  const ofLevel = subject.kind === 'medication' || /\blevels?\b/i.test(`${subject.words} ${subject.key}`);
  const { corrected } = context.question;
  const named = allMatchesOf(context.index, names).flatMap(({ unit, first, last }) => {
    const [start, end] = [unit.words[first]!.start, unit.words[last]!.end];
    if (isOtherTest(unit.text.slice(0, start), corrected)) return [];
    if (ofLevel && isAmount(unit, end)) return levelBehind(unit, end, context, dayFirst, seen);
    const values = valuesAfter(unit, start, end, dayFirst);
    return ofLevel ? values.filter((value) => !isGivenAmount(value)) : values;
  });
  // "CEA 2.1 (pre-op CEA 8.4)": both names lead to the same number.
  return [...named, ...impliedValues(context, subject)].filter(({ unit: { index }, at }) => {
    const key = `${index} ${at}`;
    return seen.has(key) ? false : (seen.add(key), true);
  });
}

/** "MELD-Na 33" is no sodium, "urine calcium" none of the blood's, unless the question says so too. */
export function isOtherTest(before: string, question: string): boolean {
  if (/[\p{L}\d]-$/u.test(before)) return true;
  const specimen = SPECIMEN.exec(before)?.[1];
  return specimen !== undefined && !new RegExp(`\\b${specimen.slice(0, 4)}`, 'i').test(question);
}
const SPECIMEN =
  /\b(urin\w*|csf|pleural|ascit\w+|peritoneal|joint|synovial|fluid|stool|spot|24[- ]?h(?:ou)?r?s?)(?: (?:fluid|spot|24[- ]?h(?:ou)?r?s?))?[\s:]*$/i;

/** "Clozapine 275 nocte, level 12/9 470". */
const LEVEL_NEAR = /^[^.;\n]{0,30}?[,(;] ?((?:trough )?levels?)\b/i;
const LEVEL = /^\W*(?:levels?|troughs?|conc\w*)\b/i;

/** "On lamotrigine 100 mg BD. Level 3.4 (3/4).": the level of the only drug of the sentence before, or of its own. */
function levelBehind(
  unit: Unit,
  after: number,
  { index }: DraftContext,
  isDayFirst: boolean,
  seen: Set<string>,
): StatedValue[] {
  const own = LEVEL_NEAR.exec(unit.text.slice(after));
  if (own !== null) {
    const end = after + own[0].length;
    return valuesAfter(unit, end - own[1]!.length, end, isDayFirst);
  }
  const next = index.units[unit.index + 1];
  const drugs = unit.entities.filter(({ label }) => label === 'Medication');
  const match = next?.noteIndex === unit.noteIndex && drugs.length === 1 ? LEVEL.exec(next.text) : null;
  if (next === undefined || match === null || seen.has(`level ${next.index}`)) return [];
  seen.add(`level ${next.index}`);
  return valuesAfter(next, /\w/.exec(match[0])!.index, match[0].length, isDayFirst);
}

/** Whether what stands behind a drug's name is how much of it is given: "lamotrigine 150 bd", "150 [Dose]". */
function isAmount({ text, entities, start }: Unit, end: number): boolean {
  const amount = /^\s*(\d[\d.,]*)\s*(?:mg|mcg|g|units?)?(?!\/)\b\s*/i.exec(text.slice(end));
  if (amount === null || /^\s*\d[\d.,]*\s*[a-zµ]+\/(?:d?l|ml)\b/i.test(text.slice(end))) return false;
  const at = start + end + amount[0].indexOf(amount[1]!);
  const marked = entities.filter((entity) => entity.start <= at && at < entity.end).map(({ label }) => label);
  return (marked.includes('Dose') && !marked.includes('Value')) || TAKEN.test(text.slice(end + amount[0].length));
}

/** "Raised from 125 to 175 mg": what is given, although no unit stands behind the first number. */
function isGivenAmount({ unit, end }: StatedValue): boolean {
  return /^\s*(?:(?:to|-|->|→)\s*[\d.]+\s*)?(?:mg|mcg|micrograms?|g)\b(?!\/)/i.test(unit.text.slice(end - unit.start));
}

const TAKEN =
  /^(?:po|iv|sc|im|od|bd|bid|tds|tid|qid|qds|qd|daily|nocte|mane|qhs|hs|am|pm|q\d+h?|once|twice|weekly|wkly|prn|tabs?)\b/i;

function valuesAfter(unit: Unit, start: number, end: number, isDayFirst: boolean): StatedValue[] {
  const display = unit.text.slice(start, end);
  const ahead = unit.text.slice(0, start);
  if (LIMIT_BEFORE.test(ahead)) return [];
  const lead = leadingDate(unit, start);
  const told = RELATIVE.exec(unit.text.slice(end))?.[0] ?? '';
  const isExtreme = EXTREME_BEFORE.test(ahead);
  const stated = (read: ReadValue): StatedValue => ({
    unit,
    display: `${display}${told}`,
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
  const read = readValues(unit.text.slice(end + told.length), formOf(display, unit.text)).map((value) => ({
    ...value,
    start: value.start + told.length,
    end: value.end + told.length,
  }));
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

/** "TSH *last week* 3.2": when it was, in the note's words, which the answer keeps. */
const RELATIVE =
  /^\s+(?:(?:last|this|earlier this) (?:week|month|morning)|yesterday|overnight|this morning)(?=[\s:]+(?:was\s+)?[<>]?\d)/i;

type Day = Pick<StatedValue, 'date' | 'withoutYear' | 'earlier'>;

/** A value told for comparison without its own date is of some day before that of its line. */
function dayOf(read: ReadValue, lead: WrittenDate | null, unit: Unit, isDayFirst: boolean): Day {
  const date = read.date ?? lead;
  return {
    date: date === null ? null : resolveDate(date, unit, isDayFirst),
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
  /^(?:\W*(?:\d+[.)]\s*)?(?:[\w/&+-]+\s+){0,3}(?:on|from|of|dated)?\s*[:(]?\s*|(?:[A-Z][A-Za-z ]{2,24}:\s*)?(?:in|on)\s+)$/i;

/** `Labs 2/16/24: Cr 1.2, eGFR 49`: the date that opens a line of results holds for all of it. */
function leadingDate(unit: Unit, before: number): WrittenDate | null {
  const date = datesIn(unit.text)[0];
  if (date === undefined || date.end > before || date.month === null) return null;
  return LEADING.test(unit.text.slice(0, date.start)) ? date : null;
}
