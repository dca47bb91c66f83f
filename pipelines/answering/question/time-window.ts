import type { IsoDate } from '../../domain/ids.ts';
import type { TextRange } from '../../domain/span.ts';
import { addDays, boundsOf, datesIn } from '../text/dates.ts';
import type { Place, TimeWindow } from './types.ts';

const PLACES: readonly (readonly [Place, RegExp])[] = [
  [
    'admission',
    /\b(on|at|after|before|during)? ?(admission|admitted|arrival|presentation|presenting(?! (?:complaint|problem|symptom))|came in|turned up|brought in|arrived|presented|intake)\b/i,
  ],
  [
    'discharge',
    /\b(at|on|after|before|since)? ?(the )?(discharge|discharged|dc|d\/c|going home|went home|sent home|left hospital|home meds)\b/i,
  ],
  ['emergency', /\b(ed|er|a&e|emergency( department| room)?|triage|casualty)\b/i],
  ['intensive', /\b(icu|itu|intensive care|ccu|hdu)\b/i],
  ['clinic', /\b(clinic|office|outpatient|follow[- ]?up visit|gp|visit)\b/i],
  [
    'operation',
    /\b(pre-?op(erative)?(ly)?|post-?op(erative)?(ly)?|intra-?op(erative)?(ly)?|during (the )?(surgery|operation|procedure))\b/i,
  ],
];

const UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30.44, year: 365.25, fortnight: 14 };
const NUMBER_WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const SEASONS: Readonly<Record<string, readonly [number, number]>> = {
  spring: [3, 5],
  summer: [6, 8],
  autumn: [9, 11],
  fall: [9, 11],
  winter: [12, 2],
};

/**
 * Reads the window that a question names. "Last 6 months" counts back from `asOf`, never from the wall clock; dates in
 * figures are read in the order of the chart's own.
 */
export function readWindow(text: string, asOf: IsoDate | null, isDayFirst = false): TimeWindow {
  const words: string[] = [];
  const places = PLACES.filter(([, pattern]) => pattern.test(text)).map(([place]) => place);
  const relative = relativeWindow(text, asOf);
  if (relative !== null) return { ...relative, places, partial: [] };
  const season = seasonWindow(text);
  if (season !== null) return { ...season, places, partial: [] };
  let from = null as IsoDate | null;
  let to = null as IsoDate | null;
  const partial: Partial[] = [];
  for (const date of datesIn(text, isDayFirst)) {
    const before = text.slice(Math.max(0, date.start - 14), date.start).toLowerCase();
    words.push(text.slice(date.start, date.end));
    if (date.year === null) {
      partial.push({ month: date.month, day: date.day });
      const year = yearMeant(text.slice(date.start, date.end), date.day, asOf);
      if (year !== null) partial.push({ month: date.month, day: null, year });
      continue;
    }
    const [first, last] = boundsOf(isoOf(date.year, date.month, date.day));
    if (/\b(before|prior to|until|till|up to)\s*(the )?$/.test(before)) to = first;
    else if (/\b(since|after|from|starting)\s*(the )?(?:\w+ )?$/.test(before)) from = first;
    else {
      from = from === null || first < from ? first : from;
      to = to === null || last > to ? last : to;
    }
  }
  return { from, to, partial, places, words };
}

type Partial = TimeWindow['partial'][number];

/** "Feb 23" may be a day, or a month of 2023. */
function yearMeant(words: string, day: number | null, asOf: IsoDate | null): number | null {
  if (day === null || asOf === null || !/^[a-z]+\.? '?\d\d$/i.test(words)) return null;
  const year = 2000 + day;
  const last = Number(asOf.slice(0, 4));
  return year <= last && year > last - 15 ? year : null;
}

function isoOf(year: number, month: number | null, day: number | null): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}${month === null ? '' : `-${two(month)}`}${month === null || day === null ? '' : `-${two(day)}`}`;
}

function relativeWindow(text: string, asOf: IsoDate | null): Pick<TimeWindow, 'from' | 'to' | 'words'> | null {
  const match =
    /\b(?:in|over|during|within|for)?\s*(?:the )?(?:last|past|previous|preceding)\s+(\d+|[a-z]+)?\s*(day|week|fortnight|month|year)s?\b/i.exec(
      text,
    );
  if (match === null || asOf === null) return null;
  const count =
    match[1] === undefined
      ? 1
      : /^\d+$/.test(match[1])
        ? Number(match[1])
        : NUMBER_WORDS.indexOf(match[1].toLowerCase());
  if (count <= 0) return null;
  return { from: addDays(asOf, -count * UNIT_DAYS[match[2]!.toLowerCase()]!), to: asOf, words: [match[0].trim()] };
}

function seasonWindow(text: string): Pick<TimeWindow, 'from' | 'to' | 'words'> | null {
  const match = /\b(spring|summer|autumn|fall|winter)(?: of)? ((?:19|20)\d\d)\b/i.exec(text);
  if (match === null) return null;
  const year = Number(match[2]);
  const [first, last] = SEASONS[match[1]!.toLowerCase()]!;
  const from = `${year}-${String(first).padStart(2, '0')}-01`;
  const to = boundsOf(`${last < first ? year + 1 : year}-${String(last).padStart(2, '0')}`)[1];
  return { from, to, words: [match[0]] };
}

/** Whether a window restricts anything by date. */
export function isDated(window: TimeWindow): boolean {
  return window.from !== null || window.to !== null || window.partial.length > 0;
}

/** Whether a day lies in the window; a window without dates holds every day. */
export function inWindow(window: TimeWindow, day: IsoDate): boolean {
  if (window.from !== null && day < window.from.slice(0, day.length)) return false;
  if (window.to !== null && day.slice(0, window.to.length) > window.to) return false;
  if (window.partial.length === 0) return true;
  const [year, month, date] = day.split('-').map(Number);
  return window.partial.some(
    (part) =>
      (part.year === undefined || part.year === year) &&
      (part.month === null || part.month === month) &&
      (part.day === null || date === undefined || part.day === date),
  );
}

const PLACE_NOTES: Readonly<Record<Place, RegExp>> = {
  admission: /admission|h&p|history and physical|h p\b|hp\b|clerking|emergency|\bed\b|triage|intake/,
  discharge: /discharge/,
  emergency: /emergency|\bed\b|\ber\b|triage|a&e/,
  intensive: /icu|intensive|critical/,
  clinic: /clinic|office|outpatient|follow|gp|visit|soap|letter/,
  operation: /operat|procedure|anesth|anaesth|surg|pre-?op|post-?op/,
};

/** Whether words name a place or point of the course, and no thing that is measured. */
export function namesPlace(words: string): boolean {
  return PLACES.some(([, pattern]) => pattern.exec(words)?.[0].trim().length === words.trim().length);
}

/** Whether a note of this type is where a question's place is written about. */
export function placeFits(places: readonly Place[], noteType: string): boolean {
  return places.some((place) => PLACE_NOTES[place].test(noteType));
}

/** Where a question names dates, seasons and spans of time: no subject lies there. */
export function timeRanges(text: string): TextRange[] {
  const named =
    /\b(?:spring|summer|autumn|fall|winter)(?: of)? (?:19|20)\d\d\b|\b(?:last|past|previous|preceding)\s+(?:\d+|[a-z]+)?\s*(?:day|week|fortnight|month|year)s?\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b/gi;
  const spans = [...text.matchAll(named)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  return [...datesIn(text), ...spans];
}
