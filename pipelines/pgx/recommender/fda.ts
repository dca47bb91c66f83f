import type { DrugRecommendation, GeneResult } from '../../domain/pgx.ts';
import type { FdaAssociation, PgxRules } from '../rules.ts';

const SECTIONS = {
  1: 'data support therapeutic management recommendations',
  2: 'data indicate a potential impact on safety or response',
  3: 'data demonstrate a potential impact on pharmacokinetic properties only',
} as const;

const rowsByDrug = new WeakMap<PgxRules, ReadonlyMap<string, readonly FdaAssociation[]>>();

/** Rows of a drug; a combination in any order of its parts. */
export function fdaRows(rules: PgxRules, drug: string): readonly FdaAssociation[] {
  return fdaIndex(rules).get(foldDrug(drug)) ?? [];
}

function fdaIndex(rules: PgxRules): ReadonlyMap<string, readonly FdaAssociation[]> {
  const known = rowsByDrug.get(rules);
  if (known !== undefined) return known;
  const index = new Map<string, FdaAssociation[]>();
  for (const row of rules.fda.rows) {
    const key = foldDrug(row.drug);
    index.set(key, [...(index.get(key) ?? []), row]);
  }
  rowsByDrug.set(rules, index);
  return index;
}

function foldDrug(name: string): string {
  if (/^[a-z-]+$/.test(name)) return name;
  const parts = name
    .toLowerCase()
    .trim()
    .split(/\s+and\s+|\s*\/\s*/);
  return parts.sort().join('/');
}

/** What a row's gene and subgroup columns ask for, taken apart once. */
interface Subgroup {
  readonly words: string;
  readonly genes: readonly string[];
  readonly status: string | undefined;
  readonly carried: string | undefined;
  readonly pairs: readonly string[];
  readonly degrees: ReadonlySet<string>;
}

const subgroups = new WeakMap<FdaAssociation, Subgroup>();

function subgroupOf(row: FdaAssociation): Subgroup {
  const known = subgroups.get(row);
  if (known !== undefined) return known;
  const words = row.affectedSubgroups.toLowerCase();
  const subgroup = {
    words,
    genes: genesNamed(row),
    status: /(\*\d+:\d+) allele positive/.exec(words)?.[1],
    carried: /(\*\d+) carriers/.exec(words)?.[1],
    pairs: [...words.matchAll(/(\*\d+)\/(\*\d+)/g)].map((match) => [match[1], match[2]].sort().join('/')),
    degrees: new Set(Object.keys(WORDS).filter((degree) => new RegExp(`\\b${WORDS[degree]!}\\b`).test(words))),
  };
  subgroups.set(row, subgroup);
  return subgroup;
}

/** Genes that a row's gene column means: "TPMT and/or NUDT15", "Nonspecific (NAT)". */
export function fdaGenes(row: FdaAssociation): readonly string[] {
  return subgroupOf(row).genes;
}

function genesNamed(row: FdaAssociation): readonly string[] {
  if (row.gene.startsWith('Nonspecific (NAT')) return ['NAT2'];
  return row.gene.split(/\s+and\/or\s+|\s*,\s*/);
}

/** Whether a row's subgroup is the patient's; false for a gene without a result. */
export function fdaApplies(row: FdaAssociation, results: readonly GeneResult[]): boolean {
  const subgroup = subgroupOf(row);
  return results.some((result) => subgroup.genes.includes(result.gene) && inSubgroup(subgroup, result));
}

function inSubgroup({ words, status, carried, pairs, degrees }: Subgroup, result: GeneResult): boolean {
  if (status !== undefined) return result.phenotype.includes(`${status} positive`);
  const isNamed = result.phenotype.some((phenotype) => degrees.has(phenotype.split(' ', 1)[0]!.toLowerCase()));
  const carries = carried !== undefined && result.diplotypes.some((pair) => pair.includes(carried));
  const hasPair = pairs.length > 0 && result.diplotypes.some((pair) => pairs.includes([...pair].sort().join('/')));
  return carries || hasPair || isNamed || variantCarried(words, result);
}

const WORDS: Readonly<Record<string, string>> = {
  ultrarapid: 'ultrarapid',
  normal: 'normal',
  intermediate: 'intermediate',
  poor: 'poor',
  decreased: 'intermediate',
};

function variantCarried(words: string, result: GeneResult): boolean {
  if (words.includes('-1639g>a variant carriers'))
    return result.phenotype.some((p) => p === '-1639 AG' || p === '-1639 AA');
  if (words.includes('v433m variant carriers'))
    return result.diplotypes.some((pair) => pair.includes('*3') || pair.includes('*4'));
  return false;
}

const served = new WeakMap<FdaAssociation, DrugRecommendation>();

/** A row verbatim. */
export function fdaRecommendation(rules: PgxRules, row: FdaAssociation, drug: string): DrugRecommendation {
  const known = served.get(row);
  if (known?.drug === drug) return known;
  const made = makeRecommendation(rules, row, drug);
  served.set(row, made);
  return made;
}

function makeRecommendation(rules: PgxRules, row: FdaAssociation, drug: string): DrugRecommendation {
  return {
    drug,
    source: 'FDA',
    guideline: `FDA Table of Pharmacogenetic Associations, section ${String(row.section)}: ${SECTIONS[row.section]}`,
    release: rules.sources['fda'] ?? `FDA ${rules.fda.retrieved}`,
    rowId: null,
    url: rules.fda.url,
    genes: [{ gene: row.gene, key: row.affectedSubgroups }],
    classification: `section ${String(row.section)}`,
    implications: [],
    text: row.description,
    population: null,
    flags: { changeDose: false, alternativeDrug: false, otherGuidance: false },
    missing: [],
    warnings: [],
  };
}
