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
  const parts = name
    .toLowerCase()
    .trim()
    .split(/\s+and\s+|\s*\/\s*/);
  return parts.sort().join('/');
}

/** Genes that a row's gene column means: "TPMT and/or NUDT15", "Nonspecific (NAT)". */
export function fdaGenes(row: FdaAssociation): readonly string[] {
  if (row.gene.startsWith('Nonspecific (NAT')) return ['NAT2'];
  return row.gene.split(/\s+and\/or\s+|\s*,\s*/);
}

/** Whether a row's subgroup is the patient's; false for a gene without a result. */
export function fdaApplies(row: FdaAssociation, results: readonly GeneResult[]): boolean {
  const genes = fdaGenes(row);
  return results.some((result) => genes.includes(result.gene) && inSubgroup(row.affectedSubgroups, result));
}

function inSubgroup(subgroup: string, result: GeneResult): boolean {
  const words = subgroup.toLowerCase();
  const status = /(\*\d+:\d+) allele positive/.exec(words)?.[1];
  if (status !== undefined) return result.phenotype.includes(`${status} positive`);
  const degrees = result.phenotype.map((phenotype) => phenotype.split(' ')[0]?.toLowerCase() ?? '');
  const isNamed = degrees.some((degree) => degreeNamed(words, degree));
  const carried = /(\*\d+) carriers/.exec(words)?.[1];
  const carries = carried !== undefined && result.diplotypes.some((pair) => pair.includes(carried));
  const pairs = [...words.matchAll(/(\*\d+)\/(\*\d+)/g)].map((match) => [match[1], match[2]].sort().join('/'));
  const hasPair = result.diplotypes.some((pair) => pairs.includes([...pair].sort().join('/')));
  return carries || hasPair || isNamed || variantCarried(words, result);
}

const WORDS: Readonly<Record<string, string>> = {
  ultrarapid: 'ultrarapid',
  normal: 'normal',
  intermediate: 'intermediate',
  poor: 'poor',
  decreased: 'intermediate',
};

function degreeNamed(words: string, degree: string): boolean {
  const word = WORDS[degree];
  return word !== undefined && new RegExp(`\\b${word}\\b`).test(words);
}

function variantCarried(words: string, result: GeneResult): boolean {
  if (words.includes('-1639g>a variant carriers'))
    return result.phenotype.some((p) => p === '-1639 AG' || p === '-1639 AA');
  if (words.includes('v433m variant carriers'))
    return result.diplotypes.some((pair) => pair.includes('*3') || pair.includes('*4'));
  return false;
}

/** A row verbatim. */
export function fdaRecommendation(rules: PgxRules, row: FdaAssociation, drug: string): DrugRecommendation {
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
