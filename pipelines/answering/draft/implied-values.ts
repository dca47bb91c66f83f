import valueRules from '../../rules/answering/1/values.json' with { type: 'json' };
import type { Unit } from '../evidence/chart-index.ts';
import { isDayFirst } from '../evidence/day-first.ts';
import type { Subject } from '../question/types.ts';
import { datesIn } from '../text/dates.ts';
import type { StatedValue } from './stated-value.ts';
import { resolveDate } from './stated-value.ts';
import type { DraftContext } from './types.ts';

/** What a note may tell without the test's name: "he is 82 kg", "echo in May: 56%". The first group is the value. */
const IMPLIED: readonly { readonly test: string; readonly pattern: RegExp }[] = valueRules.implied.map(
  ({ test, pattern }) => ({ test, pattern: new RegExp(pattern, 'gi') }),
);

/** Values of a test that the notes tell by their unit or by how they were measured, in the order of the chart. */
export function impliedValues({ index, chart }: DraftContext, { kind, key }: Subject): StatedValue[] {
  const rows = kind === 'test' ? IMPLIED.filter(({ test }) => test === key) : [];
  return rows.flatMap(({ pattern }) =>
    index.units.flatMap((unit) =>
      [...unit.text.matchAll(pattern)].flatMap((match): StatedValue[] => {
        const value = match[1]!;
        const at = match.index + match[0].length - value.length;
        if (belongsElsewhere(unit, match.index, at, at + value.length)) return [];
        const date = datesIn(match[0])[0] ?? null;
        const place = { start: unit.start + match.index, at: unit.start + at, end: unit.start + at + value.length };
        const day = date === null ? null : resolveDate(date, unit, isDayFirst(chart));
        const told = { date: day, withoutYear: date?.year === null, earlier: false, compared: false, extreme: false };
        return [{ unit, display: key, value, ...place, ...told }];
      }),
    ),
  );
}

/** A number with another test's name right before it, or that is a dose. */
function belongsElsewhere({ entities, start }: Unit, lead: number, at: number, end: number): boolean {
  return entities.some(
    (entity) =>
      (entity.label === 'Test' && entity.start > start + lead && entity.end <= start + at) ||
      (entity.label === 'Dose' && entity.start < start + end && start + at < entity.end),
  );
}
