import { houseDate } from '../text/dates.ts';
import { isDated } from '../question/time-window.ts';
import { stemsOf } from '../text/words.ts';
import type { Subject } from '../question/types.ts';
import { groupBy } from './group-by.ts';
import type { DatedResult } from './results.ts';
import { allResultsFor, atTime, resultsFor } from './results.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline } from './wording.ts';

const OTHER_KINDS = ['why', 'family', 'adverse', 'allergy', 'trend', 'conflict', 'summary', 'pgx', 'plan'] as const;

/** Tests whose result is a description and not a value. */
const DESCRIBED =
  /\b(mri|mra|cta?|cat|x-?ray|cxr|xr|echo\w*|tte|tee|ultrasound|us|scans?|biops\w+|bx|patholog\w+|histolog\w+|cytolog\w+|colonoscop\w+|endoscop\w+|sigmoidoscop\w+|egd|eeg|emg|ekg|ecg|cath\w*|angio\w+|mammogra\w+|pet|duplex|doppler|stress|cultures?|smear|pap|sleep study|lumbar puncture|exam\w*|imaging|radiograph\w*|films?|swallow)\b/i;

const PREVIOUS =
  /\b(one before|before (that|this|last)|previous (one|value|reading|result)|second[- ]last|prior (one|value))\b/i;

/** The latest, first, highest, lowest or dated value of each test that the question names. */
export function draftValue(context: DraftContext): Draft | null {
  const { question } = context;
  if (OTHER_KINDS.some((kind) => question.asked.has(kind))) return null;
  if (/^\W*(?:and |so )?when\b|\bhow many (?:units|bags|pints)\b/i.test(question.corrected)) return null;
  const claims: DraftClaim[] = [];
  for (const subject of question.subjects) {
    if (!isMeasured(subject, context)) continue;
    const extreme =
      (question.asked.has('peak') || question.asked.has('nadir')) &&
      !isDated(question.window) &&
      context.contextHits.length === 0;
    const known = extreme ? allResultsFor(context, subject) : resultsFor(context, subject);
    const results = qualified(context, subject, known);
    const chosen = subject.kind === 'panel' ? latestOfEach(context, subject) : [pick(context, results)];
    for (const result of chosen) if (result !== null) claims.push(valueClaim(result));
  }
  if (claims.length === 0) return null;
  return { claims: claims.slice(0, 5), finding: 'affirmed', rule: 'value', confidence: 0.85 };
}

/** "Endoxifen level?": the drug's concentration, not its dose. */
export function asksLevel({ question }: DraftContext): boolean {
  return /\blevels?\b/i.test(question.corrected);
}

function isMeasured(subject: Subject, context: DraftContext): boolean {
  if (subject.kind === 'test' || subject.kind === 'panel') return !DESCRIBED.test(subject.words);
  if (asksLevel(context) && (subject.kind === 'medication' || subject.kind === 'term'))
    return resultsFor(context, subject).length > 0;
  if (subject.kind !== 'term' || context.question.yesNo || context.question.asked.has('where')) return false;
  const names = subject.forms.filter(({ weight }) => weight === 1).map(({ stems }) => stems.join(' '));
  return context.chart.results.some(({ display }) => names.includes(stemsOf(display).join(' ')));
}

/** Keeps results whose sentence names the other subjects too ("*lumbar spine* T-score"), the nearest to them first. */
function qualified(context: DraftContext, subject: Subject, results: readonly DatedResult[]): readonly DatedResult[] {
  const others = context.hits.filter(
    (hit) => hit.subject !== subject && !isMeasured(hit.subject, context) && hit.matches.length > 0,
  );
  for (const { byUnit } of others) {
    const named = results.filter(({ unit }) => unit !== null && byUnit.has(unit.index));
    if (named.length === 0) continue;
    const distance = ({ unit, citation }: DatedResult): number => {
      const gap = citation.start - (unit!.start + unit!.words[byUnit.get(unit!.index)!.last]!.end);
      return gap < 0 ? 1_000 - gap : gap;
    };
    const nearest = new Map<number, DatedResult>();
    for (const result of named) {
      const known = nearest.get(result.unit!.index);
      if (known === undefined || distance(result) < distance(known)) nearest.set(result.unit!.index, result);
    }
    return [...nearest.values()];
  }
  return results;
}

function latestOfEach(context: DraftContext, subject: Subject): (DatedResult | null)[] {
  const groups = groupBy(resultsFor(context, subject), ({ test }) => test);
  return groups.map((results) => pick(context, results)).slice(0, 5);
}

/** One of several results, by what is asked; null where the window holds none. */
function pick(context: DraftContext, results: readonly DatedResult[]): DatedResult | null {
  const { asked, window, corrected } = context.question;
  const extreme = (asked.has('peak') || asked.has('nadir')) && !isDated(window);
  const kept = extreme ? [...results] : atTime(context, results);
  if (kept.length === 0) return null;
  if (PREVIOUS.test(corrected) && kept.length > 1) return kept.at(-2)!;
  const numeric = kept.filter(({ numbers }) => numbers.length > 0);
  const size = (result: DatedResult): number => result.numbers[0]!;
  if (asked.has('peak') && numeric.length > 0) return numeric.reduce((a, b) => (size(b) > size(a) ? b : a));
  if (asked.has('nadir') && numeric.length > 0) return numeric.reduce((a, b) => (size(b) < size(a) ? b : a));
  const early =
    asked.has('first') ||
    ((isDated(window) || window.places.length > 0 || context.contextHits.length > 0) && !asked.has('latest'));
  return early ? kept[0]! : latestOf(kept);
}

/**
 * The latest. Of several on the last day the value said most often, then one from a list of results, then the first of
 * its sentence (earlier values follow in brackets), except along an arrow.
 */
function latestOf(results: readonly DatedResult[]): DatedResult {
  const last = results.at(-1)!;
  const rivals = results.filter(({ date }) => date === last.date);
  if (rivals.length < 2) return last;
  const same = (a: DatedResult, b: DatedResult): boolean => inline(a.value) === inline(b.value);
  const worth = (result: DatedResult): number => {
    const inUnit = rivals.filter(({ unit }) => unit !== null && unit === result.unit);
    const arrow = /->|→/.test(result.unit?.text ?? '');
    const place = inUnit.indexOf(result);
    const listed = /lab|result|objective|data|exam|vital|investigation|studies/.test(
      `${result.unit?.section ?? ''} ${result.unit?.title ?? ''}`,
    );
    const before = result.unit?.text.slice(0, result.citation.start - result.unit.start) ?? '';
    const repeated = /\b(?:repeat|rpt|re-?check(?:ed)?)\W*$/i.test(before) ? 9 : 0;
    return (
      repeated +
      rivals.filter((other) => same(other, result)).length +
      (listed ? 0.6 : 0) +
      (arrow ? 0.3 * place : -0.5 * place)
    );
  };
  return rivals.reduce((a, b) => (worth(b) >= worth(a) ? b : a));
}

/** `Creatinine 1.9 mg/dL on 20 Apr 2023.` */
export function valueClaim(result: DatedResult): DraftClaim {
  return {
    text: `${valueText(result)} on ${houseDate(result.date)}.`,
    citations: [result.citation],
    polarity: 'quoted',
  };
}

export function valueText({ display, value }: DatedResult): string {
  return `${capital(inline(display))} ${inline(value)}`;
}
