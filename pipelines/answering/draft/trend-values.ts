import trendRules from '../../rules/answering/1/trends.json' with { type: 'json' };
import { citeNote } from '../../domain/evidence.ts';
import type { PartialDate } from '../../domain/ids.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { formsOf, matchesOf } from '../evidence/subject-match.ts';
import type { Subject } from '../question/types.ts';
import type { WrittenDate } from '../text/dates.ts';
import type { DatedResult } from './results.ts';
import { resultsFor, sizesOf } from './results.ts';
import type { DraftContext } from './types.ts';
import { dateAt, dateBehind } from './value-grammar.ts';

const SPECIMEN = new RegExp(`\\b(?:${trendRules.specimens})\\W+(?:\\w+\\W+)?$`, 'i');
const ASKED_SPECIMEN = new RegExp(`\\b(?:${trendRules.specimens})\\b`, 'i');
const NARROW: ReadonlySet<string> = new Set(trendRules.narrow);
/** How many times larger or smaller than the middle value of a narrow test is no value of it. */
const MANYFOLD = 5;
const HEAD = new RegExp(`^([A-Z][A-Z0-9]{1,4})\\s+(?:(${trendRules.heads.narrow})|(?:${trendRules.heads.wide}))$`, 'i');
/** Values of an interval differ by less than this in one patient: a pulse rate of 88 is no PR of 190. */
const NEAR = 1.7;
const LEAST_LOAD = 20;
const UNDETECTED = new RegExp(
  `^(?:\\s+(?:pcr|plasma|serum|blood|urine|vl|viral load))?[\\s:=]{1,3}(${trendRules.undetected})`,
  'i',
);

/**
 * Values of a test for a course: those that the chart gives by name, those behind the bare name (`PR 168` of the PR interval) and
 * behind a pronoun ("It was 1.3 through January"), each with the day that stands behind it; oldest first, without those of another
 * specimen.
 */
export function courseOf(context: DraftContext, subject: Subject): DatedResult[] {
  const known = resultsFor(context, subject);
  const more = [...bareValues(context, subject, known), ...saidAgain(context, subject)].filter(
    ({ at, citation }) => !known.some((other) => other.at === at && other.citation.noteId === citation.noteId),
  );
  const all = [...known, ...more].map(withDayBehind).filter((result) => isOfSpecimen(result, context));
  return withoutOutliers(subject, all).sort(byDay);
}

function byDay(a: DatedResult, b: DatedResult): number {
  if (!a.date.startsWith(b.date) && !b.date.startsWith(a.date)) return a.date < b.date ? -1 : 1;
  if (a.earlier !== b.earlier) return a.earlier ? -1 : 1;
  return (a.unit?.index ?? 0) - (b.unit?.index ?? 0) || a.at - b.at;
}

/** "24 hour urine calcium of 340" is no calcium of the blood. */
function isOfSpecimen({ unit, citation, at }: DatedResult, { question }: DraftContext): boolean {
  if (unit === null || ASKED_SPECIMEN.test(question.corrected)) return true;
  const name = Math.min(Math.max(citation.start, unit.start), at);
  return !SPECIMEN.test(unit.note.note.text.slice(Math.max(unit.start, name - 30), name));
}

function withoutOutliers(subject: Subject, results: readonly DatedResult[]): DatedResult[] {
  const sizes = sizesOf(results);
  const numeric = sizes.filter((size) => size > 0).toSorted((a, b) => a - b);
  const middle = numeric[Math.floor(numeric.length / 2)];
  if (!NARROW.has(subject.key) || middle === undefined || numeric.length < 3) return [...results];
  return results.filter((_, i) => {
    const size = sizes[i]!;
    return !(size > 0) || (size < middle * MANYFOLD && size > middle / MANYFOLD);
  });
}

/** Values behind the head of a name whose tail notes leave out, where they are of its size. */
function bareValues(context: DraftContext, subject: Subject, known: readonly DatedResult[]): DatedResult[] {
  const parts = HEAD.exec(subject.words);
  if (parts === null) return [];
  const forms = formsOf([parts[1]!], 1);
  const bare: Subject = { ...subject, words: parts[1]!, forms };
  const found = resultsFor(context, bare).map((result) => ({ ...result, test: subject.key }));
  const sizes = known.flatMap(({ numbers }) => numbers.slice(0, 1));
  if (parts[2] === undefined)
    return [...found.filter(({ numbers }) => numbers[0]! >= LEAST_LOAD), ...undetected(context, bare)];
  return found.filter(({ numbers: [size] }) => sizes.some((other) => size! < other * NEAR && size! > other / NEAR));
}

/** `BK ND`, `CMV PCR not detected`. */
function undetected(context: DraftContext, bare: Subject): DatedResult[] {
  return matchesOf(context.index, bare.forms).flatMap(({ unit, first, last }) => {
    const [start, end] = [unit.start + unit.words[first]!.start, unit.words[last]!.end];
    const match = UNDETECTED.exec(unit.text.slice(end));
    if (match === null) return [];
    const stop = unit.start + end + match[0].length;
    return [resultAt(unit, match[1]!, { start, at: stop - match[1]!.length, end: stop }, bare, unit.date)];
  });
}

function resultAt(
  unit: Unit,
  value: string,
  { start, at, end }: { readonly start: number; readonly at: number; readonly end: number },
  subject: Subject,
  date: PartialDate,
): DatedResult {
  const number = Number.parseFloat(value);
  return {
    display: subject.words,
    value,
    numbers: Number.isNaN(number) ? [] : [number],
    quantity: null,
    test: subject.key,
    date,
    noteDate: unit.date,
    unit,
    citation: citeNote(unit.note.note, { start, end }),
    at,
    earlier: false,
    compared: false,
    extreme: false,
    datedBy: null,
  };
}

const PRONOUN =
  /^\W*(?:(?:however|but|and|now|then|since then|since|initially|previously),?\s+)?(?:it|this|that)\s+(?:was|is|has been|had been|rose|fell|went|climbed|dropped|came)\b/i;
const DATED_NUMBER =
  /(?<![\d/.,])(\d+(?:\.\d+)?)\s?%?\s+(?:(?:in|on|through|by|until|as of|back in|at the end of|early|late)\s+){0,2}/gi;

/** "… for a rise in creatinine. It was 1.3 through January, 1.5 on March 20th and is 1.9 today." */
function saidAgain({ index }: DraftContext, subject: Subject): DatedResult[] {
  return matchesOf(
    index,
    subject.forms.filter(({ weight }) => weight >= 0.95),
  ).flatMap(({ unit: before, last, first }) => {
    const unit = index.units[before.index + 1];
    const name = before.start + before.words[last]!.end;
    const isLast = before.entities.every(({ label, start }) => label !== 'Test' || start < name);
    if (unit === undefined || unit.noteIndex !== before.noteIndex || !isLast) return [];
    const said = PRONOUN.exec(unit.text);
    if (said === null) return [];
    const other = unit.entities.find(({ label }) => label === 'Test');
    const rest = unit.text.slice(0, other === undefined ? undefined : other.start - unit.start);
    const words = before.text.slice(before.words[first]!.start, before.words[last]!.end);
    return [...rest.matchAll(DATED_NUMBER)].flatMap((match) => {
      const date = dayBehind(rest.slice(match.index + match[0].length), unit);
      const at = unit.start + match.index;
      const place = { start: unit.start, at, end: at + match[1]!.length };
      return date === null || match.index < said[0].length
        ? []
        : [resultAt(unit, match[1]!, place, { ...subject, words }, date)];
    });
  });
}

function dayBehind(text: string, unit: Unit): PartialDate | null {
  if (/^(?:today|now|this (?:morning|visit))\b/i.test(text)) return unit.date;
  const date = dateAt(text) ?? dateBehind(` ${text}`)?.date ?? null;
  return date === null ? null : resolved(date, unit);
}

/** A date as the latest that is not after the note, where it leaves out its year. */
function resolved({ year, month, day }: WrittenDate, unit: Unit): PartialDate {
  const two = (n: number): string => String(n).padStart(2, '0');
  const tail = month === null ? '' : `-${two(month)}${day === null ? '' : `-${two(day)}`}`;
  if (year !== null) return `${year}${tail}`;
  const same = `${unit.date.slice(0, 4)}${tail}`;
  return same <= unit.date ? same : `${Number(unit.date.slice(0, 4)) - 1}${tail}`;
}

const NUMBER = /^[<>≤≥~]?\s?\d+(?:[.,]\d+)*(?:\s?%)?/;
const BEHIND = /^[\s,;(]*(?:(?:echo(?:cardiogram)?|tte|mri|ct|scan|dexa|on|in|from|of|dated)\s+){0,2}/i;

/** `EF 34%, echo June 2021`, `38,600 Dec 2022`: a month and year right behind a value that has no day of its own. */
function withDayBehind(result: DatedResult): DatedResult {
  const { unit, at, date, noteDate, earlier } = result;
  if (unit === null || (date !== noteDate && !earlier)) return result;
  const text = unit.note.note.text.slice(at, unit.end);
  const from = NUMBER.exec(text)?.[0].length ?? 0;
  const tail = text.slice(from);
  const skip = BEHIND.exec(tail)![0].length;
  const behind = from === 0 ? null : dateAt(tail.slice(skip));
  if (
    behind === null ||
    behind.year === null ||
    behind.month === null ||
    !/[A-Za-z]/.test(tail.slice(0, skip + behind.end))
  )
    return result;
  if (/^\s*:?\s?\d/.test(tail.slice(skip + behind.end))) return result;
  const day = resolved(behind, unit);
  return day > noteDate ? result : { ...result, date: day, earlier: false, extreme: false };
}
