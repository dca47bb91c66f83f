import type { Entity } from '#pipelines/domain/entity.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import type { Steps } from '#pipelines/domain/steps.ts';
import { stepsOf } from '#pipelines/domain/steps.ts';
import { quantityOf } from '../../text/quantity.ts';
import { UNKNOWN_WHEN, at } from '../dates/when.ts';
import { WORDS, alternatives } from '../words.ts';
import { ground } from './concepts.ts';
import type { DatedTime } from './link-times.ts';
import type { ReadingContext } from './mention.ts';
import { bestTime, mentionOf, onWrittenDay } from './mention.ts';
import type { NoteView } from './note-view.ts';
import { flagOf, readValue, referenceAfter } from './read-value.ts';
import type { ResultMention } from './reading.ts';
import { findTableCells } from './tables.ts';

const EARLIER = new RegExp(
  `(?:^|[^\\p{L}])(?:${alternatives(WORDS.clinical.baselineCues)})(?:[ \\t]+(?:of|at|to|was|is))?[ \\t(:]*$`,
  'iu',
);
const DISCHARGE = new RegExp(`^[ \\t,(]*(?:${alternatives(WORDS.clinical.dischargeCues)})(?!\\p{L})`, 'iu');
const ADMISSION = new RegExp(`^[ \\t,(]*(?:${alternatives(WORDS.clinical.admissionCues)})(?!\\p{L})`, 'iu');
/** A test behind such words has a limit and no value: "goal INR 2-3", "unless Hgb < 7". */
const LIMITED = new RegExp(
  `(?<!\\p{L})(?:${alternatives(WORDS.clinical.limitCues)})(?!\\p{L})[^.;,)|\\n]{0,24}$`,
  'iu',
);
const CONDITION = new RegExp(
  `(?<!\\p{L})(?:${alternatives(WORDS.clinical.conditionCues)})(?!\\p{L})[^.;,)|\\n]{0,24}$`,
  'iu',
);
const COMPARED =
  /^[ \t]*(?:is|was|remains|stays)?[ \t]*(?:[<>≤≥]|(?:under|over|above|below|less|greater|more|at least)\b)/i;
const GOES_ON = new RegExp(
  `^(?:[\\s(),;:\\-–>→=~]|(?<!\\p{L})(?:${alternatives(WORDS.clinical.serialWords)})(?!\\p{L}))*$`,
  'iu',
);
const PROSE =
  /\b(?:history|hpi|course|subjective|background|interval|summary|presentation|narrative|impression|assessment|interpretation)\b/;
const BARE =
  /^[ \t]*(?:was|is|of|at|to|=|:|-|up to|down to)?[ \t]*([<>≤≥~]?[ \t]?\d{1,5}(?:,\d{3})*(?:\.\d+)?(?:\/\d{1,3})?(?:-\d+(?:\.\d+)?)?[ \t]?(?:%|mg\/dl|g\/dl|mmol\/l|meq\/l|ng\/ml|u\/l|mmhg|kg|bpm)?)(?![\d/:]|\.\d)/iu;

/** A value of a test, with the time that a table gives it. */
interface Measured {
  readonly test: Entity;
  readonly value: TextRange;
  readonly time: Entity | null;
}

/** Reads every value of every test: one result each, dated by its own time, else by its test's, else by the note. */
export function readResults(context: ReadingContext): Steps<ResultMention[]> {
  const { view } = context;
  const tables = findTableCells(view);
  const inTable = new Set(tables.map(({ value }) => value.start));
  const tests = view.entities.filter(
    (test) =>
      test.label === 'Test' && !test.flags.includes('hyp') && !test.flags.includes('fam') && !isLimited(view, test),
  );
  const cellsOf = new Map<Entity, Measured[]>();
  for (const cell of tables) cellsOf.set(cell.test, [...(cellsOf.get(cell.test) ?? []), cell]);
  return stepsOf(tests, (test) => {
    const own = valuesOf(context, test).filter(({ start }) => !inTable.has(start));
    const cells = cellsOf.get(test) ?? [];
    const measured: Measured[] = [...own.map((value) => ({ test, value, time: null })), ...cells];
    return measured.map((item, index) => readResult(context, item, measured[index + 1]?.value));
  });
}

function isLimited(view: NoteView, test: Entity): boolean {
  const before = view.text.slice(Math.max(view.lineAt(test.start).start, test.start - 60), test.start);
  return LIMITED.test(before) || (CONDITION.test(before) && COMPARED.test(view.text.slice(test.end, test.end + 20)));
}

/** Values linked to a test, else the one right behind it, marked or not; then those that go on with it ("9.1, then 8.4"). */
export function valuesOf(context: ReadingContext, test: Entity): readonly TextRange[] {
  const first = firstValues(context, test);
  const last = first.at(-1);
  return last === undefined ? first : [...first, ...series(context, test, last)];
}

function series({ view }: ReadingContext, test: Entity, from: TextRange): Entity[] {
  const end = Math.min(view.lineAt(from.start).end, view.sentenceAt(from.start).end);
  const more: Entity[] = [];
  let last: TextRange = from;
  for (const next of view.within({ start: from.end, end })) {
    if (!GOES_ON.test(view.text.slice(last.end, next.start))) break;
    if (next.label === 'Value' && !isLabel(view, next) && view.targets(next.id, 'of').every(({ id }) => id === test.id))
      more.push(next);
    else if (next.label !== 'Time') break;
    last = next;
  }
  return more;
}

function firstValues({ view }: ReadingContext, test: Entity): readonly TextRange[] {
  const linked = view
    .dependents(test.id, 'of')
    .filter((value) => value.label === 'Value' && !isLabel(view, value) && isNearest(view, test, value));
  if (linked.length > 0) return [...linked].sort((a, b) => a.start - b.start);
  if (test.flags.includes('neg')) return [];
  const line = view.lineAt(test.start);
  const next = view.within({ start: test.end, end: line.end })[0];
  const gap = next === undefined ? '' : view.text.slice(test.end, next.start);
  const isFree = next?.label === 'Value' && view.targets(next.id, 'of').length === 0 && !isLabel(view, next);
  if (isFree && gap.length <= 25 && !/[.;]\s/.test(gap)) return [next];
  const bare = BARE.exec(view.text.slice(test.end, Math.min(line.end, next?.start ?? line.end)));
  if (bare === null) return [];
  const start = test.end + bare[0].length - bare[1]!.length;
  const words = bare[1]!.trim();
  const lead = bare[1]!.length - bare[1]!.trimStart().length;
  return [{ start: start + lead, end: start + lead + words.length }];
}

/** A date or clock time that heads a value, not a value: "A1c 6/2: 7.4%", "INR 2240: 1.6". */
function isLabel(view: NoteView, value: TextRange): boolean {
  return (
    /^\d{1,2}\/\d{1,2}(?:\/\d{2,4})?$|^[0-2]\d:?[0-5]\d$/.test(view.words(value)) &&
    /^\s*:\s*[<>]?\d/.test(view.text.slice(value.end, value.end + 4))
  );
}

/** A number belongs to one test: of several that it is linked to, the one that stands nearest. */
function isNearest(view: NoteView, test: Entity, value: Entity): boolean {
  const tests = view.targets(value.id, 'of').filter(({ label }) => label === 'Test');
  if (tests.length < 2 || !/\d/.test(view.words(value))) return true;
  const distance = (other: Entity): number =>
    other.end <= value.start ? value.start - other.end : Math.abs(other.start - value.end) + 1;
  return tests.every((other) => other.id === test.id || distance(test) <= distance(other));
}

function readResult(
  context: ReadingContext,
  { test, value, time }: Measured,
  following: TextRange | undefined,
): ResultMention {
  const { view, terminology } = context;
  const before = view.text.slice(Math.max(view.lineAt(value.start).start, value.start - 30), value.start);
  const next = view.within({ start: value.end, end: view.lineAt(value.end).end })[0]?.start;
  const after = view.text.slice(value.end, Math.min(next ?? value.end + 40, value.end + 40));
  const read = readValue(view.words(value), after);
  const dated = datedBy(context, test, value, time);
  const reference = referenceAfter(after);
  const superseded =
    following !== undefined && /^\s*(?:->|→|to|>|=>)\s*$/i.test(view.text.slice(value.end, following.start));
  const isEarlier = dated === null && (superseded || EARLIER.test(before));
  const when =
    dated?.when ?? anchoredWhen(context, after) ?? (isEarlier ? UNKNOWN_WHEN : onWrittenDay(context, value.start));
  const { key, referenceRange, units } = ground(terminology, 'Test', view.words(test));
  const [number] = read.numbers;
  const mention = mentionOf(context, test, when);
  return {
    ...mention,
    evidence: [view.cite(span(test, value, view.text)), ...(dated === null ? [] : [view.cite(dated.time)])],
    test: key,
    value: view.words(value),
    numbers: read.numbers,
    unit: read.unit,
    quantity: number === undefined ? null : quantityOf(key, number, read.unit, units),
    referenceRange: reference ?? referenceRange,
    flag: flagOf(view.words(value), after, before, read.numbers, reference),
    quoted: dated === null && (isEarlier || PROSE.test(view.headingAt(test.start)) || test.flags.includes('hist')),
  };
}

/** The value's own time, in its table, beside it or over its line; else its test's, unless that belongs to another value. */
function datedBy(context: ReadingContext, test: Entity, value: TextRange, time: Entity | null): DatedTime | null {
  const { view, times } = context;
  if (time !== null) return times.datedTime(time);
  const beside = timeBeside(context, value);
  if (beside !== null) return beside;
  const isDay = ({ time: at }: DatedTime): boolean => !isSince(view, at);
  const own = 'id' in value ? bestTime(times.timesOf((value as Entity).id).filter(isDay)) : null;
  if (own !== null) return own;
  const isOfTest = (dated: DatedTime): boolean =>
    !view.targets(dated.time.id, 'of').some(({ label }) => label === 'Value');
  return (
    bestTime(times.timesOf(test.id).filter((dated) => isDay(dated) && isOfTest(dated))) ??
    context.blockTimes.ofResults(value.start)
  );
}

/** "The lowest since 2022": how long it is so, not the day of the measurement. */
function isSince(view: NoteView, time: Entity): boolean {
  return SINCE.test(`${view.text.slice(Math.max(0, time.start - 40), time.start)}${view.words(time)}`);
}
const SINCE = /\b(?:lowest|highest|best|worst|most|least|first|only)\b[^.;]{0,20}\bsince\b[^.;]{0,12}$/i;

/** In brackets right behind the value, "8.8% (3/2021)", else right before it in a list of dates, "5/7 4,110, 5/15 690". */
function timeBeside({ view, times }: ReadingContext, value: TextRange): DatedTime | null {
  const line = view.lineAt(value.start);
  const behind = view.within({ start: value.end, end: line.end })[0];
  const opens = behind !== undefined && /^[ \t]?[HL*]?[ \t]*\([ \t]*$/.test(view.text.slice(value.end, behind.start));
  // In "7.4% (6/2021 5.7%)" the date is of the value behind it.
  if (opens && !/^[ \t]*[:,]?[ \t]*[<>]?\d/.test(view.text.slice(behind.end, behind.end + 6))) {
    const dated = times.datedTime(behind);
    if (dated !== null) return dated;
  }
  const ahead = view.within({ start: line.start, end: value.start }).at(-1);
  const isListed =
    ahead !== undefined &&
    /^\d{1,2}\/\d{1,2}/.test(view.words(ahead)) &&
    /^[ \t]*:?[ \t]+$/.test(view.text.slice(ahead.end, value.start));
  return isListed ? times.datedTime(ahead) : null;
}

/** From the test's name to its value where both stand close; else the value alone with its test cited by the event. */
function span(test: TextRange, value: TextRange, text: string): TextRange {
  const start = Math.min(test.start, value.start);
  const end = Math.max(test.end, value.end);
  return end - start <= 80 && !text.slice(start, end).includes('\n') ? { start, end } : value;
}

function anchoredWhen({ anchors }: ReadingContext, after: string): When | null {
  if (anchors.discharge !== null && DISCHARGE.test(after)) return at(anchors.discharge, 'relative');
  if (anchors.admission !== null && ADMISSION.test(after)) return at(anchors.admission, 'relative');
  return null;
}
