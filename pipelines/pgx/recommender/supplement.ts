import supplement from '../../rules/pgx-supplement/1/guidance.json' with { type: 'json' };
import type { DrugRecommendation } from '../../domain/pgx.ts';
import type { PgxRules } from '../rules.ts';
import type { GeneKeys } from './lookup.ts';

/** Release of the guidance that CPIC's table has no rows for. */
export const SUPPLEMENT_RELEASE = 'pgx-supplement/1';

/** Drugs that the supplement has guidance for. */
export function supplementDrugs(): readonly string[] {
  return supplement.rows.flatMap((row) => row.drugs);
}

/** Genes that the supplement asks about for a drug. */
export function supplementGenes(drug: string): readonly string[] {
  return supplement.rows.filter((row) => row.drugs.includes(drug)).map((row) => row.gene);
}

/** Guidance for a drug of which CPIC has a guideline but no rows, in our own words. */
export function supplementFor(
  rules: PgxRules,
  drug: string,
  genes: ReadonlyMap<string, GeneKeys>,
): readonly DrugRecommendation[] {
  return supplement.rows
    .filter((row) => row.drugs.includes(drug))
    .flatMap((row) => {
      const known = genes.get(row.gene)?.phenotypes ?? [];
      const guideline = rules.cpicGuidelines.get(row.guidelineId);
      return row.phenotypes
        .filter(({ phenotype }) => known.includes(phenotype))
        .map(({ phenotype, classification, implication, text, alternativeDrug }) => ({
          drug,
          source: 'CPIC' as const,
          guideline: guideline?.name ?? '',
          release: row.release,
          rowId: null,
          url: guideline?.url ?? '',
          genes: [{ gene: row.gene, key: phenotype }],
          classification,
          implications: [{ gene: row.gene, text: implication }],
          text,
          population: null,
          flags: { changeDose: false, alternativeDrug, otherGuidance: false },
          missing: [],
          warnings: [],
        }));
    });
}
