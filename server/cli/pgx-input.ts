import type { CallInput } from '#pipelines/pgx/sources/index.ts';
import type { PgxPatient } from '#pipelines/pgx/recommender/index.ts';
import type { WarfarinPatient } from '#pipelines/pgx/warfarin/index.ts';
import { UNKNOWN_PATIENT, warfarinRace } from '#pipelines/pgx/warfarin/index.ts';
import { idField, objectOf } from './json-fields.ts';
import { BadLine } from './json-lines.ts';

/** One line of input, checked. */
export interface PgxLine {
  readonly id: string | number;
  readonly vcf: string | null;
  readonly sample: string | null;
  readonly calls: readonly CallInput[];
  readonly report: string | null;
  readonly fhir: readonly unknown[];
  readonly note: string | null;
  readonly drugs: readonly string[] | null;
  readonly medications: readonly string[] | null;
  readonly patient: LinePatient;
}

export interface LinePatient {
  readonly guideline: PgxPatient;
  readonly warfarin: WarfarinPatient;
  /** Whether height and weight, or body surface, are given, so that a dose is meant. */
  readonly hasDoseInputs: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws BadLine */
export function readLine(value: unknown): PgxLine {
  const fields = objectOf(value, 'the line');
  const patient =
    fields['patient'] === undefined || fields['patient'] === null ? {} : objectOf(fields['patient'], '"patient"');
  const medications = names(fields, 'medications');
  return {
    id: idField(fields),
    vcf: text(fields, 'vcf'),
    sample: text(fields, 'sample'),
    calls: [...calls(fields['calls']), ...callsOfPatient(patient)],
    report: text(fields, 'report'),
    fhir:
      fields['fhir'] === undefined || fields['fhir'] === null
        ? []
        : Array.isArray(fields['fhir'])
          ? fields['fhir']
          : [fields['fhir']],
    note: text(fields, 'note'),
    drugs: names(fields, 'drugs'),
    medications,
    patient: linePatient(patient, medications),
  };
}

function text(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new BadLine(`"${name}" is not a string`);
  return value;
}

/** Names, or objects with a name. */
function names(fields: Fields, name: string): readonly string[] | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) throw new BadLine(`"${name}" is not a list`);
  return value.map((item: unknown) => {
    const word = typeof item === 'object' && item !== null && 'name' in item ? item.name : item;
    if (typeof word !== 'string') throw new BadLine(`"${name}" holds something that is not a name`);
    return word;
  });
}

function calls(value: unknown): readonly CallInput[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new BadLine('"calls" is not a list');
  return value.map((item: unknown) => {
    const call = objectOf(item, 'a call');
    const gene = text(call, 'gene');
    if (gene === null) throw new BadLine('a call has no "gene"');
    const field = (name: string): string | undefined => {
      const own = call[name];
      return typeof own === 'number' ? String(own) : (text(call, name) ?? undefined);
    };
    const input = {
      gene,
      result: field('result'),
      diplotype: field('diplotype'),
      phenotype: field('phenotype'),
      activityScore: field('activityScore'),
    };
    if (Object.values(input).filter((part) => part !== undefined).length < 2)
      throw new BadLine('a call has no "result"');
    return input;
  });
}

/** Warfarin genotypes may stand among the inputs of the algorithms. */
function callsOfPatient(patient: Fields): readonly CallInput[] {
  return ['VKORC1', 'CYP2C9'].flatMap((gene) => {
    const result = patient[gene];
    return typeof result === 'string' ? [{ gene, result }] : [];
  });
}

function linePatient(patient: Fields, medications: readonly string[] | null): LinePatient {
  const number = (...fields: readonly string[]): number | null => {
    const value = fields.map((name) => patient[name]).find((found) => found !== undefined && found !== null);
    if (value === undefined) return null;
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new BadLine(`"patient.${fields[0] ?? ''}" is not a number`);
    return value;
  };
  const flag = (name: string): boolean | null => {
    const value = patient[name];
    return value === undefined || value === null ? null : value === true || value === 1 || value === 'yes';
  };
  const takes = (drugs: readonly string[]): boolean | null =>
    medications === null ? null : medications.some((name) => drugs.includes(name.toLowerCase()));
  const ageYears = number('age', 'ageYears');
  const weightKg = number('weightKg', 'weight');
  const race = warfarinRace(text(patient, 'race'));
  const warfarin: WarfarinPatient = {
    ...UNKNOWN_PATIENT,
    ageYears,
    heightCm: number('heightCm', 'height'),
    weightKg,
    bsaM2: number('bsaM2'),
    race,
    targetInr: number('targetINR', 'targetInr'),
    enzymeInducer: flag('enzymeInducer') ?? takes(['carbamazepine', 'phenytoin', 'rifampin', 'rifampicin']),
    amiodarone: flag('amiodarone') ?? takes(['amiodarone']),
    smoker: flag('smoker'),
    africanAmerican: flag('africanAmerican') ?? (race === null || race === 'MissingOrMixed' ? null : race === 'Black'),
    dvtOrPe: flag('dvtOrPe'),
    africanAllelesTested: flag('africanAllelesTested'),
  };
  return {
    guideline: {
      ageYears,
      weightKg,
      indication: text(patient, 'indication'),
      takenOverThreeMonths: flag('takenOverThreeMonths'),
      noAlternatives: flag('noAlternatives'),
    },
    warfarin,
    hasDoseInputs: ageYears !== null && (warfarin.bsaM2 !== null || (warfarin.heightCm !== null && weightKg !== null)),
  };
}
