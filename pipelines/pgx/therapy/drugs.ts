import type { Terminology } from '../../contracts/terminology.ts';
import type { Chart, MedicationFact } from '../../domain/chart.ts';
import type { IsoDate } from '../../domain/ids.ts';
import type { FormerDrug } from '../phenoconversion/former.ts';
import type { CurrentDrug } from '../phenoconversion/index.ts';

/** A drug that advice is asked on. */
export interface AskedDrug {
  /** As it was asked, lower case. */
  readonly name: string;
  /** Generic names under which guidelines are searched: the drug itself and what it is made of. */
  readonly generics: readonly string[];
  /** From most to least specific. */
  readonly classes: readonly string[];
}

/** Grounds a drug's name: brand, abbreviation or combination. */
export function askedDrug(name: string, terminology: Pick<Terminology, 'medication'> | null): AskedDrug {
  const lower = name.trim().toLowerCase();
  const known = terminology?.medication(name) ?? null;
  if (known === null || known.isClass) return { name: lower, generics: partsOf(lower), classes: known?.classes ?? [] };
  const generics = [known.name, ...known.ingredients, ...partsOf(lower)];
  return { name: lower, generics: [...new Set(generics)], classes: known.classes };
}

/** `sulfamethoxazole/trimethoprim` is searched whole, in CPIC's spelling, and part by part. */
function partsOf(name: string): readonly string[] {
  const parts = name.split(/\s*(?:\/|\+|-(?=[a-z]{6,}))\s*/).filter((part) => part.length > 3);
  return parts.length < 2 ? [name] : [name, parts.join(' / '), ...parts];
}

/** The drugs that the chart says are taken now. */
export function currentDrugs(chart: Chart): readonly CurrentDrug[] {
  return chart.medications.filter((medication) => medication.status === 'active').map(asDrug);
}

/** Every drug that the chart says was ever taken. */
export function drugsEverTaken(chart: Chart): readonly CurrentDrug[] {
  const taken = new Set(['active', 'stopped', 'on-hold', 'historical', 'unknown']);
  return chart.medications.filter((medication) => taken.has(medication.status)).map(asDrug);
}

/** Drugs that the chart says were taken and stopped, with the day of the stop. */
export function formerDrugs(chart: Chart): readonly FormerDrug[] {
  return chart.medications
    .filter((medication) => medication.status === 'stopped')
    .map((medication) => ({ ...asDrug(medication), until: stopDay(medication) }));
}

function stopDay(medication: MedicationFact): IsoDate {
  const stop = medication.steps.findLast(({ action }) => action === 'stop');
  return stop?.noteDate ?? medication.lastAsserted;
}

function asDrug(medication: MedicationFact): CurrentDrug {
  return {
    name: medication.concept.toLowerCase(),
    ingredients: medication.ingredients,
    evidence: medication.evidence[0],
  };
}

/** Whether a medication of the chart is the drug, or shares an ingredient with it. */
export function isSameDrug(medication: Pick<MedicationFact, 'concept' | 'ingredients'>, drug: AskedDrug): boolean {
  const names = [medication.concept.toLowerCase(), ...medication.ingredients.map((name) => name.toLowerCase())];
  return names.some((name) => drug.generics.includes(name));
}
