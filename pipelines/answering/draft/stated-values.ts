import type { PartialDate } from '../../domain/ids.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { matchesOf } from '../evidence/subject-match.ts';
import type { Subject } from '../question/types.ts';
import type { WrittenDate } from '../text/dates.ts';
import { datesIn } from '../text/dates.ts';
import type { DraftContext } from './types.ts';

/** A value that stands right behind its test's name: `INR 2.6`, `LDL 12/10 61`, `weight 94.1 kg -> 85.3 kg`. */
export interface StatedValue {
  readonly unit: Unit;
  readonly display: string;
  readonly value: string;
  /** Range of the note from the test's name to the value's end. */
  readonly start: number;
  readonly end: number;
  /** Where the text dates it; null for the note's own day. */
  readonly date: PartialDate | null;
}

const JOIN =
  /^(?:\s*\((?![^)]*\d)[^)]{0,24}\))?(?:\s|[:=,–-]|\b(?:levels?|results?|counts?|total|today|now|was|is|of|at|on|were|are|remains?|remained|stable|down|up|to|improved|still|only|about|approximately|measured|came|back|returned|fell|rose|dropped|peaked|around|titer|titre|score|scan|sitting|standing|repeat|initial)\b)*/i;
const NUMBER =
  /^[<>≤≥~]?\s?-?\d+(?:[.,:]\d+)*(?:\s?(?:[-–/]|to)\s?\d+(?:[.,]\d+)*)*\s?(?:%|(?:m[cm]?g|µg|ug|ng|pg|g|kg|lbs?|cm|mm|mmHg|bpm|mEq|mmol|µmol|umol|nmol|pmol|U|IU|mIU|units?|K|seconds?|sec|mL|L|ml|msec|ms)(?:\/(?:[a-zA-Z0-9.]+(?:\/1\.73\s?m2)?))?\b)?/;
/** The time of a sample before its value: `INR 2240: 1.6`, `K 14:30 - 5.4`. */
const CLOCK = /^(?:at\s+)?(?:[01]\d|2[0-3]):?[0-5]\d\s?(?:h|hrs?|hours)?\s*[:=–-]\s*(?=[<>]?\s?\d)/i;
const ARROW = /^\s*(?:->|→|-->|then|, then|to)\s*/;

/** Reads the values that directly follow a test's own names, in the order of the chart. */
export function statedValues(context: DraftContext, subject: Subject): StatedValue[] {
  const least = subject.kind === 'test' || subject.kind === 'panel' ? 0.8 : 0.95;
  const names = subject.forms.filter(({ weight }) => weight >= least);
  return matchesOf(context.index, names).flatMap(({ unit, first, last }) => {
    const [start, end] = [unit.words[first]!.start, unit.words[last]!.end];
    return valuesAfter(unit, start, end);
  });
}

function valuesAfter(unit: Unit, start: number, end: number): StatedValue[] {
  const display = unit.text.slice(start, end);
  let at = end + JOIN.exec(unit.text.slice(end))![0].length;
  const lead = leadingDate(unit, start);
  const before = dateAt(unit.text.slice(at));
  if (before !== null) at += before.end + /^[\s:=,]*/.exec(unit.text.slice(at + before.end))![0].length;
  at += CLOCK.exec(unit.text.slice(at))?.[0].length ?? 0;
  const values: StatedValue[] = [];
  for (let step = 0; step < 5; step++) {
    const rest = unit.text.slice(at);
    const value = NUMBER.exec(rest)?.[0].trimEnd();
    if (
      value === undefined ||
      dateAt(rest) !== null ||
      /^\s?(?:years?|yrs?|weeks?|days?|months?|y\/?o)\b/i.test(rest.slice(value.length))
    )
      break;
    const date = before ?? dateAfter(rest.slice(value.length)) ?? lead;
    values.push({
      unit,
      display,
      value,
      start: unit.start + start,
      end: unit.start + at + value.length,
      date: date === null ? null : resolve(date, unit.date),
    });
    const arrow = ARROW.exec(rest.slice(value.length));
    if (arrow === null) break;
    at += value.length + arrow[0].length;
  }
  const peak = PEAK.exec(unit.text.slice(at));
  if (peak !== null && peak[2] !== undefined && !otherTest(unit, at, at + peak[0].length)) {
    const last = at + peak[0].length;
    const value = { unit, display, value: peak[2], start: unit.start + start, end: unit.start + last };
    values.push({ ...value, date: peakDate(unit, last) });
  }
  return values;
}

/** A peak told behind the first values of the same test: `from 0.6 to 1.4, peaking at 1.9 on 12/3`. */
const PEAK = /^((?:[^.;]|\.\d){0,70}?)\bpeak(?:ed|ing)?(?: at| of| was)? (\d+(?:[.,]\d+)*)/i;

/** Whether another test's name stands between, which the peak then belongs to. */
function otherTest(unit: Unit, from: number, to: number): boolean {
  return unit.entities.some(
    ({ label, start, end }) => label === 'Test' && start >= unit.start + from && end <= unit.start + to,
  );
}

function peakDate(unit: Unit, end: number): PartialDate | null {
  const date = dateAfter(unit.text.slice(end));
  return date === null ? null : resolve(date, unit.date);
}

function dateAt(text: string): WrittenDate | null {
  const date = datesIn(text.slice(0, 24))[0];
  return date !== undefined && date.start === 0 && (date.month !== null || date.year !== null) ? date : null;
}

/** `Labs 2/16/24: Cr 1.2, eGFR 49`: the date that opens a line of results holds for all of it. */
function leadingDate(unit: Unit, before: number): WrittenDate | null {
  const date = datesIn(unit.text)[0];
  if (date === undefined || date.end > before || date.month === null) return null;
  return /^\W*(?:\d+[.)]\s*)?(?:[\w/&-]+\s+){0,2}(?:on|from|of|dated)?\s*[:(]?\s*$/i.test(
    unit.text.slice(0, date.start),
  )
    ? date
    : null;
}

/** `(4/20/2023)`, `on 3 May`, `in 2021` right behind a value. */
function dateAfter(text: string): WrittenDate | null {
  const lead = /^[\s,]*(?:\(|on |(?=in |\(in ))(?:on )?/i.exec(text);
  return lead === null ? null : (dateAt(text.slice(lead[0].length)) ?? dateAt(text.slice(lead[0].length + 3)));
}

/** Fills in the year that a date leaves out: the latest that is not after the note. */
function resolve(date: WrittenDate, noteDate: string): PartialDate {
  const two = (n: number): string => String(n).padStart(2, '0');
  if (date.month === null) return String(date.year ?? noteDate.slice(0, 4));
  const tail = `${two(date.month)}${date.day === null ? '' : `-${two(date.day)}`}`;
  if (date.year !== null) return `${date.year}-${tail}`;
  const same = `${noteDate.slice(0, 4)}-${tail}`;
  return same <= noteDate ? same : `${Number(noteDate.slice(0, 4)) - 1}-${tail}`;
}
