import type { GeneResult, PgxReport } from '../../domain/pgx.ts';
import type { CurrentDrug } from '../phenoconversion/index.ts';
import { convert } from '../phenoconversion/index.ts';
import { combineResults, describe } from '../reported/index.ts';
import type { PgxRules } from '../rules.ts';
import type { NotedResult } from './chart-genotypes.ts';

export interface ReconciledGenes {
  readonly genes: readonly GeneResult[];
  readonly conflicts: PgxReport['conflicts'];
}

/**
 * One row a gene, over notes and uploaded files. Results that agree are one, the fullest and latest standing for it; results
 * that do not are all kept as alternatives and listed as a conflict: none is used silently.
 *
 * @param everTaken - Drugs of the whole chart: a "poor metabolizer" of a note beside a diplotype may be the work of one of
 *   them, and is then no second result.
 */
export function reconcileGenes(
  rules: PgxRules,
  noted: readonly NotedResult[],
  uploads: readonly GeneResult[],
  everTaken: readonly CurrentDrug[],
): ReconciledGenes {
  const names = [...new Set([...uploads, ...noted.map(({ result }) => result)].map((result) => result.gene))].sort();
  const reconciled = names.map((gene) => {
    const own = noted.filter(({ result }) => result.gene === gene);
    const files = uploads.filter((upload) => upload.gene === gene);
    return gene.startsWith('HLA-') ? reconcileHla(own, files) : reconcileGene(rules, own, files, everTaken);
  });
  return {
    genes: reconciled.map(({ result }) => result),
    conflicts: reconciled.flatMap(({ result, conflict }) =>
      conflict.length < 2 ? [] : [{ gene: result.gene, results: conflict.map(asSide) }],
    ),
  };
}

interface Reconciled {
  readonly result: GeneResult;
  readonly conflict: readonly GeneResult[];
}

const asSide = (result: GeneResult): PgxReport['conflicts'][number]['results'][number] => ({
  text: describe(result),
  source: result.source,
});

function reconcileGene(
  rules: PgxRules,
  noted: readonly NotedResult[],
  uploads: readonly GeneResult[],
  everTaken: readonly CurrentDrug[],
): Reconciled {
  const whole = noted.filter(({ partial }) => !partial).map(({ result }) => result);
  const candidates = [
    ...whole,
    ...uploads.filter((upload) => upload.lookupKeys.length > 0 || upload.diplotypes.length > 0),
  ];
  if (candidates.length === 0)
    return { result: combineResults([...uploads, ...noted.map(({ result }) => result)])[0]!, conflict: [] };
  const groups = groupAgreeing(withoutConverted(rules, candidates, everTaken));
  const chosen = groups.map(representative);
  const result = combineResults(chosen)[0]!;
  const unread = uploads.filter((upload) => !candidates.includes(upload)).flatMap((upload) => upload.warnings);
  return {
    result: { ...result, warnings: [...result.warnings, ...unread] },
    conflict: chosen.length > 1 ? chosen : [],
  };
}

/** Drops phenotypes without alleles that a drug of the chart makes of the stated diplotype. */
function withoutConverted(
  rules: PgxRules,
  results: readonly GeneResult[],
  everTaken: readonly CurrentDrug[],
): readonly GeneResult[] {
  const typed = results.filter((result) => result.diplotypes.length > 0);
  const converted = new Set(
    typed
      .flatMap((result) => everTaken.map((drug) => convert(rules, result, [drug])?.phenotype))
      .filter((phenotype) => phenotype !== undefined),
  );
  return results.filter(
    (result) =>
      result.diplotypes.length > 0 ||
      typed.length === 0 ||
      !result.phenotype.every(
        (phenotype) => converted.has(phenotype) && !typed.some((one) => one.phenotype.includes(phenotype)),
      ),
  );
}

/** Puts results that can all be true at once together. */
function groupAgreeing(results: readonly GeneResult[]): readonly (readonly GeneResult[])[] {
  const groups: GeneResult[][] = [];
  const byDetail = [...results].sort((a, b) => b.diplotypes.length - a.diplotypes.length);
  for (const result of byDetail) {
    const group = groups.find(([first]) => first !== undefined && agree(first, result));
    if (group === undefined) groups.push([result]);
    else group.push(result);
  }
  return groups;
}

/** Equal diplotypes; or, where one has none, phenotypes or keys in common. */
function agree(a: GeneResult, b: GeneResult): boolean {
  const pairs = (result: GeneResult): readonly string[] => result.diplotypes.map((pair) => [...pair].sort().join('/'));
  if (a.diplotypes.length > 0 && b.diplotypes.length > 0) {
    const same = pairs(a).some((pair) => pairs(b).includes(pair));
    const bothUnread = a.lookupKeys.length === 0 && b.lookupKeys.length === 0;
    return same || (!bothUnread && isSubset(a, b));
  }
  if (a.lookupKeys.length === 0 && b.lookupKeys.length === 0) return true;
  return (
    a.phenotype.some((phenotype) => b.phenotype.includes(phenotype)) ||
    a.lookupKeys.some((key) => b.lookupKeys.includes(key))
  );
}

/** A call from a file that lists fewer variants than a report may still give the same phenotype by the same components. */
function isSubset(a: GeneResult, b: GeneResult): boolean {
  const parts = (result: GeneResult): readonly string[] =>
    result.components.length > 0 ? result.components : result.diplotypes.flat();
  return (
    a.components.length + b.components.length > 0 &&
    parts(a).every((part) => parts(b).includes(part) || part === 'Reference')
  );
}

/** The fullest result of a group, the latest of equals. */
function representative(group: readonly GeneResult[]): GeneResult {
  return [...group].reverse().reduce((best, result) => (weight(result) > weight(best) ? result : best));
}

function weight(result: GeneResult): number {
  const detail = result.diplotypes.length > 0 ? 4 : result.activityScore.some((score) => score !== 'n/a') ? 2 : 1;
  return detail + (result.source.kind === 'note' ? 0 : 0.5);
}

/** Typing results add up: each allele stands for itself, and only its own opposite contradicts it. */
function reconcileHla(noted: readonly NotedResult[], uploads: readonly GeneResult[]): Reconciled {
  const all = [...uploads, ...noted.filter(({ partial }) => !partial).map(({ result }) => result)].filter(
    (result) => result.phenotype.length > 0,
  );
  const [any] = [...uploads, ...noted.map(({ result }) => result)];
  if (all.length === 0) return { result: any!, conflict: [] };
  const keys = new Set(all.flatMap((result) => result.phenotype));
  const contrary = all.filter((result) => result.phenotype.some((key) => keys.has(opposite(key))));
  return { result: combineResults(all)[0]!, conflict: contrary };
}

function opposite(key: string): string {
  return key.endsWith('positive') ? key.replace(/positive$/, 'negative') : key.replace(/negative$/, 'positive');
}
