import type { IsoDate } from '#pipelines/domain/ids.ts';
import type { MedicationMention, NoteReading } from '../reading/reading.ts';

/** A list of fewer drugs is not taken for the whole list. */
const MIN_LISTED = 3;
/** Longest stay, in notes' days, for a drug of the stay to be judged by the discharge list where no admission is dated. */
const STAY_YEARS = 1;

/** A discharge with a whole list of what to go on taking. */
export interface Discharge {
  readonly date: IsoDate;
  readonly admission: IsoDate | null;
  readonly concepts: ReadonlySet<string>;
}

/** Finds notes with a discharge medication list. */
export function findDischarges(readings: readonly NoteReading[]): Discharge[] {
  return readings.flatMap(({ annotated, anchors, medications }) => {
    const listed = medications.filter(({ place }) => place === 'discharge-list');
    if (listed.length < MIN_LISTED) return [];
    const concepts = new Set(listed.map(({ concept }) => concept));
    return [{ date: annotated.note.date, admission: anchors.admission, concepts }];
  });
}

/** Whether a drug that was begun during a stay, and is on no list, was left out of the list at its end. */
export function leftOutAtDischarge(
  decisive: MedicationMention,
  mentions: readonly MedicationMention[],
  discharges: readonly Discharge[],
  asOf: IsoDate,
): boolean {
  return discharges.some(({ date, admission, concepts }) => {
    if (date < decisive.noteDate || date > asOf || concepts.has(decisive.concept)) return false;
    const begun = mentions[0]!.noteDate;
    return admission === null
      ? Number(date.slice(0, 4)) - Number(begun.slice(0, 4)) < STAY_YEARS && date.slice(0, 7) === begun.slice(0, 7)
      : begun >= admission;
  });
}
