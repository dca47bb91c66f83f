import type { ResultFact } from '../../domain/chart.ts';
import { groupBy } from '../draft/group-by.ts';
import type { DraftClaim } from '../draft/types.ts';
import { inline } from '../draft/wording.ts';
import { houseDate } from '../text/dates.ts';
import { listLines } from './lines.ts';
import { compare, isVital } from './problem-course.ts';
import type { BriefContext, BriefPart } from './types.ts';

/** A result with its unit, flag and date. */
export function resultThing(fact: ResultFact): DraftClaim {
  const value = inline(fact.value);
  const unit =
    fact.unit === null || value.toLowerCase().includes(fact.unit.toLowerCase()) ? '' : ` ${inline(fact.unit)}`;
  const flag = fact.flag === null || fact.flag === 'normal' ? '' : `, ${fact.flag}`;
  const date = fact.when.start === null ? '' : ` (${houseDate(fact.when.start)}${flag})`;
  return {
    text: `${inline(fact.display)} ${value}${unit}${date}`,
    citations: [fact.evidence[0]],
    polarity: 'quoted',
  };
}

/** A value that reads as a number, a pair or a range, perhaps with its unit. */
const MEASURED = /^[<>≤≥~]?\s*[-+]?\d[\d.,]*(?:\s*[-–/]\s*\d[\d.,]*)?\s*(?:%|[a-zµμ°][\w/µμ^.²]*)?$/i;

export function isMeasured({ numbers, value }: ResultFact): boolean {
  return numbers.length > 0 && MEASURED.test(value.trim()) && /\d$|[^.]$/.test(value.trim());
}

/** A measured result of a test that the terminology knows: other words may be no test at all. */
export function isKnownTest(fact: ResultFact): boolean {
  return fact.codes.length > 0 && isMeasured(fact);
}

/** The last result of each test that no problem above tells, those out of range and the newest first; vital signs last. */
export function lastResultsPart(context: BriefContext, told: ReadonlySet<string>): BriefPart {
  const last = groupBy(context.chart.results.filter(isKnownTest), ({ test }) => test)
    .map((results) => [...results].sort((a, b) => compare(dayOf(a), dayOf(b))).at(-1)!)
    .filter(({ test }) => !told.has(test))
    .sort(byWeight);
  const most = context.since === null ? 2 * context.caps.listed : context.caps.listed;
  return {
    kind: 'results',
    title: 'Other last results',
    lines: listLines(
      context,
      '',
      last.map((fact) => resultThing(fact)),
      most,
    ),
  };
}

/** Results out of range lead, then laboratory tests, then the newest. */
export function byWeight(a: ResultFact, b: ResultFact): number {
  return (
    Number(isVital(a.test)) - Number(isVital(b.test)) ||
    Number(isOut(b)) - Number(isOut(a)) ||
    compare(dayOf(b), dayOf(a)) ||
    compare(a.test, b.test)
  );
}

function isOut({ flag }: ResultFact): boolean {
  return flag !== null && flag !== 'normal';
}

function dayOf({ when, lastAsserted }: ResultFact): string {
  return when.start ?? lastAsserted;
}
