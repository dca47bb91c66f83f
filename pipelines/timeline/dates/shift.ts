import type { IsoDate } from '#pipelines/domain/ids.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import { addDays, addMonths } from './partial-date.ts';
import { at } from './when.ts';

/** The day that lies so many units before another, at the precision of the unit. */
export function back(amount: number, unit: string, from: IsoDate): When | null {
  return shifted(-amount, unit, from);
}

/** The day that lies so many units after another, at the precision of the unit. */
export function ahead(amount: number, unit: string, from: IsoDate): When | null {
  return shifted(amount, unit, from);
}

/** Days and weeks keep the day, months the month, years the year: no more than the words say. */
function shifted(amount: number, unit: string, from: IsoDate): When | null {
  switch (unit) {
    case 'minute':
    case 'hour':
      return at(addDays(from, unit === 'hour' ? Math.trunc(amount / 24) : 0), 'relative');
    case 'day':
      return at(addDays(from, Math.round(amount)), 'relative');
    case 'week':
      return at(addDays(from, Math.round(amount * 7)), 'relative');
    case 'fortnight':
      return at(addDays(from, Math.round(amount * 14)), 'relative');
    case 'month':
      return at(addMonths(from, Math.round(amount)).slice(0, 7), 'relative');
    case 'year':
      return Number.isInteger(amount)
        ? at(addMonths(from, amount * 12).slice(0, 4), 'relative')
        : at(addMonths(from, Math.round(amount * 12)).slice(0, 7), 'relative');
    case 'decade':
      return at(addMonths(from, amount * 120).slice(0, 4), 'relative');
    default:
      return null;
  }
}

/** Unit of a British fraction: 7 days, 52 weeks, 12 months. */
export function unitOfFraction(denominator: string): string {
  return denominator === '7' ? 'day' : denominator === '52' ? 'week' : 'month';
}
