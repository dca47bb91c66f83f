import type { ClinicalPhenotype, GeneResult } from '../../domain/pgx.ts';
import { INDETERMINATE, parseScore, usesScore } from '../phenotyper/index.ts';
import type { PgxRules } from '../rules.ts';

/** Key of guideline tables for a gene that was not tested, or not called. */
export const NO_RESULT = 'No Result';

/** What a gene offers to the look-up. */
export interface GeneKeys {
  readonly gene: string;
  readonly keys: readonly string[];
  /** Alleles of each possible diplotype, for tables that ask for diplotypes. */
  readonly diplotypes: readonly (readonly string[])[];
  /** Phenotypes behind the keys, for a score that a table does not list. */
  readonly phenotypes: readonly string[];
}

const keysOfResults = new WeakMap<readonly GeneResult[], ReadonlyMap<string, GeneKeys>>();

/** Keys of every tested gene. Ties and alternatives are all there: each gives its own rows. */
export function keysByGene(results: readonly GeneResult[]): ReadonlyMap<string, GeneKeys> {
  const keys = keysOfResults.get(results) ?? findKeys(results);
  keysOfResults.set(results, keys);
  return keys;
}

function findKeys(results: readonly GeneResult[]): ReadonlyMap<string, GeneKeys> {
  const tested = results.filter((result) => result.lookupKeys.length > 0);
  return new Map(
    tested.map((result) => {
      const { gene, lookupKeys: keys, diplotypes, phenotype: phenotypes } = result;
      return [gene, { gene, keys, diplotypes, phenotypes }];
    }),
  );
}

/** Keys of a gene as the drugs taken now leave it: the adjusted score, or the phenotype. */
export function convertedKeys(rules: PgxRules, result: GeneResult, clinical: ClinicalPhenotype): GeneKeys {
  const gene = rules.genes.get(result.gene);
  const phenotypes = clinical.phenotype.split(' or ');
  const scores = clinical.activityScore === null ? [] : [clinical.activityScore];
  return {
    gene: result.gene,
    keys: gene !== undefined && usesScore(gene) ? scores : phenotypes,
    diplotypes: [],
    phenotypes,
  };
}

/** A row of any guideline table, as far as looking it up goes. */
export interface KeyedRow {
  readonly lookupKey: Readonly<Record<string, string>>;
  /** CPIC's phenotype for each gene of the key, where the table gives it. */
  readonly phenotypes?: Readonly<Record<string, string>>;
}

/** Rows of one drug, indexed by their keys. */
export interface LookupTable<Row extends KeyedRow> {
  /** Rows may ask for different genes; each set of genes has its own index. */
  readonly parts: readonly { readonly genes: readonly string[]; readonly rows: ReadonlyMap<string, readonly Row[]> }[];
  /** Gene -> score -> phenotype, of the scores that rows list. */
  readonly scores: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const JOINT = '\u0000';

/** Indexes the rows of a drug. */
export function indexRows<Row extends KeyedRow>(rows: readonly Row[]): LookupTable<Row> {
  const parts = new Map<string, { genes: readonly string[]; rows: Map<string, Row[]> }>();
  const scores = new Map<string, Map<string, string>>();
  for (const row of rows) {
    const genes = Object.keys(row.lookupKey).sort();
    const name = genes.join(JOINT);
    const part = parts.get(name) ?? { genes, rows: new Map<string, Row[]>() };
    parts.set(name, part);
    const key = genes.map((gene) => row.lookupKey[gene]).join(JOINT);
    part.rows.set(key, [...(part.rows.get(key) ?? []), row]);
    for (const gene of genes) noteScore(scores, gene, row);
  }
  return { parts: [...parts.values()], scores };
}

function noteScore(scores: Map<string, Map<string, string>>, gene: string, row: KeyedRow): void {
  const score = row.lookupKey[gene];
  const phenotype = row.phenotypes?.[gene];
  if (score === undefined || phenotype === undefined || parseScore(score) === null) return;
  scores.set(gene, (scores.get(gene) ?? new Map<string, string>()).set(score, phenotype));
}

/**
 * Rows whose whole key the genes meet: every combination of the genes' keys is tried; a gene without a result meets
 * "No Result", but at least one gene of the row has to be tested.
 */
export function lookUp<Row extends KeyedRow>(
  table: LookupTable<Row>,
  genes: ReadonlyMap<string, GeneKeys>,
): readonly Row[] {
  return table.parts.flatMap((part) => {
    if (!part.genes.some((gene) => genes.has(gene))) return [];
    const choices = part.genes.map((gene) => choicesOf(table, gene, genes.get(gene)));
    if (choices.every(({ length }) => length === 1))
      return part.rows.get(choices.map(([only]) => only).join(JOINT)) ?? [];
    return combinations(choices).flatMap((key) => part.rows.get(key.join(JOINT)) ?? []);
  });
}

/**
 * The keys to try for a gene. A score that no row lists (0.625, after halving) stands for every listed score of the same
 * phenotype.
 */
function choicesOf(table: LookupTable<KeyedRow>, gene: string, keys: GeneKeys | undefined): readonly string[] {
  if (keys === undefined) return [NO_RESULT];
  const listed = table.scores.get(gene);
  if (listed === undefined || keys.keys.some((key) => listed.has(key))) return keys.keys;
  const settled = keys.phenotypes.filter((phenotype) => phenotype !== INDETERMINATE);
  const widened = [...listed].filter(([, phenotype]) => settled.includes(phenotype)).map(([score]) => score);
  return widened.length > 0 ? widened : keys.keys;
}

function combinations(choices: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return choices.reduce<readonly (readonly string[])[]>(
    (all, next) => all.flatMap((head) => next.map((key) => [...head, key])),
    [[]],
  );
}
