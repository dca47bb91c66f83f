import valueRules from '../../rules/answering/1/values.json' with { type: 'json' };
import type { WrittenDate } from '../text/dates.ts';
import { datesIn } from '../text/dates.ts';

/** A value behind a test's name. Offsets are into the text that was read. */
export interface ReadValue {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly date: WrittenDate | null;
  /** Told for comparison only ("was 13.4", "baseline 1.2"): not what was measured on the note's day. */
  readonly earlier: boolean;
}

const words = (list: readonly string[]): string =>
  [...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/ /g, '\\s+'))
    .join('|');
const UNITS =
  '%|percent\\b|°\\s?[CF]\\b|mm ?Hg\\b|x ?10\\S{1,4}\\/\\w+|(?:m[cm]?g|µg|ug|ng|pg|g|kg|lbs?|pounds?|cm|mm|bpm|mEq|mmol|µmol|umol|nmol|pmol|U|IU|mIU|units?|K(?!\\s*[\\d:=])|seconds?|sec|mL|L|ml|msec|ms|kPa|PRU|copies|cells)(?:\\/(?:[a-zA-Z0-9.]+(?:\\/1\\.73\\s?m2)?))?\\b';
const PLAIN = `\\d+(?:[.,:]\\d+)*(?:\\s?(?:[-–/]|to(?=\\s\\d))\\s?\\d+(?:[.,]\\d+)*)*(?:\\s?(?:${UNITS}))?`;
const NUMBER = new RegExp(`^[<>≤≥~]?\\s?${PLAIN}`, 'i');
const SIGNED_NUMBER = new RegExp(`^[<>≤≥~]?\\s?[-−+]?${PLAIN}`, 'i');
const SIGNED = new RegExp(`(?<![\\p{L}\\d])(?:${words(valueRules.signed)})(?![\\p{L}\\d])`, 'iu');
const joinOf = (dash: string): RegExp =>
  new RegExp(
    `^(?:\\s*\\((?![^)]*\\d)[^)]{0,24}\\)|;(?=\\s?\\d))?(?:\\s|[:=,–]|${dash}|\\b(?:${words(valueRules.join)})\\b)*`,
    'i',
  );
const JOIN = joinOf('-');
const SIGNED_JOIN = joinOf('-(?!\\d)');
const SCORED = new RegExp(`(?<![\\p{L}\\d])(?:${words(valueRules.scored)})(?![\\p{L}\\d])`, 'iu');
/** Eight of ten, and no day of August. */
const FRACTION = /^\d{1,2}\s?\/\s?\d{1,2}(?![\d/])/;
/** The time of a sample before its value: `INR 2240: 1.6`, `K 14:30 - 5.4`, `Plts: 0900 84`. */
const CLOCK =
  /^(?:at\s+)?(?:(?:[01]\d|2[0-3]):?[0-5]\d\s?(?:h|hrs?|hours)?\s*[:=–-]\s*|(?:0\d|1\d|2[0-3])[0-5]\d\s+(?!(?:mg|mcg|ml|u|units?)\b))(?=[<>]?\s?\d)/i;
const ARROW =
  /^\s*(?:\([^()]{0,24}\)\s*)?(?:->|→|-->|=>|(?<=\s)>(?=\s)|then|, then|to|up to|down to)\s*(?=[<>~]?\s?\d)/;
/** What makes a number no value: a multiple of a limit, a span of time, an ordinal, one of a list of such. */
const TIME = '(?:years?|yrs?|weeks?|wks?|days?|months?|mos?|hours?|hrs?|y\\/?o)\\b';
const NO_VALUE = new RegExp(
  `^(?:\\s?-?(?:hou?rly|hrly|wkly|weekly|monthly)\\b|\\s?[x×](?!\\s?10)|\\s?(?:st|nd|rd|th|D)\\b|\\s?-?${TIME}|(?:\\s?[,/&-]\\s?\\d+|,?\\s+(?:and|or|to)\\s+\\d+)+\\s?-?${TIME}(?!\\s+(?:ago|later|post|after|prior|before|earlier|out|on))|\\s+(?:points?|more|further|times)\\b)`,
  'i',
);
/** Words that tell of a way from one value to the next. */
const MOVES = /\b(?:from|fell|rose|dropped|climbed|risen|fallen|improved|increased|decreased|rising|falling)\b/i;
const FLAG = /^\s*(?:\(?(?:HH?|LL?|high|low|crit(?:ical)?|abnormal)\)?(?![\p{L}\d])|\*)/u;
const BRACKET = /^\s*[([]([^()[\]]{1,90})[)\]]/;
const LIMIT = new RegExp(`^\\s*(?:(?:${words(valueRules.limits)})(?!\\p{L})|[<>≤≥])`, 'iu');
const RANGE = /^\s*\d+(?:[.,]\d+)?\s?(?:-|–|to)\s?\d+(?:[.,]\d+)?(?:\s?[a-zA-Z%/]+)?\s*$/;
const CUE = new RegExp(
  `^[\\s,]*(?:(?:${words(valueRules.earlier)})(?!\\p{L})[\\s:]*)+(?:of|at|was|value|level)?\\s*`,
  'iu',
);
/** `, was 13.4 in Feb`, `down from 1.9`, `vs 8.4` behind a value, without brackets. */
const AFTERWARDS =
  /^[\s,;]*(?:(?:has )?(?:up|down|improved|increased|decreased|risen|fallen|rising|falling)\s)?(?=(?:from|was|previously|prev|prior|vs\.?|versus|compared|baseline)\b)/i;
const MONTH = /^\s*\(?\s*(?:in\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?!\p{L})(?!\s*\d)/iu;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MOST = 12;

/** How the numbers of a test are written. */
export interface ValueForm {
  /** A dash before a number is its sign and no separator. */
  readonly signed: boolean;
  /** `8/10` is a score and no date. */
  readonly scored: boolean;
}

/** How numbers of a test are written, by its name and the sentence around it. */
export function formOf(name: string, sentence: string): ValueForm {
  return { signed: SIGNED.test(sentence), scored: SCORED.test(name) };
}

/**
 * Reads the values that follow a test's name: the first one, what goes on with it along arrows or in a list of dates, and
 * those that are told for comparison behind it, in brackets or not: `Hgb 9/30 13.6`, `112 H (7/2019 41; 4/2019 22)`,
 * `94.1 kg -> 85.3 kg`, `96 g/L on 9 Feb, 104 g/L on 13 Feb`, `2.1 (pre-op 8.4)`. Limits and ranges are no values.
 *
 * @param text - What stands behind the name, to the end of its sentence.
 */
export function readValues(text: string, form: ValueForm): ReadValue[] {
  const join = (form.signed ? SIGNED_JOIN : JOIN).exec(text)![0];
  let at = join.length;
  const leading = form.scored && FRACTION.test(text.slice(at)) ? null : dateAt(text.slice(at));
  if (leading !== null)
    at +=
      leading.end +
      /^[\s:=,]*(?:was|is|of|(?:came|has come) back|returned|resulted)?\s*(?:at|as)?\s*/i.exec(
        text.slice(at + leading.end),
      )![0].length;
  at += CLOCK.exec(text.slice(at))?.[0].length ?? 0;
  const first = valueAt(text, at, form, MOVES.test(join));
  if (first === null || isChange(join, first.value)) return [];
  const values: ReadValue[] = [];
  let next: ReadValue | null = { ...first, date: leading, earlier: /\bbaseline\b/i.test(join) };
  while (next !== null && values.length < MOST) {
    const behind = afterValue(text, next, form);
    values.push(...behind.values);
    next = behind.next;
  }
  return values;
}

interface Behind {
  readonly values: readonly ReadValue[];
  readonly next: ReadValue | null;
}

/** The value with its own date, what is told for comparison behind it, and the value that goes on with it. */
function afterValue(text: string, first: ReadValue, form: ValueForm): Behind {
  const share = SHARE.exec(text.slice(first.end));
  const read = share === null ? first : withShare(text, first, share[0].length);
  let at = read.end;
  at += FLAG.exec(text.slice(at))?.[0].length ?? 0;
  let date = read.date;
  const earlier: ReadValue[] = [];
  const bracket = BRACKET.exec(text.slice(at));
  if (bracket !== null) {
    const from = at + bracket[0].length - 1 - bracket[1]!.length;
    const inside = inBracket(bracket[1]!, from, form);
    date ??= inside.date;
    earlier.push(...inside.values);
    if (inside.read) at += bracket[0].length;
  } else {
    const behind = dateBehind(text.slice(at));
    if (behind !== null && date === null) {
      date = behind.date;
      at += behind.length;
    }
  }
  const compared = comparedAt(text, at, form);
  earlier.push(...compared.toReversed());
  at = compared.at(-1)?.end ?? at;
  return { values: [...earlier, { ...read, date }], next: goesOn(text, at, date, form) };
}

/** `1.58 (46%)`, `168 (9%)`: how much of what is expected, or of all, that is. */
const SHARE = /^\s?\(\s?\d+(?:\.\d+)?\s?%(?:\s?(?:of\s)?(?:pred(?:icted)?|expected))?\.?\s?\)/i;

function withShare(text: string, read: ReadValue, length: number): ReadValue {
  const end = read.end + length;
  return { ...read, end, value: text.slice(read.start, end) };
}

/** A value that an arrow leads to, or one with its own date in a list of such: `5/7 4,110, 5/15 690`. */
function goesOn(text: string, at: number, date: WrittenDate | null, form: ValueForm): ReadValue | null {
  const arrow = ARROW.exec(text.slice(at));
  if (arrow !== null) {
    const value = valueAt(text, at + arrow[0].length, form);
    return value === null ? null : { ...value, date: null, earlier: false };
  }
  if (date === null) return siteValue(text, at, form);
  const gap = /^\s*(?:[,;|]|\band\b)\s*(?:and\s+|then\s+)?/i.exec(text.slice(at));
  if (gap === null) return null;
  const item = itemAt(text, at + gap[0].length, form);
  return item === null || item.date === null ? null : item;
}

/** `-0.6 (lumbar spine) and -0.8 (femoral neck)`: one value for each place. */
function siteValue(text: string, at: number, form: ValueForm): ReadValue | null {
  const gap =
    /^\s*(?:\([a-z ]{3,24}\))?\s*(?:,|\band\b)\s*(?:and\s+)?(?=[-−<>\d.]+\s?\S{0,6}\s?\([a-z ]{3,24}\))/i.exec(
      text.slice(at),
    );
  const value = gap === null ? null : valueAt(text, at + gap[0].length, form);
  return value === null ? null : { ...value, date: null, earlier: false };
}

interface Inside {
  readonly date: WrittenDate | null;
  readonly values: readonly ReadValue[];
  /** Whether the bracket was of this value: a date, a limit, or values to compare with. */
  readonly read: boolean;
}

/** What a bracket behind a value holds: its date, a limit, or earlier values, each with its date or a word that says so. */
function inBracket(inside: string, from: number, form: ValueForm): Inside {
  if (LIMIT.test(inside) || RANGE.test(inside)) return { date: null, values: [], read: true };
  const alone = dateAt(inside.trimStart().replace(/^(?:on|in|from)\s+/i, ''));
  const rest =
    alone === null
      ? inside
      : inside
          .trimStart()
          .replace(/^(?:on|in|from)\s+/i, '')
          .slice(alone.end);
  if (alone !== null && !/^[\s:,]*[<>]?\d/.test(rest)) return { date: alone, values: [], read: true };
  const values: ReadValue[] = [];
  for (const part of inside.matchAll(/[^;,]+(?:,(?=\d{3})[^;,]+)*/g)) {
    const item = itemAt(part[0], 0, form);
    if (item === null || (item.date === null && !item.earlier)) continue;
    const shift = from + part.index;
    values.push({ ...item, start: item.start + shift, end: item.end + shift, earlier: true });
  }
  return { date: null, values: values.toReversed(), read: values.length > 0 };
}

/** One value with its date on either side, or with a word that tells it apart: `7/2019 41`, `138 10/2022`, `was 13.4 Feb`. */
function itemAt(text: string, from: number, form: ValueForm): ReadValue | null {
  let at = from + /^\s*/.exec(text.slice(from))![0].length;
  const cue = CUE.exec(text.slice(at));
  if (cue !== null) at += cue[0].length;
  // "pre-op CEA 8.4": the name again.
  if (cue !== null) at += /^(?:[A-Za-z][\w-]{0,11}\s+(?:of\s+)?)?(?=[<>]?\d)/.exec(text.slice(at))?.[0].length ?? 0;
  const before = dateAt(text.slice(at));
  if (before !== null) at += before.end + /^[\s:=]*/.exec(text.slice(at + before.end))![0].length;
  const value = valueAt(text, at, form);
  if (value === null) return null;
  return { ...value, date: before ?? dateBehind(text.slice(value.end))?.date ?? null, earlier: cue !== null };
}

/** Values told for comparison without brackets, and those that go on in the same list: `prior: 128 in 2018, 32 in 2019`. */
function comparedAt(text: string, from: number, form: ValueForm): ReadValue[] {
  const lead = AFTERWARDS.exec(text.slice(from));
  const found: ReadValue[] = [];
  let item = lead === null ? null : itemAt(text, from + lead[0].length, form);
  while (item !== null && found.length < MOST && (item.date !== null || (found.length === 0 && item.earlier))) {
    found.push({ ...item, earlier: true });
    const end = item.end + (dateBehind(text.slice(item.end))?.length ?? 0);
    const gap = /^[)\s]*[,;]\s*(?:and\s+)?/i.exec(text.slice(end));
    item = gap === null ? null : itemAt(text, end + gap[0].length, form);
  }
  return found;
}

type Place = Pick<ReadValue, 'value' | 'start' | 'end'>;

/** @param isMove - Whether "12.8 to 9.6" is two values and no range. */
function valueAt(text: string, at: number, form: ValueForm, isMove = false): Place | null {
  const rest = text.slice(at);
  const whole = (form.signed ? SIGNED_NUMBER : NUMBER).exec(rest)?.[0].trimEnd();
  const value = isMove ? whole?.replace(/\s+to\s.*$/, '') : whole;
  const isDate = dateAt(rest) !== null && !(form.scored && FRACTION.test(rest));
  if (value === undefined || isDate || NO_VALUE.test(rest.slice(value.length))) return null;
  return { value, start: at, end: at + value.length };
}

/** "Down 5 kg" is how much it changed, not what it is. */
function isChange(join: string, value: string): boolean {
  return (
    /\b(?:up|down|by|increased|decreased|fell|rose|dropped)\s*(?:by\s*)?$/i.test(join) &&
    /(?:lbs?|pounds?|kg|%)$/i.test(value)
  );
}

/** A date that a text begins with; a bare day of the month is none. */
export function dateAt(text: string): WrittenDate | null {
  const date = datesIn(text.slice(0, 24))[0];
  return date !== undefined && date.start === 0 && (date.month !== null || date.year !== null) ? date : null;
}

/** `(4/20/2023)`, `on 3 May`, `in 2021`, `10/2022`, `Feb` right behind a value, and how long it is. */
export function dateBehind(text: string): { readonly date: WrittenDate; readonly length: number } | null {
  const lead = /^[\s,]*(?:\(|(?:on|in|from|at|as of|dated)\s+|(?=in |\(in )|\s(?=\d))(?:on |in )?/i.exec(text);
  for (const skip of lead === null ? [] : [lead[0].length, lead[0].length - 3]) {
    const date = skip < 0 ? null : dateAt(text.slice(skip));
    if (date !== null) return { date, length: skip + date.end };
  }
  const month = MONTH.exec(text);
  // "It may rise": the month has its capital, or a word before it.
  if (month === null || (/^may$/i.test(month[1]!) && !/^\s*\(?\s*(?:in\s+)?May\b/.test(text))) return null;
  const date = {
    start: 0,
    end: month[0].length,
    year: null,
    month: MONTHS.indexOf(month[1]!.toLowerCase()) + 1,
    day: null,
  };
  return { date, length: month[0].length };
}
