import type { ResultFact } from '../../domain/chart.ts';
import type { NoteCitation } from '../../domain/evidence.ts';
import { citeNote } from '../../domain/evidence.ts';
import { overlaps } from '../../domain/span.ts';
import type { Quantity } from '../../domain/quantity.ts';
import type { IsoDate, PartialDate } from '../../domain/ids.ts';
import { resultsIn } from '../evidence/by-note.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { Subject } from '../question/types.ts';
import { datesIn } from '../text/dates.ts';
import { quantityOf } from '../../text/quantity.ts';
import { stemsOf } from '../text/words.ts';
import type { StatedValue } from './stated-value.ts';
import { isOtherTest, statedValues } from './stated-values.ts';
import type { DraftContext } from './types.ts';

/** A result with its day (the note's day where the text gives none) and the sentence it stands in. */
export interface DatedResult {
  readonly display: string;
  /** Verbatim, with its unit where one is known. */
  readonly value: string;
  readonly numbers: readonly number[];
  /** The first number in the unit of its test; null where no unit is written or known. */
  readonly quantity: Quantity | null;
  /** Canonical name of the test. */
  readonly test: string;
  readonly date: PartialDate;
  readonly noteDate: IsoDate;
  readonly unit: Unit | null;
  readonly citation: NoteCitation;
  /** Where the value itself starts in its note. */
  readonly at: number;
  /** Told for comparison: of some day before `date`. */
  readonly earlier: boolean;
  /** Told for comparison beside another value. */
  readonly compared: boolean;
  /** The highest or lowest of a course, on a day up to `date`. */
  readonly extreme: boolean;
  /** Another place that gives the day. */
  readonly datedBy: NoteCitation | null;
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

/** What a template or a redaction leaves where a value should stand (`XXX`, `*%`, `__/__`), or a word of a result to come. */
export const BLANK =
  /^(?:[\sx*_./%?#-]+|(?:is |was |were |has been |have been )?(?:sent|pending|pend|awaited|awaiting|requested|ordered|drawn|to follow|outstanding|not (?:back|done|available|sent|checked)|tbc|tba|in progress)\.?)$/i;
const GOAL = /^(below|above|under|over|less than|more than|greater than|at least|goal|target)\b/i;

/**
 * Results of a test, oldest first: values that stand right behind its name, and facts of the timeline for sentences
 * without such a value and for further cells of a row. Names are compared by canonical key, then by the ways the test is
 * written.
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
    .filter(({ value }) => !isDose(value, subject) && !GOAL.test(value))
    .filter(
      ({ unit, citation }) =>
        unit === null || !isOtherTest(unit.text.slice(0, citation.start - unit.start), context.question.corrected),
    )
    .filter(
      (fact) =>
        fact.unit === null ||
        (!units.has(fact.unit.index) && !notes.has(fact.unit.noteIndex)) ||
        stated.some((first) => isNextCell(first, fact)),
    );
  const read = [...stated, ...facts].filter(({ value }) => !BLANK.test(value));
  const results = ofName(subject, withoutQuotes(read)).sort(order);
  const bySubject = resultCache.get(context) ?? new Map<Subject, DatedResult[]>();
  resultCache.set(context, bySubject.set(subject, results));
  return results;
}

/** A later cell of the row that a stated value opens: `Plt  128  112`. */
function isNextCell(first: DatedResult, next: DatedResult): boolean {
  if (first.unit === null || first.citation.noteId !== next.citation.noteId || next.at <= first.at) return false;
  const between = first.unit.note.note.text.slice(first.citation.end, next.at);
  return /^(?:[\t |]+[<>]?\d[\d.,/]*(?: ?[HL*])?)*(?: ?[HL*])?[\t |]{2,}$|^[HL* ]*\t$/.test(between);
}

/** Days that a value may be old when a note repeats it without its day. */
const REPEATED = 31;

/** `Labs 4/20: Cr 1.9 … Assessment: Cr 1.9`: the same number of the same test, told again in one note without its day. */
function isRepeated(result: DatedResult, other: DatedResult): boolean {
  if (result.citation.noteId !== other.citation.noteId || result.test !== other.test) return false;
  if (result.date !== result.noteDate || other.date.length < 10 || other.date >= result.date) return false;
  return (Date.parse(result.date) - Date.parse(other.date)) / 86_400_000 <= REPEATED;
}

/** A value told for comparison, or to the month, or again, that the chart gives elsewhere with its day is that value. */
function withoutQuotes(results: readonly DatedResult[]): DatedResult[] {
  const isQuoted = (result: DatedResult): boolean =>
    results.some(
      (other) =>
        other !== result &&
        other.numbers.length > 0 &&
        other.numbers.join() === result.numbers.join() &&
        !other.earlier &&
        (result.earlier
          ? other.date <= result.date
          : isRepeated(result, other) ||
            (result.date.length < 10 && other.date.length > result.date.length && other.date.startsWith(result.date))),
    );
  return results.filter((result) => !isQuoted(result));
}

/**
 * Where a sentence gives several numbers of what one key holds ("BMD 0.8 g/cm2, T-score -1.7, Z-score -1.2"), those of
 * the name that was asked for.
 */
function ofName(subject: Subject, results: readonly DatedResult[]): DatedResult[] {
  const names = new Map<number, Set<string>>();
  for (const { unit, display } of results) {
    if (unit !== null) names.set(unit.index, (names.get(unit.index) ?? new Set()).add(nameOf(display)));
  }
  const asked = nameOf(subject.words);
  return results.filter(({ unit, display }) => {
    const rivals = unit === null ? undefined : names.get(unit.index);
    return rivals === undefined || rivals.size < 2 || !rivals.has(asked) || nameOf(display) === asked;
  });
}

function nameOf(words: string): string {
  return stemsOf(words).join(' ');
}

/** A drug's level is no amount given: `71 ng/mL`, never `10 mg`. */
function isDose(value: string, subject: Subject): boolean {
  return (
    ((/level/i.test(`${subject.words} ${subject.key}`) || subject.kind === 'medication' || subject.kind === 'class') &&
      /\d\s?(mg|mcg|g|units?|tabs?|L)$/i.test(value.trim())) ||
    (/\bunits?$/i.test(value) && /platelet|red cell|plasma|hemoglobin/i.test(subject.key))
  );
}

const resultCache = new WeakMap<DraftContext, Map<Subject, DatedResult[]>>();

function order(a: DatedResult, b: DatedResult): number {
  if (!a.date.startsWith(b.date) && !b.date.startsWith(a.date)) return a.date < b.date ? -1 : 1;
  if (a.earlier !== b.earlier) return a.earlier ? -1 : 1;
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
  const { display, numbers, quantity, test } = fact;
  return {
    display,
    value: `${fact.value}${suffix}`,
    numbers,
    quantity,
    test,
    date: fact.when.start ?? noteDate,
    noteDate,
    unit: index.unitOf(noteIndex, citation.start),
    citation,
    at: citation.start + Math.max(0, citation.quote.lastIndexOf(fact.value)),
    earlier: fact.when.start === null,
    compared: false,
    extreme: false,
    datedBy: null,
  };
}

function ofText(stated: StatedValue, subject: Subject, context: DraftContext): DatedResult {
  const { unit, display, value, start, end, at, compared, extreme } = stated;
  const citation = citeNote(unit.note.note, { start, end });
  const numbers = [...value.replace(/,(?=\d{3})/g, '').matchAll(/\d+(?:\.\d+)?/g)].map((match) => Number(match[0]));
  const sign = /^[<>≤≥~]?\s?[-−]/.test(value) ? -1 : 1;
  if (numbers[0] !== undefined) numbers[0] *= sign;
  const fact = sameFact(stated, numbers, context);
  const { date, earlier } = dayOf(stated, fact);
  const datedBy =
    date === stated.date ? null : (fact?.evidence.find((place) => place.noteId !== citation.noteId) ?? null);
  // Of a panel ("LFTs"), each member is a test of its own.
  const test = subject.kind === 'panel' ? (context.terminology.test(display)?.name ?? display) : subject.key;
  const place = { unit, citation, at, datedBy };
  const quantity = quantityIn(test, value, numbers[0], context);
  return { display, value, numbers, quantity, test, date, noteDate: unit.date, earlier, compared, extreme, ...place };
}

function quantityIn(
  test: string,
  value: string,
  number: number | undefined,
  { terminology }: DraftContext,
): Quantity | null {
  const written = /(?<=\d\)?)\s*([^\s\d(),;][^\d(),;]*(?:\d\S*)?)$/.exec(value)?.[1] ?? null;
  return number === undefined ? null : quantityOf(test, number, written, terminology.test(test)?.units ?? []);
}

/**
 * How large each of several results is, to compare them: in one unit where they are told in several and every unit is
 * known, else by the numbers as they stand. `NaN` for a result without a number.
 */
export function sizesOf(results: readonly DatedResult[]): number[] {
  const known = results.flatMap(({ quantity }) => quantity ?? []);
  const isConverted = known.length === results.length && new Set(known.map(({ unit }) => unit)).size === 1;
  return results.map(({ quantity, numbers }) => (isConverted ? quantity!.value : (numbers[0] ?? Number.NaN)));
}

/** Whether what dates a fact stands in the value's own sentence, or heads its lines: a date told elsewhere is of something else. */
function isDatedNear({ unit }: StatedValue, { evidence }: ResultFact): boolean {
  const own = evidence.filter((place) => place.noteId === unit.note.note.id);
  const dates = own.filter((place) => datesIn(place.quote).length > 0 && place.quote.length < 24);
  const isBeside = dates.some((place) => unit.start <= place.start && place.end <= unit.end);
  if (dates.length === 0 || isBeside) return true;
  const text = unit.note.note.text;
  return dates.some(({ start, end }) => {
    if (start > unit.start) return false;
    const line = text.slice(
      text.lastIndexOf('\n', start) + 1,
      text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end),
    );
    return line.length < 60 || line.indexOf(text.slice(start, end)) < 30;
  });
}

/** The timeline's fact of the same number at the same place. */
function sameFact(
  { unit, at, end }: StatedValue,
  numbers: readonly number[],
  { chart }: DraftContext,
): ResultFact | undefined {
  return resultsIn(chart, unit.note.note.id).find(
    ({ evidence, numbers: known, when }) =>
      when.start !== null &&
      known.length === numbers.length &&
      known.every((number, i) => Math.abs(number) === Math.abs(numbers[i]!)) &&
      evidence.some((place) => place.noteId === unit.note.note.id && overlaps(place, { start: at, end })),
  );
}

/**
 * The day of a value: what its sentence says, the year and the order of day and month as the timeline reads them; else
 * what the timeline knows ("INR 4.4 on arrival" of a discharge summary); else the note's.
 */
function dayOf(stated: StatedValue, fact: ResultFact | undefined): Pick<DatedResult, 'date' | 'earlier'> {
  const { unit, date, withoutYear, earlier } = stated;
  const known = fact?.when.start ?? null;
  if (earlier) return { date: date ?? unit.date, earlier };
  if (date !== null) {
    const same = known !== null && withoutYear && fact!.when.anchor === 'stated' && known.slice(5) === date.slice(5);
    return { date: same ? known : date, earlier: false };
  }
  const trusted =
    known !== null && isDatedNear(stated, fact!) && (fact!.when.anchor !== 'note-date' || known < unit.date);
  return { date: trusted ? known : unit.date, earlier: false };
}

/** "*Faecal* calprotectin": a word of the test's own name, which a note may leave out. */
export function isOfName({ key }: Subject, test: Subject): boolean {
  const name = stemsOf(test.key);
  return stemsOf(key).every((stem) => name.includes(stem));
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
