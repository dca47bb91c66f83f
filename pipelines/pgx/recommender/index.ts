import type { ClinicalPhenotype, DrugRecommendation, GeneResult, PgxWarning } from '../../domain/pgx.ts';
import { convert, lowersActivity } from '../phenoconversion/index.ts';
import type { CurrentDrug } from '../phenoconversion/index.ts';
import type { DpwgRule, PgxRules } from '../rules.ts';
import { cpicTables, matchCpic, toRecommendation } from './cpic.ts';
import { dpwgRecommendation, dpwgTables, matchDpwg, matchDpwgDiplotypes } from './dpwg.ts';
import { fdaApplies, fdaGenes, fdaRecommendation, fdaRows } from './fda.ts';
import { convertedKeys, keysByGene } from './lookup.ts';
import type { GeneKeys } from './lookup.ts';
import { supplementDrugs, supplementFor, supplementGenes } from './supplement.ts';
import { populationAsks, populationFit } from './population.ts';
import type { PgxPatient } from './population.ts';

export { actionOf, gravest } from './action.ts';
export { cpicTables, matchCpic, toRecommendation } from './cpic.ts';
export { dpwgRecommendation, dpwgTables, matchDpwg, matchDpwgDiplotypes } from './dpwg.ts';
export { fdaApplies, fdaRecommendation, fdaRows } from './fda.ts';
export { NO_RESULT, keysByGene } from './lookup.ts';
export type { GeneKeys } from './lookup.ts';
export { SUPPLEMENT_RELEASE } from './supplement.ts';
export { populationFit } from './population.ts';
export type { PgxPatient } from './population.ts';

export interface RecommendInput {
  /** Lower-case generic name. */
  readonly drug: string;
  readonly results: readonly GeneResult[];
  readonly patient: PgxPatient;
  /** Drugs taken now, for phenoconversion. */
  readonly current: readonly CurrentDrug[];
  /**
   * Whether the Dutch rows that ask for a diplotype count too, in place of those of the same guideline by phenotype. The
   * reference reporter does not look rows up by diplotype.
   */
  readonly byDiplotype?: boolean;
}

export interface DrugGuidance {
  /** CPIC first, then DPWG, then FDA. */
  readonly recommendations: readonly DrugRecommendation[];
  /** Genes that guidance for the drug asks about. */
  readonly genes: readonly string[];
  /** Those of them without a result. */
  readonly notTested: readonly string[];
}

/**
 * Third stage: what CPIC, DPWG and the FDA say of one drug for these results, with the phenotypes as the drugs taken now
 * leave them. Rows of populations that the patient does not belong to are left out; where that is not known they are all
 * shown and what would decide is said.
 */
export function recommend(rules: PgxRules, input: RecommendInput): DrugGuidance {
  const { drug, results } = input;
  const converted = conversions(rules, input);
  const keys = withConversions(keysByGene(results), converted);
  const matched = matchCpic(rules, drug, keys);
  const cpic = [...matched.map((row) => toRecommendation(rules, row)), ...supplementFor(rules, drug, keys)];
  const dpwg = dpwgRules(rules, input, keys).map((rule) => dpwgRecommendation(rules, rule, drug));
  const fda = fdaRows(rules, drug)
    .filter((row) => fdaApplies(row, convertedResults(results, converted)))
    .map((row) => fdaRecommendation(rules, row, drug));
  const genes = genesOfDrug(rules, drug);
  const all = [...forPatient(cpic, input.patient), ...dpwg, ...fda];
  const warned = results.filter(({ warnings }) => warnings.length > 0);
  return {
    recommendations: all.map((recommendation) => withWarnings(recommendation, warned, converted)),
    genes,
    notTested: genes.filter((gene) => !keys.has(gene)),
  };
}

function withConversions(
  keys: ReadonlyMap<string, GeneKeys>,
  converted: readonly Conversion[],
): ReadonlyMap<string, GeneKeys> {
  if (converted.length === 0) return keys;
  return new Map([...keys, ...converted.map(({ gene, keys: clinical }) => [gene, clinical] as const)]);
}

function dpwgRules(rules: PgxRules, input: RecommendInput, keys: ReadonlyMap<string, GeneKeys>): readonly DpwgRule[] {
  const byPhenotype = matchDpwg(rules, input.drug, keys);
  if (input.byDiplotype !== true) return byPhenotype;
  const specific = matchDpwgDiplotypes(rules, input.drug, keys);
  const replaced = new Set(specific.map((rule) => rule.guidelineId));
  return [...specific, ...byPhenotype.filter((rule) => !replaced.has(rule.guidelineId))];
}

interface Conversion {
  readonly gene: string;
  readonly keys: GeneKeys;
  readonly phenotype: string;
  readonly warning: PgxWarning;
}

function conversions(rules: PgxRules, { drug, results, current }: RecommendInput): readonly Conversion[] {
  if (current.length === 0) return [];
  return results.flatMap((result) => {
    const clinical = convert(rules, result, current, drug);
    const genotype = result.phenotype.join(' or ');
    if (clinical === null || !isChanged(result, clinical)) return [];
    const names = clinical.perpetrators.filter(lowersActivity).map((p) => p.drug);
    const message = `${result.gene} is read as ${words(clinical)} because of ${names.join(' and ')} (by genotype: ${genotype.toLowerCase()}).`;
    const warning = { code: 'PHENOCONVERTED', message: [message, ...clinical.whatIf].join(' ') };
    return [
      { gene: result.gene, keys: convertedKeys(rules, result, clinical), phenotype: clinical.phenotype, warning },
    ];
  });
}

function words(clinical: ClinicalPhenotype): string {
  const score = clinical.activityScore === null ? '' : ` (activity score ${clinical.activityScore})`;
  return `${clinical.phenotype.toLowerCase()}${score}`;
}

/** Whether the drugs taken now change the phenotype, or at least the score that guidelines look up. */
export function isChanged(result: GeneResult, clinical: ClinicalPhenotype): boolean {
  const score = clinical.activityScore;
  return (
    clinical.phenotype !== result.phenotype.join(' or ') || (score !== null && !result.activityScore.includes(score))
  );
}

function convertedResults(results: readonly GeneResult[], converted: readonly Conversion[]): readonly GeneResult[] {
  return results.map((result) => {
    const conversion = converted.find(({ gene }) => gene === result.gene);
    return conversion === undefined
      ? result
      : { ...result, phenotype: conversion.phenotype.split(' or '), diplotypes: [] };
  });
}

const guided = new WeakMap<PgxRules, readonly string[]>();

/** Every drug that a table of the release has guidance for, lower case, by name. */
export function guidedDrugs(rules: PgxRules): readonly string[] {
  const known = guided.get(rules);
  if (known !== undefined) return known;
  const fda = rules.fda.rows.map((row) => row.drug.toLowerCase().replace(/ and /g, ' / '));
  const drugs = [...cpicTables(rules).keys(), ...supplementDrugs(), ...dpwgTables(rules).keys(), ...fda];
  const sorted = [...new Set(drugs)].sort();
  guided.set(rules, sorted);
  return sorted;
}

const genesByDrug = new WeakMap<PgxRules, Map<string, readonly string[]>>();

/** Every gene that a table of the release asks about for a drug; worked out once. */
export function genesOfDrug(rules: PgxRules, drug: string): readonly string[] {
  const known = genesByDrug.get(rules) ?? new Map<string, readonly string[]>();
  genesByDrug.set(rules, known);
  const genes = known.get(drug) ?? findGenesOfDrug(rules, drug);
  // Names come from outside: only those that the tables know are remembered.
  if (genes.length > 0) known.set(drug, genes);
  return genes;
}

function findGenesOfDrug(rules: PgxRules, drug: string): readonly string[] {
  const cpic = (cpicTables(rules).get(drug)?.parts ?? []).flatMap((part) => part.genes);
  const dutch = dpwgTables(rules).get(drug);
  const dpwg = [
    ...(dutch?.table.parts.flatMap((part) => part.genes) ?? []),
    ...(dutch?.byDiplotype.flatMap((rule) => Object.keys(rule.lookupKey)) ?? []),
  ];
  const fda = fdaRows(rules, drug).flatMap(fdaGenes);
  const pairs = rules.cpicPairs
    .filter((pair) => pair.drug === drug && pair.usedForRecommendation)
    .map((pair) => pair.gene);
  return [...new Set([...cpic, ...supplementGenes(drug), ...dpwg, ...fda, ...pairs])];
}

/** Drops rows for other patients; says what would have to be known where that cannot be told. */
function forPatient(rows: readonly DrugRecommendation[], patient: PgxPatient): readonly DrugRecommendation[] {
  return rows.flatMap((row) => {
    const fit = populationFit(row.population, patient);
    if (fit === 'no') return [];
    const asks = fit === 'unknown' ? populationAsks(row.population) : null;
    if (asks === null) return [row];
    return [{ ...row, missing: [...row.missing, `${asks}: this row is for "${row.population ?? ''}"`] }];
  });
}

/** A warning of a gene is repeated in each recommendation that uses the gene. */
function withWarnings(
  recommendation: DrugRecommendation,
  warned: readonly GeneResult[],
  converted: readonly Conversion[],
): DrugRecommendation {
  if (warned.length === 0 && converted.length === 0) return recommendation;
  const names = recommendation.genes.flatMap(({ gene }) => (gene.includes(' ') ? gene.split(/\s+and\/or\s+/) : gene));
  const genes = new Set(names);
  const used = warned.filter((result) => genes.has(result.gene));
  const warnings = [
    ...converted.filter(({ gene }) => genes.has(gene)).map(({ warning }) => warning),
    ...used.flatMap((result) => result.warnings),
  ];
  return { ...recommendation, warnings: [...recommendation.warnings, ...warnings] };
}
