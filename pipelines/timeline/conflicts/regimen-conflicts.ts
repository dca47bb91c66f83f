import type { Conflict } from '#pipelines/domain/chart.ts';
import { daysBetween } from '../dates/partial-date.ts';
import type { MedicationMention, NoteReading, ResultMention } from '../reading/reading.ts';
import { groupMentions } from '../reconcile/fact.ts';
import { WORDS, anyOf } from '../words.ts';
import { conflictOf, sideOf } from './conflict.ts';

/** Lists so many days apart, without a change between them, should agree. */
const LIST_DAYS = 2;
const OFTEN_A_DAY = anyOf(WORDS.clinical.measuredOften);

/** One drug on lists of the same days with two doses, none of them a change. */
export function twoDoses(readings: readonly NoteReading[]): Conflict[] {
  const mentions = readings.flatMap(({ medications }) => medications);
  return [...groupMentions(mentions, ({ concept }) => concept).values()].flatMap((group) => {
    const listed = group.filter(isListed);
    for (const [index, first] of listed.entries()) {
      const second = listed
        .slice(index + 1)
        .find((mention) => disagree(first, mention) && !changedBetween(group, first, mention));
      if (second !== undefined) return [conflictOf('two-doses', second, doseSide(first), doseSide(second))];
    }
    return [];
  });
}

function isListed({ action, dose, place, assertion, once }: MedicationMention): boolean {
  return (
    action === 'continue' &&
    dose !== null &&
    !once &&
    place !== 'plan' &&
    assertion.existence === 'present' &&
    amount(dose) !== null
  );
}

function disagree(a: MedicationMention, b: MedicationMention): boolean {
  if (Math.abs(daysBetween(a.noteDate, b.noteDate)) > LIST_DAYS || (a.frequency ?? '') !== (b.frequency ?? ''))
    return false;
  const [x, y] = [amount(a.dose!)!, amount(b.dose!)!];
  return x.unit === y.unit && x.value !== y.value;
}

function changedBetween(group: readonly MedicationMention[], a: MedicationMention, b: MedicationMention): boolean {
  return group.some(
    ({ action, noteDate }) =>
      action !== 'continue' && action !== null && noteDate >= a.noteDate && noteDate <= b.noteDate,
  );
}

function amount(dose: string): { value: number; unit: string } | null {
  const match = /^(\d+(?:\.\d+)?) ?(mg|mcg|g|units?|meq)$/i.exec(dose.trim());
  return match === null ? null : { value: Number(match[1]), unit: match[2]!.toLowerCase() };
}

function doseSide(mention: MedicationMention): ReturnType<typeof sideOf> {
  return sideOf(mention, `${mention.words} ${mention.dose!}`);
}

/** Two notes that give one test two values on the same stated day. */
export function twoValues(readings: readonly NoteReading[]): Conflict[] {
  const dated = readings
    .flatMap(({ results }) => results)
    .filter(
      ({ when, numbers, test }) =>
        when.precision === 'day' &&
        when.anchor === 'stated' &&
        when.start === when.end &&
        numbers.length === 1 &&
        !OFTEN_A_DAY.test(test),
    );
  return [...groupMentions(dated, ({ test, when }) => `${test}|${when.start!}`).values()].flatMap((group) => {
    const first = group[0];
    const byNote = groupMentions(group, ({ note }) => note);
    if ([...byNote.values()].some((ofNote) => ofNote.length > 1)) return [];
    const other = group.find((mention) => mention.note !== first.note && differ(first, mention));
    return other === undefined ? [] : [conflictOf('two-values', other, sideOf(first), sideOf(other))];
  });
}

/** Neither rounding nor another unit is a contradiction. */
function differ(a: ResultMention, b: ResultMention): boolean {
  const isConverted = a.quantity !== null && b.quantity !== null;
  if (!isConverted && (a.unit ?? b.unit) !== (b.unit ?? a.unit)) return false;
  const [x, y] = isConverted ? [a.quantity.value, b.quantity.value] : [a.numbers[0]!, b.numbers[0]!];
  return Math.abs(x - y) > 0.05 * Math.max(Math.abs(x), Math.abs(y));
}
