import type { DrugRecommendation, GeneResult } from '../../domain/pgx.ts';
import type { FdaAssociation, PgxRules } from '../rules.ts';

const SECTIONS = {
  1: 'data support therapeutic management recommendations',
  2: 'data indicate a potential impact on safety or response',
  3: 'data demonstrate a potential impact on pharmacokinetic properties only',
} as const;

/** Rows of the FDA table for a drug, whatever the patient's result; brand salts and joint products included. */
export function fdaRows(rules: PgxRules, drug: string): readonly FdaAssociation[] {
  return rules.fda.rows.filter((row) => sameDrug(row.drug, drug));
}

function sameDrug(listed: string, drug: string): boolean {
  const fold = (name: string): string =>
    name
      .toLowerCase()
      .replace(/\s+and\s+|\s*\/\s*/g, '/')
      .trim();
  const [a, b] = [fold(listed), fold(drug)];
  return a === b || a.split('/').sort().join('/') === b.split('/').sort().join('/');
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
