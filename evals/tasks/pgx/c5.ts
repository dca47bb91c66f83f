import type { DrugRecommendation, GeneResult } from '#pipelines/domain/pgx.ts';
import { readVcfText } from '#pipelines/engines/vcf/index.ts';
import { recommend } from '#pipelines/pgx/recommender/index.ts';
import { combineResults, interpretFinding, readOutsideCalls } from '#pipelines/pgx/reported/index.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import { geneResultsOfVcf } from '#pipelines/pgx/vcf-results.ts';
import { wantedOf } from './genotypes.ts';
import type { PgxScorer } from './scorer.ts';
import { sameJson } from './scorer.ts';

interface ExpectedGene {
  readonly diplotypes: readonly string[];
  readonly phenotypes: readonly string[];
  readonly activityScores: readonly string[];
  readonly callSource: 'MATCHER' | 'OUTSIDE' | 'NONE';
}

/** Population and classification of a row. Its flags in this set are another curator's, not CPIC's own (see c1). */
interface ExpectedRow {
  readonly population: string | null;
  readonly classification: string | null;
}

interface C5Input {
  readonly vcf: string;
  readonly outsideCalls: readonly string[];
}

interface C5Expected {
  readonly genes: Readonly<Record<string, ExpectedGene>>;
  readonly drugs: Readonly<Record<string, Readonly<Record<string, readonly ExpectedRow[]>>>>;
}

/**
 * c5: a whole file; every gene's phenotypes and scores, and for every drug the populations and classifications of its CPIC
 * rows. Left out are drugs without rows in CPIC's tables (the example took them from an annotation of the guideline's text)
 * and genes whose reported name the reference caller did not know while it is read here, as set a5 asks.
 */
export const scoreC5: PgxScorer = (item, { rules }) => {
  const input = item['input'] as C5Input;
  const { genes, drugs } = item['expect'] as C5Expected;
  const results = resultsOf(input, rules);
  const cpic = drugs['CPIC Guideline Annotation'] ?? {};
  const readHere = Object.keys(genes).filter((gene) => isUnknown(genes[gene]) && isSettled(results, gene));
  const withoutRows = Object.keys(cpic).filter((drug) => !rules.cpic.some((row) => row.drug === drug));
  const geneNames = Object.keys(genes).filter((gene) => !readHere.includes(gene));
  const drugNames = Object.keys(cpic).filter((drug) => !withoutRows.includes(drug));
  const expected = {
    genes: Object.fromEntries(geneNames.map((gene) => [gene, expectedGene(genes[gene])])),
    cpic: Object.fromEntries(drugNames.map((drug) => [drug, inOrder(cpic[drug] ?? [])])),
  };
  const got = {
    genes: Object.fromEntries(geneNames.map((gene) => [gene, gotGene(results, gene)])),
    cpic: Object.fromEntries(drugNames.map((drug) => [drug, rowsOf(rules, drug, results)])),
  };
  const differing = [
    ...geneNames.filter((gene) => !sameJson(expected.genes[gene], got.genes[gene])),
    ...drugNames.filter((drug) => !sameJson(expected.cpic[drug], got.cpic[drug])),
  ];
  const reason =
    differing.length > 0
      ? `differs in ${differing.join(', ')}`
      : `not compared: ${[...readHere, ...withoutRows].join(', ')} (see the scorer)`;
  return { agrees: differing.length === 0, expected, got, reason };
};

function isUnknown(wanted: ExpectedGene | undefined): boolean {
  return wanted?.callSource === 'OUTSIDE' && wanted.phenotypes.includes('n/a');
}

function isSettled(results: readonly GeneResult[], gene: string): boolean {
  const phenotypes = results.find((result) => result.gene === gene)?.phenotype ?? [];
  return phenotypes.length > 0 && !phenotypes.includes('n/a');
}

/** A reported result stands before what the file would give. */
function resultsOf(input: C5Input, rules: PgxRules): readonly GeneResult[] {
  const reported = combineResults(
    input.outsideCalls
      .flatMap((text) => readOutsideCalls(rules, text))
      .map((finding) => interpretFinding(rules, finding, 'words', { kind: 'given' })),
  );
  const called = geneResultsOfVcf(readVcfText(input.vcf, wantedOf(rules)), rules, 'example.vcf');
  return [...reported, ...called.filter(({ gene }) => reported.every((result) => result.gene !== gene))];
}

function expectedGene(wanted: ExpectedGene | undefined): unknown {
  return { phenotypes: wanted?.phenotypes ?? [], activityScores: wanted?.activityScores ?? [] };
}

function gotGene(results: readonly GeneResult[], gene: string): unknown {
  const result = results.find((candidate) => candidate.gene === gene);
  return { phenotypes: result?.phenotype ?? [], activityScores: result?.activityScore ?? [] };
}

function rowsOf(rules: PgxRules, drug: string, results: readonly GeneResult[]): unknown {
  const guidance = recommend(rules, { drug, results, patient: {}, current: [] });
  return inOrder(guidance.recommendations.filter(({ source }) => source === 'CPIC').map(rowOf));
}

function rowOf({ population, classification }: DrugRecommendation): ExpectedRow {
  return { population, classification };
}

function inOrder(rows: readonly ExpectedRow[]): unknown {
  const folded = rows.map(({ population, classification }) => ({
    population: (population ?? 'general').trim().toLowerCase(),
    classification: (classification ?? '').toLowerCase(),
  }));
  return folded.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
