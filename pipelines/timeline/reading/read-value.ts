import type { ResultFact } from '#pipelines/domain/chart.ts';
import { WORDS, alternatives } from '../words.ts';

const NUMBER = /(?<![\d.])[<>≤≥]?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)/g;
const UNIT =
  /^\s?((?:x\s?10\S{0,3}\/?\w*|10\^\d+\/\w+|%|‰|°?[cf]\b|[a-zµμ]+(?:\/[a-z0-9.µμ^²]+)+|mmhg|mm hg|kg|lbs?|g|mg|mcg|cm|mm|bpm|ml|l|msec|ms|seconds|secs?|s|units|iu|hz|db|ml\/min\S*|u\/l|meq|mmol|kpa|mets?|weeks|fr|hu)(?:\/[a-z0-9.²^]+)*)(?![\p{L}\d])/iu;
const REFERENCE =
  /\(?\s*(?:ref(?:erence)?(?:\s+(?:range|interval))?|normal(?:\s+range)?|nl|rr|range|reference)\s*[:=]?\s*([<>≤≥]?\s?\d[\d.,]*\s?(?:-|–|to)?\s?\d*[\d.,]*\d(?:\s?[a-zµ%/]+)?)\s*\)?/i;
const BRACKETED_RANGE = /^\s*[([]\s*([<>≤≥]?\d[\d.]*\s?(?:-|–)\s?\d[\d.]*)\s*[)\]]/;
const end = '(?![\\p{L}\\d])';
const begin = '(?<![\\p{L}\\d])';
const marks = (words: readonly string[]): RegExp => new RegExp(`^(?:${alternatives(words)})$`, 'iu');
const HIGH = marks(WORDS.clinical.high);
const LOW = marks(WORDS.clinical.low);
const CRITICAL = marks(WORDS.clinical.critical);
const NORMAL = marks(WORDS.clinical.normal);
const AFTER_MARK = new RegExp(
  `^\\s*(?:[(\\[]\\s*)?(HH?|LL?|high|low|hi|lo|elevated|raised|critical|crit|panic|normal|wnl|↑|↓)${end}`,
  'u',
);
const INLINE = new RegExp(
  `${begin}(high|low|elevated|raised|critical|normal|wnl|unremarkable|supratherapeutic|subtherapeutic)${end}`,
  'iu',
);

export interface ReadValue {
  readonly numbers: readonly number[];
  readonly unit: string | null;
}

/** Numbers of a value, in order ("142/88" gives two), and its unit, in the value's own words or right behind them. */
export function readValue(words: string, after: string): ReadValue {
  const matches = [...words.matchAll(NUMBER)];
  const numbers = matches.map((match) => Number(match[1]!.replaceAll(',', '')));
  const last = matches.at(-1);
  if (last === undefined) return { numbers, unit: null };
  const rest = words.slice(last.index + last[0].length);
  const unit = UNIT.exec(rest) ?? (rest.trim() === '' ? UNIT.exec(after) : null);
  return { numbers, unit: unit?.[1] ?? null };
}

/** A reference range stated right behind a value, verbatim: "(ref 3.5-5.0)", "[0.6-1.2]". */
export function referenceAfter(after: string): string | null {
  return (REFERENCE.exec(after)?.[1] ?? BRACKETED_RANGE.exec(after)?.[1] ?? null)?.trim() ?? null;
}

/** Low, high, critical or normal where the text marks it or gives a range to compare with; null where it does not say. */
export function flagOf(
  words: string,
  after: string,
  before: string,
  numbers: readonly number[],
  range: string | null,
): ResultFact['flag'] {
  const mark =
    AFTER_MARK.exec(after)?.[1] ??
    INLINE.exec(words)?.[1] ??
    /(?:^|\s)(\(?[HL]\)?|\*)$/.exec(words)?.[1] ??
    /\b(elevated|high|low|raised)\s+\S*\s*$/i.exec(before)?.[1];
  const said = mark === undefined ? null : read(mark.replace(/[()]/g, ''));
  return said ?? compared(numbers[0], range) ?? (NORMAL.test(words.trim()) ? 'normal' : null);
}

function read(mark: string): ResultFact['flag'] {
  if (CRITICAL.test(mark)) return 'critical';
  if (HIGH.test(mark)) return 'high';
  if (LOW.test(mark)) return 'low';
  return NORMAL.test(mark) ? 'normal' : null;
}

function compared(value: number | undefined, range: string | null): ResultFact['flag'] {
  if (value === undefined || range === null) return null;
  const limits = /^(\d[\d.]*)\s?(?:-|–|to)\s?(\d[\d.]*)/.exec(range);
  if (limits !== null) return value < Number(limits[1]) ? 'low' : value > Number(limits[2]) ? 'high' : 'normal';
  const bound = /^([<>≤≥])\s?(\d[\d.]*)/.exec(range);
  if (bound === null) return null;
  const isUpper = bound[1] === '<' || bound[1] === '≤';
  if (isUpper) return value > Number(bound[2]) ? 'high' : 'normal';
  return value < Number(bound[2]) ? 'low' : 'normal';
}
