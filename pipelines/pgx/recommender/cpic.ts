import type { DrugRecommendation } from '../../domain/pgx.ts';
import type { CpicRecommendation, PgxRules } from '../rules.ts';
import { NO_RESULT, indexRows, lookUp } from './lookup.ts';
import type { GeneKeys, LookupTable } from './lookup.ts';

const tables = new WeakMap<PgxRules, ReadonlyMap<string, LookupTable<CpicRecommendation>>>();

/** CPIC's rows by drug; indexed once a release. */
export function cpicTables(rules: PgxRules): ReadonlyMap<string, LookupTable<CpicRecommendation>> {
  const known = tables.get(rules);
  if (known !== undefined) return known;
  const byDrug = new Map<string, CpicRecommendation[]>();
  for (const row of rules.cpic) {
    const rows = byDrug.get(row.drug);
    if (rows === undefined) byDrug.set(row.drug, [row]);
    else rows.push(row);
  }
  const indexed = new Map([...byDrug].map(([drug, rows]) => [drug, indexRows(rows)]));
  tables.set(rules, indexed);
  return indexed;
}

/** Rows of one drug whose key the genes meet, in the table's order; every population. */
export function matchCpic(
  rules: PgxRules,
  drug: string,
  genes: ReadonlyMap<string, GeneKeys>,
): readonly CpicRecommendation[] {
  const table = cpicTables(rules).get(drug);
  return table === undefined ? [] : [...lookUp(table, genes)].sort((a, b) => a.id - b.id);
}

const served = new WeakMap<CpicRecommendation, DrugRecommendation>();

/** A row as the product serves it; its words are CPIC's own. */
export function toRecommendation(rules: PgxRules, row: CpicRecommendation): DrugRecommendation {
  const recommendation = served.get(row) ?? makeRecommendation(rules, row);
  served.set(row, recommendation);
  return recommendation;
}

function makeRecommendation(rules: PgxRules, row: CpicRecommendation): DrugRecommendation {
  const guideline = rules.cpicGuidelines.get(row.guidelineId);
  const untested = Object.entries(row.lookupKey).filter(([, key]) => key === NO_RESULT);
  return {
    drug: row.drug,
    source: 'CPIC',
    guideline: guideline?.name ?? String(row.guidelineId),
    release: rules.sources['cpic'] ?? rules.release,
    rowId: String(row.id),
    url: guideline?.url ?? '',
    genes: Object.entries(row.lookupKey).map(([gene, key]) => ({ gene, key })),
    classification: row.classification,
    implications: Object.entries(row.implications).map(([gene, text]) => ({ gene, text })),
    text: row.text,
    population: row.population.trim(),
    flags: row.flags,
    missing: untested.map(([gene]) => `${gene} was not tested; with a result the guideline may advise otherwise`),
    warnings: [],
  };
}
