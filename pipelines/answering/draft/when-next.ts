import type { RankedUnit } from '../evidence/rank-units.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { isDayFirst } from '../evidence/day-first.ts';
import { datesIn } from '../text/dates.ts';
import { quoteClaim } from './extract.ts';
import type { Draft, DraftContext } from './types.ts';

/** A question of what lies ahead: `when is she due back`, `when does the stent come out`, never `when was her last visit`. */
const AHEAD =
  /\bwhen(?:'s|’s| is| are| does| do| will| should| would| to| can| shall)?\b(?! (?:was|were|did|had|has))/i;
const VISIT =
  /\b(?:next|due|follow(?:ed|ing)?[- ]?up|f\/?u|review(?:ed)?|seen? again|see (?:her|him|them) again|appointments?|appts?|come back|be back|coming back|due back|return|recall|rtc|revisit|re-?check\w*|come out|taken out|removal)\b/i;
const CUE =
  /\b(?:follow(?:ed|ing)?[- ]?up|f\/?u|rtc|return(?:s|ing)?|(?:see|seen|saw|review(?:ed)?|reassess(?:ed)?|re-?check(?:ed)?|re-?evaluat\w+|repeat(?:ed)?)|back|appointments?|appts?|clinic|visit|removal|removed?|recall|due|scheduled?|next|tci|opd|pull(?:ed)?|come out)\b/i;
const NUMBER =
  '(?:\\d+(?:\\s?(?:-|–|to|or)\\s?\\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple(?: of)?)';
const SPAN = new RegExp(
  `\\b(?:in|within|after|at|for|x)?\\s?(?:about|approximately|approx\\.?|around|another|the next|~|a)?\\s?${NUMBER}[\\s-]?(?:hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?)\\b(?!\\s+(?:ago|old|history|hx|of))|\\b\\d+\\s?\\/\\s?(?:52|12|7)\\b|\\b(?:next|following)\\s+(?:day|morning|week|month|year|mon|tues?|wednes|thurs?|fri)(?:day)?\\b|\\btomorrow\\b`,
  'i',
);
const NOTES = 2;

/** What is due and when: the last notes' sentence that names a visit, a removal or a repeat with a time ahead. */
export function draftNext(context: DraftContext): Draft | null {
  const { corrected } = context.question;
  if (!AHEAD.test(corrected) || !VISIT.test(corrected)) return null;
  const named = context.hits.filter(({ clinical, matches }) => clinical && matches.length > 0);
  const last = context.index.chart.notes.length - 1;
  const dayFirst = isDayFirst(context.chart);
  const units = context.index.units.filter(
    (unit) =>
      unit.noteIndex > last - NOTES &&
      isAhead(unit, dayFirst) &&
      CUE.test(unit.text) &&
      named.every(({ subject, byUnit }) => byUnit.has(unit.index) || !isThing(subject.kind)),
  );
  const [best] = units
    .map((unit) => ({ unit, score: scoreOf(unit, context, last) }))
    .sort((a, b) => b.score - a.score || b.unit.index - a.unit.index);
  if (best === undefined) return null;
  const claim = quoteClaim(best satisfies Pick<RankedUnit, 'unit'>, context);
  return { claims: [claim], finding: 'affirmed', rule: 'due', confidence: 0.6 };
}

function isThing(kind: string): boolean {
  return kind === 'medication' || kind === 'class' || kind === 'test' || kind === 'condition';
}

function isAhead(unit: Unit, dayFirst: boolean): boolean {
  const dates = datesIn(unit.text, dayFirst).filter(({ year, month }) => year !== null && month !== null);
  const two = (n: number | null): string => (n === null ? '' : `-${String(n).padStart(2, '0')}`);
  return SPAN.test(unit.text) || dates.some(({ year, month, day }) => `${year!}${two(month)}${two(day)}` > unit.date);
}

/** Words of the question in the sentence count most, then a plain word of coming back, then how late it was written. */
function scoreOf(unit: Unit, { hits, question }: DraftContext, last: number): number {
  const words = hits.filter(({ byUnit }) => byUnit.has(unit.index)).length;
  const plain =
    /\b(?:follow(?:ed|ing)?[- ]?up|f\/?u|rtc|return|see (?:her|him|them|the patient)?|back|appointment)\b/i.test(
      unit.text,
    );
  const removal =
    /\b(?:come out|taken out|remov\w+)\b/i.test(question.corrected) && /\b(?:remov\w+|pull\w*|out)\b/i.test(unit.text);
  const placed = /plan|follow|disposition|recommend|instruct/i.test(`${unit.section} ${unit.title}`);
  return words + (plain ? 0.5 : 0) + (removal ? 1 : 0) + (placed ? 0.3 : 0) + (unit.noteIndex === last ? 0.6 : 0);
}
