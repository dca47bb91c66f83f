import { ucum } from '@atomic-ehr/ucum';
import unitRules from '#pipelines/rules/units/1/units.json' with { type: 'json' };
import type { Quantity } from '../domain/quantity.ts';

const SPELLINGS: Readonly<Record<string, string>> = unitRules.spellings;
const MOLAR_MASS: Readonly<Record<string, number>> = unitRules.molarMass;
const FORMULAS: Readonly<Record<string, { from: string; to: string; slope: number; offset: number }>> =
  unitRules.formulas;
const DIGITS = 6;

/** UCUM code of a unit as a note or a terminology writes it (`mmHg`, `K/uL`, `°F`); null where it is none that is known. */
export function ucumOf(written: string): string | null {
  const plain = written.trim().toLowerCase().replace(/\s+/g, ' ').replaceAll('μ', 'µ');
  return SPELLINGS[plain] ?? SPELLINGS[plain.replaceAll(' ', '')] ?? null;
}

/**
 * A number of a test in the test's own unit, so that values of different reports compare: by UCUM where the units measure
 * the same, by the molar mass of the analyte between mass and substance, by a formula where a test has one (HbA1c).
 * Null where the unit is not written, not known, or measures something else: nothing is guessed from the size of a number.
 *
 * @param test - Canonical name of the test.
 * @param written - The unit beside the number, verbatim.
 * @param own - Units of the test, the one to convert to first.
 */
export function quantityOf(
  test: string,
  value: number,
  written: string | null,
  own: readonly string[],
): Quantity | null {
  const from = written === null ? null : ucumOf(written);
  const to = own[0] === undefined ? from : ucumOf(own[0]);
  if (from === null || to === null) return null;
  const converted = convert(test, value, from, to);
  return converted === null ? null : { value: Number(converted.toPrecision(DIGITS)), unit: to };
}

function convert(test: string, value: number, from: string, to: string): number | null {
  if (from === to) return value;
  const formula = FORMULAS[test];
  if (formula?.from === from && formula.to === to) return formula.slope * value + formula.offset;
  if (ucum.isConvertible(from, to)) return ucum.convert(value, from, to);
  const mass = MOLAR_MASS[test];
  if (mass === undefined) return null;
  if (ucum.isConvertible(from, 'mol/L') && ucum.isConvertible('g/L', to))
    return ucum.convert(ucum.convert(value, from, 'mol/L') * mass, 'g/L', to);
  if (ucum.isConvertible(from, 'g/L') && ucum.isConvertible('mol/L', to))
    return ucum.convert(ucum.convert(value, from, 'g/L') / mass, 'mol/L', to);
  return null;
}
