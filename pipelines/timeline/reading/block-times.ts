import type { TextRange } from '#pipelines/domain/span.ts';
import { WORDS, alternatives } from '../words.ts';
import type { DatedTime, TimeLinks } from './link-times.ts';
import type { NoteView } from './note-view.ts';
import { linesOf } from './note-view.ts';

const LABEL = `(?:${alternatives(WORDS.clinical.resultLabels)})`;
/** What may stand before a date that dates its whole line: nothing, a bullet, or a label of results. */
const LEAD = new RegExp(
  `^[\\s\\-*•#>|(]*(?:[\\p{L}/&]+[ \\t]+){0,2}(?:${LABEL})(?![\\p{L}])[\\p{L} \\t,:;(\\-]{0,25}$|^[\\s\\-*•>|]*$`,
  'iu',
);
/** What may stand before the date of a line of a log: a bullet, or the word that it was added. */
const LOGGED = /^[\s\-*•>|(]*(?:addend(?:um|a)|late entry|update)?[\s:(\-]*$/i;
const IS_LABELLED = new RegExp(`(?<!\\p{L})${LABEL}(?!\\p{L})`, 'iu');
const RESULTS: ReadonlySet<string> = new Set(['Test', 'Value', 'Genotype']);
/** A line of results is looked for this many lines below its dated label. */
const REACH = 25;

/** The date of a line or block ("Labs 12/5:", "8/30: WBC 0.3"), for what nothing else dates. */
export interface BlockTimes {
  /** For results: of their line, and of the label over their lines. */
  ofResults(offset: number): DatedTime | null;
  /** For other events: of a line that opens with a date, as in a log ("4/24  warfarin held"), and of an addendum. */
  ofEvents(offset: number): DatedTime | null;
}

/** Finds dated labels of results, and what they reach: the rest of the line, and where that is empty the lines below. */
export function findBlockTimes(view: NoteView, times: TimeLinks): BlockTimes {
  const spans: Spanned[] = [];
  const logged: Spanned[] = [];
  const lines = linesOf(view.text);
  for (const [index, line] of lines.entries()) {
    const dated = leadingTime(view, times, line);
    if (dated === null) continue;
    spans.push({ range: { start: dated.time.end, end: line.end }, dated });
    if (LOGGED.test(view.text.slice(line.start, dated.time.start)))
      logged.push({ range: { start: dated.time.end, end: line.end }, dated });
    const rest = view.within({ start: dated.time.end, end: line.end });
    const lead = view.text.slice(line.start, dated.time.start);
    const isLabel = IS_LABELLED.test(lead) && rest.every(({ label }) => !RESULTS.has(label));
    if (isLabel) spans.push({ range: below(view, times, lines, index), dated });
  }
  const at = (all: readonly Spanned[], offset: number): DatedTime | null =>
    all.findLast(({ range }) => range.start <= offset && offset < range.end)?.dated ?? null;
  return { ofResults: (offset) => at(spans, offset), ofEvents: (offset) => at(logged, offset) };
}

interface Spanned {
  readonly range: TextRange;
  readonly dated: DatedTime;
}

function leadingTime(view: NoteView, times: TimeLinks, line: TextRange): DatedTime | null {
  const inside = view.within(line);
  const [leading, ...others] = inside.filter(({ label }) => label === 'Time');
  const first = times.datedTime(leading);
  if (first === null || first.when.start === null) return null;
  const lead = view.text.slice(line.start, first.time.start);
  const before = view.within({ start: line.start, end: first.time.start });
  if (!LEAD.test(lead) || before.some(({ label }) => label !== 'Test')) return null;
  const isHeaderOfColumns = others.length > 0 && inside.every(({ label }) => label === 'Time');
  return isHeaderOfColumns ? null : first;
}

/** The lines under a label, until a blank line that ends them, a heading or another dated line. */
function below(view: NoteView, times: TimeLinks, lines: readonly TextRange[], index: number): TextRange {
  const start = lines[index]!.end;
  let end = start;
  const heading = view.headingAt(lines[index]!.start);
  for (const line of lines.slice(index + 1, index + 1 + REACH)) {
    const isBlank = view.text.slice(line.start, line.end).trim() === '';
    if (isBlank && end > start) break;
    if (!isBlank && view.within(line).every(({ label }) => !RESULTS.has(label))) break;
    if (leadingTime(view, times, line) !== null || isOther(view, heading, line)) break;
    end = line.end;
  }
  return { start, end };
}

/** A title in between; a test with a colon ("Hgb: 9.1") is none. */
function isOther(view: NoteView, heading: string, line: TextRange): boolean {
  const own = view.headingAt(line.start);
  const first = view.within(line)[0];
  return own !== heading && !(first?.label === 'Test' && first.start - line.start < 6);
}
