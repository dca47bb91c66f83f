import type { Entity } from '#pipelines/domain/entity.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import { UNKNOWN_WHEN, at, onNoteDate } from '../dates/when.ts';
import { WORDS, alternatives } from '../words.ts';
import { ground } from './concepts.ts';
import type { ReadingContext } from './mention.ts';
import { bestTime, mentionOf } from './mention.ts';
import { flagOf, readValue, referenceAfter } from './read-value.ts';
import type { ResultMention } from './reading.ts';

const EARLIER = new RegExp(
  `(?:^|[^\\p{L}])(?:${alternatives(WORDS.clinical.baselineCues)})(?:[ \\t]+(?:of|at|to|was|is))?[ \\t(:]*$`,
  'iu',
);
const DISCHARGE = new RegExp(`^[ \\t,(]*(?:${alternatives(WORDS.clinical.dischargeCues)})(?!\\p{L})`, 'iu');
const ADMISSION = new RegExp(`^[ \\t,(]*(?:${alternatives(WORDS.clinical.admissionCues)})(?!\\p{L})`, 'iu');
const PROSE =
  /\b(?:history|hpi|course|subjective|background|interval|summary|presentation|narrative|impression|assessment|interpretation)\b/;
const BARE =
  /^[ \t]*(?:was|is|of|at|to|=|:|-|up to|down to)?[ \t]*([<>≤≥~]?[ \t]?\d{1,5}(?:,\d{3})*(?:\.\d+)?(?:\/\d{1,3})?(?:-\d+(?:\.\d+)?)?[ \t]?(?:%|mg\/dl|g\/dl|mmol\/l|meq\/l|ng\/ml|u\/l|mmhg|kg|bpm)?)(?![\d/:]|\.\d)/iu;

/** Reads every value of every test: one result each, dated by its own time, else by its test's, else by the note. */
export function readResults(context: ReadingContext): ResultMention[] {
  const { view } = context;
  return view.entities
    .filter(({ label, flags }) => label === 'Test' && !flags.includes('hyp') && !flags.includes('fam'))
    .flatMap((test) => {
      const values = valuesOf(context, test);
      return values.map((value, index) => readResult(context, test, value, index, values));
    });
}

/** Values linked to a test; else the one right behind it, marked or not. */
export function valuesOf({ view }: ReadingContext, test: Entity): readonly TextRange[] {
  const linked = view.dependents(test.id, 'of').filter(({ label }) => label === 'Value');
  if (linked.length > 0) return [...linked].sort((a, b) => a.start - b.start);
  if (test.flags.includes('neg')) return [];
  const line = view.lineAt(test.start);
  const next = view.within({ start: test.end, end: line.end })[0];
  const gap = next === undefined ? '' : view.text.slice(test.end, next.start);
  const isFree = next?.label === 'Value' && view.targets(next.id, 'of').length === 0;
  if (isFree && gap.length <= 25 && !/[.;]\s/.test(gap)) return [next];
  const bare = BARE.exec(view.text.slice(test.end, Math.min(line.end, next?.start ?? line.end)));
  if (bare === null) return [];
  const start = test.end + bare[0].length - bare[1]!.length;
  const words = bare[1]!.trim();
  const lead = bare[1]!.length - bare[1]!.trimStart().length;
  return [{ start: start + lead, end: start + lead + words.length }];
}

function readResult(
  context: ReadingContext,
  test: Entity,
  value: TextRange,
  index: number,
  all: readonly TextRange[],
): ResultMention {
  const { view, terminology } = context;
  const { note } = view.annotated;
  const before = view.text.slice(Math.max(view.lineAt(value.start).start, value.start - 30), value.start);
  const next = view.within({ start: value.end, end: view.lineAt(value.end).end })[0]?.start;
  const after = view.text.slice(value.end, Math.min(next ?? value.end + 40, value.end + 40));
  const read = readValue(view.words(value), after);
  const times = context.times.timesOf((value as Entity).id ?? test.id);
  const dated =
    bestTime(times) ??
    bestTime(
      context.times
        .timesOf(test.id)
        .filter(({ time }) => !view.targets(time.id, 'of').some(({ label }) => label === 'Value')),
    );
  const reference = referenceAfter(after);
  const superseded =
    index < all.length - 1 && /^\s*(?:->|→|to|>|=>)\s*$/i.test(view.text.slice(value.end, all[index + 1]!.start));
  const isEarlier = dated === null && (superseded || EARLIER.test(before));
  const when = dated?.when ?? anchoredWhen(context, after) ?? (isEarlier ? UNKNOWN_WHEN : onNoteDate(note.date));
  const { key, referenceRange } = ground(terminology, 'Test', view.words(test));
  const mention = mentionOf(context, test, when);
  return {
    ...mention,
    evidence: [view.cite(span(test, value, view.text)), ...(dated === null ? [] : [view.cite(dated.time)])],
    test: key,
    value: view.words(value),
    numbers: read.numbers,
    unit: read.unit,
    referenceRange: reference ?? referenceRange,
    flag: flagOf(view.words(value), after, before, read.numbers, reference),
    quoted: dated === null && (isEarlier || PROSE.test(view.headingAt(test.start)) || test.flags.includes('hist')),
  };
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
