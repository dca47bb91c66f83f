import { houseDate } from '../text/dates.ts';
import { isDated, namesPlace } from '../question/time-window.ts';
import { stemsOf } from '../text/words.ts';
import type { Subject } from '../question/types.ts';
import { groupBy } from './group-by.ts';
import type { DatedResult } from './results.ts';
import { atTime, duringOccasion, inTime, occasionScore } from './results-in-time.ts';
import { allResultsFor, isOfName, resultsFor, sizesOf } from './results.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline } from './wording.ts';

const OTHER_KINDS = ['why', 'family', 'adverse', 'allergy', 'conflict', 'summary', 'pgx'] as const;

/** Tests whose result is a description and not a value. */
const DESCRIBED =
  /\b(mri|mra|cta?|cat|x-?ray|cxr|xr|echo\w*|tte|tee|ultrasound|us|scans?|biops\w+|bx|patholog\w+|histolog\w+|cytolog\w+|colonoscop\w+|endoscop\w+|sigmoidoscop\w+|egd|eeg|emg|ekg|ecg|cath\w*|angio\w+|mammogra\w+|pet|duplex|doppler|stress|cultures?|smear|pap|sleep study|lumbar puncture|exam\w*|imaging|radiograph\w*|films?|swallow|mr|rhythm)\b/i;

const JUDGED = /\b(normal|abnormal\w*|derang\w*|ok|okay|fine|high|low|raised|elevated|checked|done|off)\b/i;

const PREVIOUS =
  /\b(one before|before (that|this|last)|previous (one|value|reading|result)|second[- ]last|prior (one|value))\b/i;

/** The latest, first, highest, lowest or dated value of each test that the question names. */
export function draftValue(context: DraftContext): Draft | null {
  const { question } = context;
  if (asksOther(question) || isAskedMissing(context)) return null;
  const claims: DraftClaim[] = [];
  for (const subject of question.subjects) {
    if (!isMeasured(subject, context)) continue;
    const extreme = asksExtreme(context) && !isDated(question.window) && context.contextHits.length === 0;
    const known = extreme ? allResultsFor(context, subject) : resultsFor(context, subject);
    const timely = extreme ? known : ofOccasion(context, inTime(context, known));
    const named = qualified(context, subject, timely);
    const asked = asksExtreme(context) && named.length < 2 ? timely : named;
    const results = isDateAsked(question) ? asked.filter(isNumeric) : numbersFirst(question, asked);
    const chosen = subject.kind === 'panel' ? latestOfEach(context, subject) : [pick(context, results)];
    for (const result of chosen) if (result !== null) claims.push(valueClaim(result));
    const usual = WITH_BASELINE.test(question.corrected) ? known.findLast(isBaseline) : undefined;
    if (usual !== undefined && !chosen.includes(usual)) claims.push(valueClaim(usual));
  }
  if (claims.length === 0) return null;
  const distinct = claims.filter(({ text }, i) => claims.findIndex((other) => other.text === text) === i);
  return { claims: distinct.slice(0, 5), finding: 'affirmed', rule: 'value', confidence: 0.85 };
}

/** "Troponin when the QT was long?" where no note names a troponin: the other test is no answer. */
function isAskedMissing(context: DraftContext): boolean {
  const { hits, question } = context;
  const [first] = question.subjects.filter(({ kind }) => kind === 'test');
  if (first === undefined || resultsFor(context, first).length > 0) return false;
  const hit = hits.find(({ subject }) => subject === first);
  const hasPanel = question.subjects.some(({ kind }) => kind === 'panel');
  return hit !== undefined && hit.matches.length === 0 && !hasPanel && !question.asked.has('latest');
}

/** "PMN when he had the peritonitis": values told beside the occasion, where any are. */
function ofOccasion(context: DraftContext, results: readonly DatedResult[]): readonly DatedResult[] {
  if (context.question.order !== 'during' || context.contextHits.length === 0) return results;
  const scored = results.map((result) => ({ result, score: occasionScore(result.unit, context.contextHits) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best < OCCASION ? results : scored.filter(({ score }) => score >= 0.75 * best).map(({ result }) => result);
}

/** From here on a note speaks of the occasion: most of its words, or all of them in other sentences. */
const OCCASION = 0.5;

/** Asked of a drug; a level of that name is no answer. */
const AMOUNTS = ['dose', 'frequency', 'route'] as const;
const WITH_BASELINE =
  /(?:\band|\bvs\.?|\bversus|\bcompared (?:to|with)|,|\?)\s+(?:(?:what (?:is|was)|the|his|her|their|usual)\s+)*baseline\b/i;

/** What a value does not answer: reasons, plans ("INR goal?"), amounts given, and dates of what is no test. */
function asksOther(question: DraftContext['question']): boolean {
  const { asked, corrected, subjects } = question;
  if (OTHER_KINDS.some((kind) => asked.has(kind))) return true;
  if (asked.has('plan') && !asked.has('latest')) return true;
  if (/\bhow many (?:units|bags|pints)\b/i.test(corrected)) return true;
  if (asked.has('procedure') && /^\W*(?:and |so )?how(?:'d| (?:was|were|did))\b/i.test(corrected)) return true;
  const places = (['latest', 'first', 'peak', 'nadir'] as const).some((kind) => asked.has(kind));
  return isDateAsked(question) && !(places && subjects.length === 1 && subjects[0]!.kind === 'test');
}

const isNumeric = ({ numbers }: DatedResult): boolean => numbers.length > 0;

/** "RPR titre?" asks for a number where there is one. */
function numbersFirst(
  { corrected }: DraftContext['question'],
  results: readonly DatedResult[],
): readonly DatedResult[] {
  if (!/\b(tit(?:er|re)s?|levels?|numbers?|figures?|readings?|counts?|values?|scores?)\b/i.test(corrected))
    return results;
  const numeric = results.filter(isNumeric);
  return numeric.length > 0 || /\bfigures?\b/i.test(corrected) ? numeric : results;
}

/** "When was the last INR?", "date of the last INR". */
function isDateAsked({ asked, corrected }: DraftContext['question']): boolean {
  return asked.has('when') && /^\W*(?:and |so )?(?:when|(?:what |which )?(?:date|day|month|year))\b/i.test(corrected);
}

/** "Endoxifen level?": the drug's concentration, not its dose. */
export function asksLevel({ question }: DraftContext): boolean {
  return /\blevels?\b/i.test(question.corrected);
}

function isMeasured(subject: Subject, context: DraftContext): boolean {
  // "Did she need blood?" names a panel by chance.
  if (subject.kind === 'panel' && context.question.yesNo && !JUDGED.test(context.question.corrected)) return false;
  if (subject.kind === 'test' || subject.kind === 'panel') return !DESCRIBED.test(subject.words);
  if (asksLevel(context) && ['medication', 'class', 'term'].includes(subject.kind))
    return resultsFor(context, subject).length > 0;
  if (AMOUNTS.some((kind) => context.question.asked.has(kind))) return false;
  if (subject.kind !== 'term' || context.question.yesNo || context.question.asked.has('where')) return false;
  const names = subject.forms.filter(({ weight }) => weight === 1).map(({ stems }) => stems.join(' '));
  return context.chart.results.some(({ display }) => names.includes(stemsOf(display).join(' ')));
}

/** Keeps results whose sentence names the other subjects too ("*lumbar spine* T-score"), the nearest to them first. */
export function qualified(
  context: DraftContext,
  subject: Subject,
  results: readonly DatedResult[],
): readonly DatedResult[] {
  const others = context.hits.filter(
    (hit) =>
      hit.subject !== subject &&
      hit.matches.length > 0 &&
      !isOfName(hit.subject, subject) &&
      !namesPlace(hit.subject.words) &&
      !BASELINE.test(hit.subject.words) &&
      !OF_ANY_LEVEL.test(hit.subject.words) &&
      !isMeasured(hit.subject, context),
  );
  for (const { byUnit } of others) {
    const named = results.filter(({ unit }) => unit !== null && byUnit.has(unit.index));
    if (named.length === 0) continue;
    const distance = ({ unit, at, value }: DatedResult): number => {
      const { first, last } = byUnit.get(unit!.index)!;
      const behind = at - (unit!.start + unit!.words[last]!.end);
      // A place in brackets behind its value, "-0.8 (femoral neck)", is nearer than one told long before.
      const ahead = unit!.start + unit!.words[first]!.start - at - value.length;
      if (behind >= 0) return behind;
      return /^\s*\($/.test(unit!.note.note.text.slice(at + value.length, unit!.start + unit!.words[first]!.start))
        ? 0
        : 1_000 + Math.abs(ahead);
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
  const kept = asksExtreme(context) ? duringOccasion(context, results) : atTime(context, results);
  if (kept.length === 0) return null;
  if (BASELINE.test(corrected) && !WITH_BASELINE.test(corrected)) {
    const said = kept.filter(isBaseline);
    if (said.length > 0) return said.at(-1)!;
  }
  const own = kept.filter(({ compared, earlier, extreme }) => !compared && !earlier && !extreme);
  const measured = own.length > 0 ? own : kept;
  if (PREVIOUS.test(corrected) && measured.length > 1) return measured.at(-2)!;
  const numeric = comparable(kept);
  if (asked.has('peak') && numeric.length > 0) return extremeOf(exact(numeric, /^[<≤]/), 1);
  if (asked.has('nadir') && numeric.length > 0) return extremeOf(exact(numeric, /^[>≥]/), -1);
  if (asked.has('first')) return sameName(context, kept)[0]!;
  const isPlaced = isDated(window) || window.places.length > 0 || context.contextHits.length > 0;
  const isLast = asked.has('latest') || context.question.order === 'before';
  return isPlaced && !isLast ? sameName(context, measured)[0]! : latestOf(measured);
}

/** The first of the largest, or with `sign` -1 of the smallest. */
function extremeOf(results: readonly DatedResult[], sign: 1 | -1): DatedResult {
  const sizes = sizesOf(results);
  return results[sizes.reduce((best, size, i) => (sign * size > sign * sizes[best]! ? i : best), 0)]!;
}

function asksExtreme({ question: { asked } }: DraftContext): boolean {
  return asked.has('peak') || asked.has('nadir');
}

/** Results that an extreme is sought among: of CD4 in cells and in per cent, those of the commoner sort. */
function comparable(results: readonly DatedResult[]): DatedResult[] {
  const numeric = results.filter(({ numbers }) => numbers.length > 0);
  const isShare = ({ value }: DatedResult): boolean => /^[^(]*%/.test(value);
  const shares = numeric.filter(isShare);
  return shares.length * 2 > numeric.length ? shares : numeric.filter((result) => !isShare(result));
}

/** Leaves out what is only a limit ("< 10") where the chart holds measured numbers. */
function exact(results: readonly DatedResult[], limit: RegExp): readonly DatedResult[] {
  const measured = results.filter(({ value }) => !limit.test(value));
  return measured.length > 0 ? measured : results;
}

/** Of a dated stay, the results under the very name that was asked for, where there are such. */
function sameName({ question }: DraftContext, results: readonly DatedResult[]): readonly DatedResult[] {
  const asked = new Set(question.subjects.map(({ words }) => stemsOf(words).join(' ')));
  const named = isDated(question.window) ? results.filter(({ display }) => asked.has(stemsOf(display).join(' '))) : [];
  return named.length > 0 ? named : results;
}

/** Words of a level that a note leaves out more often than it writes them: no reason to prefer an old value that has them. */
const OF_ANY_LEVEL =
  /^(?:troughs?|levels?|serum|plasma|blood|values?|numbers?|readings?|results?|scores?|count|check|lab|labs)$/i;
const BASELINE = /\bbaseline\b/i;

/** Whether the words right before a value call it the usual one. */
function isBaseline({ unit, at }: DatedResult): boolean {
  return (
    unit !== null && /\bbaseline\b[^.;,]{0,20}$/i.test(unit.note.note.text.slice(Math.max(unit.start, at - 34), at))
  );
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
    text: `${valueText(result)} ${dayText(result)}.`,
    citations: result.datedBy === null ? [result.citation] : [result.citation, result.datedBy],
    polarity: 'quoted',
  };
}

/** `on 20 Apr 2023`; `before` it of a value told for comparison, `by` then of the highest or lowest of a course. */
function dayText({ date, earlier, extreme }: DatedResult): string {
  return `${earlier ? 'before' : extreme ? 'by' : 'on'} ${houseDate(date)}`;
}

export function valueText({ display, value }: DatedResult): string {
  return `${capital(inline(display))} ${inline(value)}`;
}
