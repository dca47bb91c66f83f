import type { GeneRules, PgxRules } from '../rules.ts';
import { functionKey } from '../rules.ts';
import { NO_SCORE, compareScores, parseScore, sumScores } from './activity-score.ts';

export { formatScore, normaliseScore, parseScore } from './activity-score.ts';
export { lowestFunctionPair } from './lowest-function.ts';

/** What one diplotype, phenotype word or score means for a gene. */
export interface GenePhenotype {
  /** CPIC's term; `Indeterminate` or `n/a` where it is not known. */
  readonly phenotypes: readonly string[];
  /** Null for genes without scores. */
  readonly activityScore: string | null;
  /** What guideline tables are keyed by: scores for score genes, else phenotypes or allele statuses. */
  readonly lookupKeys: readonly string[];
}

/** CPIC's word for a phenotype that the alleles' functions do not settle. */
export const INDETERMINATE = 'Indeterminate';
/** What guideline tables use where nothing applies. */
export const NOT_APPLICABLE = 'n/a';

/** Whether guideline tables of this gene are keyed by activity score. */
export function usesScore(gene: GeneRules): boolean {
  return gene.phenotypeRule.kind === 'score' || gene.phenotypeRule.kind === 'functions-and-score';
}

/**
 * Phenotype of one diplotype, or of one allele for a haploid or hemizygous call.
 *
 * @param alleles - Names as the release has them. An allele unknown to it gives `Indeterminate` (score genes) or `n/a`.
 */
export function phenotypeOfAlleles(rules: PgxRules, geneName: string, alleles: readonly string[]): GenePhenotype {
  const statuses = rules.alleleStatus.get(geneName);
  if (statuses !== undefined) return phenotypeOfTyping(statuses, alleles);
  const gene = rules.genes.get(geneName);
  if (gene === undefined || gene.phenotypeRule.kind === 'none')
    return { phenotypes: [], activityScore: null, lookupKeys: [] };
  const score = usesScore(gene) ? scoreOfAlleles(gene, alleles) : null;
  const phenotype =
    gene.phenotypeRule.kind === 'score' ? phenotypeOfScore(gene, score ?? NO_SCORE) : byFunctions(gene, alleles);
  return { phenotypes: [phenotype], activityScore: score, lookupKeys: [score ?? phenotype] };
}

/** HLA: which of the asked-for alleles are present in a typing. */
function phenotypeOfTyping(asked: readonly string[], alleles: readonly string[]): GenePhenotype {
  const phenotypes = asked.map((allele) => `${allele} ${alleles.includes(allele) ? 'positive' : 'negative'}`);
  return { phenotypes, activityScore: null, lookupKeys: phenotypes };
}

function scoreOfAlleles(gene: GeneRules, alleles: readonly string[]): string {
  return sumScores(alleles.map((allele) => gene.alleles.get(allele)?.activityValue ?? null));
}

function byFunctions(gene: GeneRules, alleles: readonly string[]): string {
  const unknown = usesScore(gene) ? INDETERMINATE : NOT_APPLICABLE;
  const functions = alleles.map((allele) => gene.alleles.get(allele)?.function ?? null);
  if (functions.length === 0 || functions.includes(null)) return unknown;
  return gene.phenotypes.get(functionKey(functions as string[])) ?? unknown;
}

/** Phenotype of a score alone; `Indeterminate` for a score that the gene's alleles cannot give. */
export function phenotypeOfScore(gene: GeneRules, score: string): string {
  const parsed = parseScore(score);
  if (parsed === null) return INDETERMINATE;
  const rule = gene.phenotypeRule;
  if (rule.kind !== 'score') {
    return reachableScores(gene).find((reached) => reached.score === score)?.phenotype ?? INDETERMINATE;
  }
  const holds = (below: number, inclusive: boolean): boolean =>
    parsed.value < below || (inclusive && parsed.value === below);
  // A lower bound says that the activity is at least this much: only the last step is safe for it.
  const step = parsed.atLeast ? rule.steps.at(-1) : rule.steps.find(({ below, inclusive }) => holds(below, inclusive));
  return step?.phenotype ?? INDETERMINATE;
}

/** Result of a score without a diplotype. */
export function phenotypeOfScoreAlone(gene: GeneRules, score: string): GenePhenotype {
  return { phenotypes: [phenotypeOfScore(gene, score)], activityScore: score, lookupKeys: [score] };
}

/**
 * Result of a phenotype word without a diplotype. For a gene whose guidelines ask for a score, every score that has this
 * phenotype is a key, so that several rows may be found.
 */
export function phenotypeAlone(gene: GeneRules, phenotype: string): GenePhenotype {
  if (!usesScore(gene)) return { phenotypes: [phenotype], activityScore: null, lookupKeys: [phenotype] };
  const scores = scoresOfPhenotype(gene, phenotype);
  return { phenotypes: [phenotype], activityScore: NO_SCORE, lookupKeys: scores.length > 0 ? scores : [NO_SCORE] };
}

/** Every score that pairs of this gene's alleles reach and that has the phenotype, ascending. */
export function scoresOfPhenotype(gene: GeneRules, phenotype: string): readonly string[] {
  const scores = reachableScores(gene).filter((reached) => reached.phenotype === phenotype);
  return [...new Set(scores.map(({ score }) => score))].sort(compareScores);
}

/** Phenotypes that pairs of this gene's alleles reach, for checking words of a report. */
export function knownPhenotypes(gene: GeneRules): ReadonlySet<string> {
  const rule = gene.phenotypeRule;
  if (rule.kind === 'score') return new Set([...rule.steps.map(({ phenotype }) => phenotype), INDETERMINATE]);
  return new Set(gene.phenotypes.values());
}

interface ReachedScore {
  readonly score: string;
  readonly phenotype: string;
}

const reached = new WeakMap<GeneRules, readonly ReachedScore[]>();

/** Distinct (score, phenotype) of all allele pairs; worked out once a gene. */
function reachableScores(gene: GeneRules): readonly ReachedScore[] {
  const known = reached.get(gene);
  if (known !== undefined) return known;
  const kinds = new Map(
    [...gene.alleles.values()].map((a) => [`${a.function ?? ''}|${a.activityValue ?? ''}`, a.name]),
  );
  const names = [...kinds.values()];
  const pairs = names.flatMap((first, i) => names.slice(i).map((second) => [first, second]));
  const results = new Map<string, ReachedScore>();
  for (const pair of pairs) {
    const score = scoreOfAlleles(gene, pair);
    if (score === NO_SCORE) continue;
    const phenotype = gene.phenotypeRule.kind === 'score' ? phenotypeOfScore(gene, score) : byFunctions(gene, pair);
    results.set(`${score}|${phenotype}`, { score, phenotype });
  }
  const list = [...results.values()];
  reached.set(gene, list);
  return list;
}
