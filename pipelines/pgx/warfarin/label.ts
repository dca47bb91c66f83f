import label from '../../rules/pgx-supplement/1/warfarin-label.json' with { type: 'json' };
import type { DrugRecommendation, GeneResult } from '../../domain/pgx.ts';

const RANGES: Readonly<Record<string, Readonly<Record<string, string>>>> = label.ranges;

/**
 * The row of the FDA's label of warfarin for CYP2C9 and VKORC1: the range of the expected maintenance dose in mg a day. Null
 * where one of the two is not known or the label's table does not have it.
 */
export function labelRow(results: readonly GeneResult[]): DrugRecommendation | null {
  const of = (gene: string): GeneResult | undefined => results.find((result) => result.gene === gene);
  const vkorc1 = of('VKORC1')?.phenotype ?? [];
  const cyp2c9 = of('CYP2C9')?.diplotypes ?? [];
  if (vkorc1.length !== 1 || cyp2c9.length !== 1) return null;
  const genotype = vkorc1[0]!.replace(/^-1639 /, '');
  const diplotype = [...cyp2c9[0]!].sort().join('/');
  const range = RANGES[genotype]?.[diplotype];
  if (range === undefined) return null;
  return {
    drug: 'warfarin',
    source: 'FDA',
    guideline: 'Label of warfarin, expected maintenance doses by genotype',
    release: label.release,
    rowId: null,
    url: label.url,
    genes: [
      { gene: 'CYP2C9', key: diplotype },
      { gene: 'VKORC1', key: genotype },
    ],
    classification: null,
    implications: [],
    text: `Expected maintenance dose of warfarin ${range} mg a day.`,
    population: null,
    flags: { changeDose: range !== '5-7', alternativeDrug: false, otherGuidance: false },
    missing: [],
    warnings: [],
  };
}

/** Lowest and highest dose of a label row, mg a day; null for any other row. */
export function labelRange(row: DrugRecommendation): readonly [number, number] | null {
  const found = /maintenance dose of warfarin ([\d.]+)-([\d.]+) mg/.exec(row.text);
  return found === null ? null : [Number(found[1]), Number(found[2])];
}
