import type { When } from '#pipelines/domain/timeline.ts';
import { addDays, addMonths } from '../dates/partial-date.ts';
import { normaliseTime } from '../dates/normalise-time.ts';
import { at, earliest } from '../dates/when.ts';
import type { MedicationMention } from '../reading/reading.ts';
import { WORDS, alternatives } from '../words.ts';
import { whenOfStep } from './medication-state.ts';

const UNITS: Readonly<Record<string, string>> = WORDS.time.units;
const COURSE = new RegExp(
  `^(?:x ?|for |to complete |over |total (?:of )?|another )*(?:a )?(\\d+)(?: ?(?:-|to) ?(\\d+))?[ -]?(more )?(${alternatives(Object.keys(UNITS))})(?!\\p{L})|^x?(?:for )? ?(\\d+)\\/(7|52|12)\\b`,
  'u',
);

/** When a course ends: on the day that is stated ("through 11/17"), else by its length ("x 7 days"), reckoned from the mention that states it; null where it is open. */
export function courseEnd(decisive: MedicationMention, mentions: readonly MedicationMention[]): When | null {
  const last = [decisive, ...mentions.filter(({ note }) => note === decisive.note)].find(
    (mention) => mention.endsOn !== null && isOrder(mention),
  );
  if (last !== undefined) return at(last.endsOn!, 'stated');
  const stating =
    decisive.duration !== null
      ? decisive
      : mentions.find((mention) => mention.note === decisive.note && mention.duration !== null && isOrder(mention));
  if (stating === undefined || stating.duration === null || !isOrder(stating)) return null;
  const match = COURSE.exec(normaliseTime(stating.duration).text);
  if (match === null || /\bpast|last|previous/.test(stating.duration)) return null;
  const amount = Number(match[2] ?? match[1] ?? match[5]);
  const unit = match[6] === undefined ? UNITS[match[4]!]! : { 7: 'day', 52: 'week', 12: 'month' }[match[6]]!;
  const from = earliest(whenOfStep(stating)) ?? stating.noteDate;
  return at(ahead(from, amount, unit), 'relative');
}

function ahead(from: string, amount: number, unit: string): string {
  if (unit === 'month' || unit === 'year' || unit === 'decade')
    return addMonths(from, amount * { month: 1, year: 12, decade: 120 }[unit]);
  return addDays(from, Math.ceil(amount * ({ day: 1, week: 7, fortnight: 14 }[unit] ?? 0)));
}

/** An order with a length; "for six weeks at that dose" in a story is none. */
function isOrder({ action, place, dose }: MedicationMention): boolean {
  if (action === 'start' || action === 'resume') return true;
  return action === 'continue' && dose !== null && place !== 'narrative';
}
