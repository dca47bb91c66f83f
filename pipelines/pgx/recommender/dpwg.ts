import type { DrugRecommendation } from '../../domain/pgx.ts';
import type { DpwgRule, PgxRules } from '../rules.ts';
import { indexRows, lookUp } from './lookup.ts';
import type { GeneKeys, KeyedRow, LookupTable } from './lookup.ts';

interface DpwgRow extends KeyedRow {
  readonly rule: DpwgRule;
}

interface DpwgDrug {
  readonly table: LookupTable<DpwgRow>;
  /** Rows that ask for a diplotype of one gene. */
  readonly byDiplotype: readonly DpwgRule[];
}

const tables = new WeakMap<PgxRules, ReadonlyMap<string, DpwgDrug>>();

/** The Dutch working group's rows by drug; indexed once a release. */
export function dpwgTables(rules: PgxRules): ReadonlyMap<string, DpwgDrug> {
  const known = tables.get(rules);
  if (known !== undefined) return known;
  const drugs = new Set(rules.dpwg.flatMap((rule) => rule.drugs));
  const indexed = new Map(
    [...drugs].map((drug) => {
      const rows = rules.dpwg.filter((rule) => rule.drugs.includes(drug));
      const keyed = rows.flatMap((rule) => (hasPlainKey(rule) ? [{ rule, lookupKey: rule.lookupKey }] : []));
      return [drug, { table: indexRows(keyed), byDiplotype: rows.filter((rule) => !hasPlainKey(rule)) }] as const;
    }),
  );
  tables.set(rules, indexed);
  return indexed;
}

type PlainRule = DpwgRule & { readonly lookupKey: Readonly<Record<string, string>> };

function hasPlainKey(rule: DpwgRule): rule is PlainRule {
  return Object.values(rule.lookupKey).every((wanted) => typeof wanted === 'string');
}

/** Rows for one drug by phenotype, score or allele status. */
export function matchDpwg(rules: PgxRules, drug: string, genes: ReadonlyMap<string, GeneKeys>): readonly DpwgRule[] {
  const known = dpwgTables(rules).get(drug);
  return known === undefined ? [] : lookUp(known.table, genes).map((row) => row.rule);
}

/** Rows for one drug by diplotype; they are more specific than those by phenotype. */
export function matchDpwgDiplotypes(
  rules: PgxRules,
  drug: string,
  genes: ReadonlyMap<string, GeneKeys>,
): readonly DpwgRule[] {
  const rows = dpwgTables(rules).get(drug)?.byDiplotype ?? [];
  return rows.filter((rule) =>
    Object.entries(rule.lookupKey).every(([gene, wanted]) => isMet(wanted, genes.get(gene))),
  );
}

function isMet(wanted: DpwgRule['lookupKey'][string], gene: GeneKeys | undefined): boolean {
  if (gene === undefined) return false;
  if (typeof wanted === 'string') return gene.keys.includes(wanted);
  const names = Object.entries(wanted).flatMap(([allele, count]) => Array.from({ length: count }, () => allele));
  return gene.diplotypes.some((pair) => [...pair].sort().join('/') === [...names].sort().join('/'));
}

/** A row with its flags in our own words; the working group's wording may not be shipped. */
export function dpwgRecommendation(rules: PgxRules, rule: DpwgRule, drug: string): DrugRecommendation {
  return {
    drug,
    source: 'DPWG',
    guideline: `DPWG ${drug} and ${Object.keys(rule.lookupKey).join(', ')}`,
    release: rules.sources['dpwg'] ?? rules.release,
    rowId: rule.id,
    url: rule.url,
    genes: Object.entries(rule.lookupKey).map(([gene, key]) => ({ gene, key: keyText(key) })),
    classification: rule.classification,
    implications: [],
    text: dpwgText(rule),
    population: rule.population,
    flags: rule.flags,
    missing: [],
    warnings: [],
  };
}

function keyText(key: DpwgRule['lookupKey'][string]): string {
  if (typeof key === 'string') return key;
  return Object.entries(key)
    .flatMap(([allele, count]) => Array.from({ length: count }, () => allele))
    .join('/');
}

/** What the flags mean, in our words. */
function dpwgText({ flags, hasText }: DpwgRule): string {
  const advice = [
    ...(flags.alternativeDrug ? ['consider another drug'] : []),
    ...(flags.changeDose ? ['change the dose'] : []),
    ...(flags.otherGuidance ? ['follow the further guidance given there'] : []),
  ];
  if (advice.length > 0)
    return `The Dutch working group (DPWG) advises to ${advice.join(', or ')}; see the guideline for the details.`;
  return hasText
    ? 'The Dutch working group (DPWG) advises no action for this result.'
    : 'The Dutch working group (DPWG) lists this result without advice.';
}
