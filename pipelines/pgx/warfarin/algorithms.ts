import type { DoseAlgorithm } from '../rules.ts';

/** Names of the algorithms, as the rule set has them. */
export type WarfarinAlgorithm = 'IWPC_pharmacogenetic' | 'IWPC_clinical' | 'Gage_pharmacogenetic' | 'Gage_clinical';

export type VkorcGenotype = 'GG' | 'AG' | 'AA';
export type WarfarinRace = 'Asian' | 'Black' | 'White' | 'MissingOrMixed';

/** Inputs of the dose algorithms; null where not known. Flags are the algorithms' own 0 or 1. */
export interface DoseInputs {
  readonly ageYears: number | null;
  readonly heightCm: number | null;
  readonly weightKg: number | null;
  /** Body surface in square metres; worked out from height and weight (Du Bois) where it is null. */
  readonly bsaM2: number | null;
  readonly race: WarfarinRace | null;
  readonly targetInr: number | null;
  readonly vkorc1: VkorcGenotype | null;
  /** `*1/*3`; only pairs of *1, *2 and *3. */
  readonly cyp2c9: string | null;
  readonly enzymeInducer: boolean | null;
  readonly amiodarone: boolean | null;
  readonly smoker: boolean | null;
  readonly africanAmerican: boolean | null;
  readonly dvtOrPe: boolean | null;
}

export interface ComputedDose {
  readonly weeklyMg: number;
  readonly dailyMg: number;
  /** Inputs that were not known, and what the algorithm takes for them. */
  readonly assumed: readonly string[];
}

/** Why there is no dose. */
export interface NoDose {
  readonly reason: string;
}

/** Limits within which doses are computed: adults, and body sizes as the cohorts behind the algorithms had them. */
export const LIMITS = {
  ageYears: [18, 100],
  heightCm: [120, 220],
  weightKg: [30, 250],
  bsaM2: [1, 3.2],
  targetInr: [1.5, 4],
} as const;

const LIMIT_NAMES: Readonly<Record<keyof typeof LIMITS, string>> = {
  ageYears: 'age',
  heightCm: 'height',
  weightKg: 'weight',
  bsaM2: 'body surface',
  targetInr: 'target INR',
};

/** The first input outside its limits, in words; null where all are inside. */
export function outsideLimits(inputs: DoseInputs): string | null {
  for (const [name, [low, high]] of Object.entries(LIMITS) as [keyof typeof LIMITS, readonly [number, number]][]) {
    const value = inputs[name];
    if (value === null || (value >= low && value <= high)) continue;
    if (name === 'ageYears' && value < low) return 'the dose algorithms are for adults only';
    return `${LIMIT_NAMES[name]} ${String(value)} is outside ${String(low)} to ${String(high)}`;
  }
  return null;
}

/** Body surface by Du Bois: 0.007184 x weight^0.425 x height^0.725. */
export function bodySurface(heightCm: number, weightKg: number): number {
  return 0.007184 * weightKg ** 0.425 * heightCm ** 0.725;
}

/**
 * Works out one algorithm. An input that is not known takes the term that the algorithm has for it (unknown genotype, race
 * missing or mixed, "otherwise 0" for drugs and smoking), which is said; where it has none there is no dose.
 */
export function computeDose(
  name: WarfarinAlgorithm,
  algorithm: DoseAlgorithm,
  inputs: DoseInputs,
): ComputedDose | NoDose {
  const outside = outsideLimits(inputs);
  if (outside !== null) return { reason: outside };
  const terms = name.startsWith('IWPC') ? iwpcTerms(name, inputs) : gageTerms(name, inputs);
  if ('reason' in terms) return terms;
  const coefficients = algorithm.terms;
  const sum = [...terms.values].reduce(
    (total, [term, value]) => total + (coefficients[term] ?? 0) * value,
    coefficients['intercept'] ?? 0,
  );
  const weekly = name.startsWith('IWPC') ? sum ** 2 : Math.exp(sum) * 7;
  return { weeklyMg: weekly, dailyMg: weekly / 7, assumed: terms.assumed };
}

interface Terms {
  readonly values: ReadonlyMap<string, number>;
  readonly assumed: readonly string[];
}

/** IWPC 2009: age in whole decades, height, weight, race, inducer, amiodarone; with genes VKORC1 and CYP2C9. */
function iwpcTerms(name: WarfarinAlgorithm, inputs: DoseInputs): Terms | NoDose {
  const { ageYears, heightCm, weightKg } = inputs;
  if (ageYears === null || heightCm === null || weightKg === null)
    return missingOf({ age: ageYears, height: heightCm, weight: weightKg });
  const assumed: string[] = [];
  const values = new Map<string, number>([
    ['ageDecades', Math.floor(ageYears / 10)],
    ['heightCm', heightCm],
    ['weightKg', weightKg],
    ['enzymeInducer', flag(inputs.enzymeInducer, 'an enzyme inducer', assumed)],
    ['amiodarone', flag(inputs.amiodarone, 'amiodarone', assumed)],
  ]);
  const race = inputs.race ?? 'MissingOrMixed';
  if (inputs.race === null) assumed.push("race not known: the algorithm's term for missing or mixed race");
  values.set(`race_${race}`, 1);
  if (name === 'IWPC_pharmacogenetic') {
    values.set(`VKORC1_${inputs.vkorc1 ?? 'unknown'}`, 1);
    values.set(`CYP2C9_${inputs.cyp2c9 === null ? 'unknown' : inputs.cyp2c9}`, 1);
    if (inputs.vkorc1 === null) assumed.push("VKORC1 not known: the algorithm's term for an unknown genotype");
    if (inputs.cyp2c9 === null) assumed.push("CYP2C9 not known: the algorithm's term for an unknown genotype");
  }
  return { values, assumed };
}

/** Gage 2008: age, body surface, target INR, amiodarone, smoking, African American, thrombosis; with genes VKORC1 and CYP2C9. */
function gageTerms(name: WarfarinAlgorithm, inputs: DoseInputs): Terms | NoDose {
  const { ageYears, targetInr, heightCm, weightKg } = inputs;
  const bsaM2 = inputs.bsaM2 ?? (heightCm === null || weightKg === null ? null : bodySurface(heightCm, weightKg));
  if (ageYears === null || bsaM2 === null || targetInr === null)
    return missingOf({ age: ageYears, 'body surface': bsaM2, 'target INR': targetInr });
  const assumed: string[] = inputs.bsaM2 === null ? ['body surface worked out from height and weight (Du Bois)'] : [];
  const values = new Map<string, number>([
    ['ageYears', ageYears],
    ['bsaM2', bsaM2],
    ['targetINR', targetInr],
    ['amiodarone', flag(inputs.amiodarone, 'amiodarone', assumed)],
    ['smoker', flag(inputs.smoker, 'smoking', assumed)],
    ['africanAmerican', flag(inputs.africanAmerican, 'African American ancestry', assumed)],
    ['dvtOrPe', flag(inputs.dvtOrPe, 'thrombosis or embolism as the reason', assumed)],
  ]);
  if (name === 'Gage_pharmacogenetic') {
    const { vkorc1, cyp2c9 } = inputs;
    if (vkorc1 === null || cyp2c9 === null) return missingOf({ VKORC1: vkorc1, CYP2C9: cyp2c9 });
    values.set('VKORC1_A_count', [...vkorc1].filter((base) => base === 'A').length);
    for (const allele of ['*2', '*3'])
      values.set(`CYP2C9_${allele}_count`, cyp2c9.split('/').filter((part) => part === allele).length);
  }
  return { values, assumed };
}

function flag(value: boolean | null, name: string, assumed: string[]): number {
  if (value === null) assumed.push(`${name} not stated: the algorithm takes it as absent`);
  return value === true ? 1 : 0;
}

function missingOf(inputs: Readonly<Record<string, unknown>>): NoDose {
  const names = Object.entries(inputs)
    .filter(([, value]) => value === null)
    .map(([name]) => name);
  return { reason: `${names.join(', ')} not known, and the algorithm has no term for that` };
}
