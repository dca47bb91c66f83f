import type { Chart, MedicationFact, ResultFact } from '../../domain/chart.ts';
import type { IsoDate } from '../../domain/ids.ts';
import type { PgxPatient } from '../recommender/index.ts';
import type { WarfarinPatient } from '../warfarin/index.ts';
import { UNKNOWN_PATIENT, warfarinRace } from '../warfarin/index.ts';
import type { AskedDrug } from './drugs.ts';
import { isSameDrug } from './drugs.ts';

/** Inputs that a person states beside the chart; they outrank it. */
export type StatedPatient = Partial<Omit<WarfarinPatient, 'race'>> & {
  readonly race?: string | null;
  readonly indication?: string | null;
};

/** Whole years between a birth date and a day. */
export function ageOn(birthDate: IsoDate, day: IsoDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** What guidelines distinguish, for one drug. */
export function patientFor(chart: Chart, drug: AskedDrug, stated: StatedPatient): PgxPatient {
  const own = chart.medications.filter((medication) => isSameDrug(medication, drug));
  const now = own.find((medication) => medication.status === 'active');
  return {
    ageYears: stated.ageYears ?? ageOf(chart),
    weightKg: stated.weightKg ?? latestWeightKg(chart),
    indication: stated.indication ?? now?.indication ?? own.at(-1)?.indication ?? null,
    takenOverThreeMonths: now === undefined ? false : overThreeMonths(now, chart.asOf),
    noAlternatives: null,
  };
}

function ageOf(chart: Chart): number | null {
  const { birthDate } = chart.patient;
  return birthDate === null || chart.asOf === null ? null : ageOn(birthDate, chart.asOf);
}

/** Null where no note gives its amount: "carbamazepine was mentioned" is no use over months, and the strictest row leads. */
function overThreeMonths(medication: MedicationFact, asOf: IsoDate | null): boolean | null {
  if (medication.steps.every(({ dose, frequency }) => dose === null && frequency === null)) return null;
  const start = medication.start?.start ?? medication.firstAsserted;
  if (asOf === null) return null;
  const months =
    (Number(asOf.slice(0, 4)) - Number(start.slice(0, 4))) * 12 +
    Number(asOf.slice(5, 7)) -
    Number(start.slice(5, 7) || '1');
  return months > 3;
}

const INDUCERS = ['carbamazepine', 'phenytoin', 'rifampin', 'rifampicin'];

/** Inputs of the warfarin algorithms, as far as the chart has them. */
export function warfarinPatient(chart: Chart, stated: StatedPatient): WarfarinPatient {
  const active = chart.medications.filter((medication) => medication.status === 'active');
  const takes = (names: readonly string[]): boolean =>
    active.some(
      (medication) =>
        names.includes(medication.concept.toLowerCase()) ||
        medication.ingredients.some((part) => names.includes(part.toLowerCase())),
    );
  const race = warfarinRace(stated.race ?? chart.patient.race);
  const warfarin = chart.medications.find((medication) => medication.concept.toLowerCase() === 'warfarin');
  const known: WarfarinPatient = {
    ...UNKNOWN_PATIENT,
    ageYears: ageOf(chart),
    heightCm: latestHeightCm(chart),
    weightKg: latestWeightKg(chart),
    race,
    enzymeInducer: chart.notes.length === 0 ? null : takes(INDUCERS),
    amiodarone: chart.notes.length === 0 ? null : takes(['amiodarone']),
    smoker: smokes(chart),
    africanAmerican: race === null || race === 'MissingOrMixed' ? null : race === 'Black',
    dvtOrPe: isForThrombosis(stated.indication ?? warfarin?.indication ?? null),
  };
  const { race: _race, indication: _indication, ...rest } = stated;
  return {
    ...known,
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null)),
  };
}

function smokes(chart: Chart): boolean | null {
  const tobacco = chart.habits.filter((habit) => habit.habit === 'tobacco').at(-1);
  return tobacco === undefined || tobacco.status === 'unknown' ? null : tobacco.status === 'current';
}

function isForThrombosis(indication: string | null): boolean | null {
  return indication === null
    ? null
    : /\b(?:dvt|pe|vte|deep ve\w+ thromb\w*|pulmonary embol\w*|thromboembol\w*)\b/i.test(indication);
}

function latest(chart: Chart, test: RegExp): ResultFact | undefined {
  return chart.results.filter((result) => test.test(result.test) && result.numbers.length > 0).at(-1);
}

function latestWeightKg(chart: Chart): number | null {
  const weight = latest(chart, /^(?:body )?weight$/i);
  const value = weight?.numbers[0];
  if (weight === undefined || value === undefined) return null;
  const words = `${weight.value} ${weight.unit ?? ''}`;
  if (/\b(?:lbs?|pounds?)\b/i.test(words)) return Math.round(value * 4.5359237) / 10;
  return /\bkgs?\b|kilo/i.test(words) ? value : null;
}

function latestHeightCm(chart: Chart): number | null {
  const height = latest(chart, /^(?:body )?height$/i);
  const value = height?.numbers[0];
  if (height === undefined || value === undefined) return null;
  const words = `${height.value} ${height.unit ?? ''}`;
  const feet = /(\d)\s*(?:'|ft|feet)\s*(\d{1,2})?/i.exec(words);
  if (feet !== null) return Math.round((Number(feet[1]) * 12 + Number(feet[2] ?? 0)) * 2.54);
  if (/\bin(?:ch(?:es)?)?\b|"/i.test(words)) return Math.round(value * 2.54);
  if (/\bcms?\b/i.test(words)) return value;
  return /\bm\b/i.test(words) && value < 3 ? Math.round(value * 100) : null;
}
