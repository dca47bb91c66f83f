import type { GeneResult, GenotypeSource, PgxWarning } from '../../domain/pgx.ts';
import type { GenePhenotype } from '../phenotyper/index.ts';
import {
  NOT_APPLICABLE,
  phenotypeAlone,
  phenotypeOfAlleles,
  phenotypeOfScoreAlone,
  usesScore,
} from '../phenotyper/index.ts';
import type { PgxRules } from '../rules.ts';
import type { ReportedFinding } from './types.ts';

/**
 * What one finding means: score before phenotype before diplotype for genes that guidelines look up by score, phenotype
 * before diplotype for others, as the reference reader of outside calls has it. A phenotype word that contradicts the
 * diplotype is said.
 *
 * @param trust - `words`: the report's phenotype outranks its diplotype; `alleles`: the diplotype decides, because free text
 *   may name a phenotype that other drugs cause.
 */
export function interpretFinding(
  rules: PgxRules,
  finding: ReportedFinding,
  trust: 'words' | 'alleles',
  source: GenotypeSource,
): GeneResult {
  const gene = rules.genes.get(finding.gene);
  const uncounted = phenotypeOfUncounted(rules, finding);
  const exact = finding.lookupAlleles === null ? null : phenotypeOfAlleles(rules, finding.gene, finding.lookupAlleles);
  const byAlleles = uncounted ?? exact;
  const byStatus = statusPhenotype(rules, finding);
  const byWords = gene === undefined ? null : wordPhenotype(rules, finding);
  const byScore = gene === undefined || finding.activityScore === null ? null : scorePhenotype(rules, finding);
  const stated = byScore ?? byWords;
  const chosen =
    (trust === 'words' ? (stated ?? byAlleles) : settled(byAlleles) ? byAlleles : (stated ?? byAlleles)) ?? byStatus;
  const warnings = [...finding.warnings, ...contradiction(finding, byAlleles, stated), ...withoutRules(rules, finding)];
  return {
    gene: finding.gene,
    diplotypes: finding.alleles === null ? [] : [finding.alleles],
    components: [],
    phenotype: chosen?.phenotypes ?? (gene === undefined ? finding.phenotypes : []),
    activityScore: chosen?.activityScore === null || chosen?.activityScore === undefined ? [] : [chosen.activityScore],
    lookupKeys: chosen?.lookupKeys ?? [],
    clinicalPhenotype: null,
    callable: true,
    warnings,
    source,
  };
}

/**
 * `*1/*2xN`, a duplication whose copies were not counted: two at least. Where two copies already make an ultrarapid
 * metabolizer, more change nothing; else the phenotype stays open.
 */
function phenotypeOfUncounted(rules: PgxRules, finding: ReportedFinding): GenePhenotype | null {
  const gene = rules.genes.get(finding.gene);
  const alleles = finding.lookupAlleles ?? [];
  if (gene?.phenotypeRule.kind !== 'score' || !alleles.some((allele) => allele.endsWith('xN'))) return null;
  const least = alleles.map((allele) => allele.replace(/xN$/, 'x2'));
  const highest = gene.phenotypeRule.steps.at(-1)?.phenotype ?? '';
  return phenotypeOfAlleles(rules, finding.gene, least).phenotypes.includes(highest)
    ? phenotypeAlone(gene, highest)
    : null;
}

function settled(result: GenePhenotype | null): boolean {
  return (
    result !== null &&
    !result.phenotypes.every((phenotype) => phenotype === 'Indeterminate' || phenotype === NOT_APPLICABLE)
  );
}

function statusPhenotype(rules: PgxRules, finding: ReportedFinding): GenePhenotype | null {
  if (finding.statuses.length === 0 || !finding.gene.startsWith('HLA-')) return null;
  const phenotypes = finding.statuses.map(({ allele, status }) => `${allele} ${status}`);
  const asked = rules.alleleStatus.get(finding.gene) ?? [];
  const keys = finding.statuses
    .filter(({ allele }) => asked.includes(allele))
    .map(({ allele, status }) => `${allele} ${status}`);
  return { phenotypes, activityScore: null, lookupKeys: keys };
}

function wordPhenotype(rules: PgxRules, finding: ReportedFinding): GenePhenotype | null {
  const gene = rules.genes.get(finding.gene);
  if (gene === undefined || finding.phenotypes.length === 0) return null;
  const each = finding.phenotypes.map((phenotype) => phenotypeAlone(gene, phenotype));
  return {
    phenotypes: each.flatMap((result) => result.phenotypes),
    activityScore: each[0]?.activityScore ?? null,
    lookupKeys: [...new Set(each.flatMap((result) => result.lookupKeys))],
  };
}

function scorePhenotype(rules: PgxRules, finding: ReportedFinding): GenePhenotype | null {
  const gene = rules.genes.get(finding.gene);
  if (gene === undefined || finding.activityScore === null || !usesScore(gene)) return null;
  return phenotypeOfScoreAlone(gene, finding.activityScore);
}

function contradiction(
  finding: ReportedFinding,
  byAlleles: GenePhenotype | null,
  stated: GenePhenotype | null,
): readonly PgxWarning[] {
  if (!settled(byAlleles) || stated === null || byAlleles === null) return [];
  if (stated.phenotypes.some((phenotype) => byAlleles.phenotypes.includes(phenotype))) return [];
  return [
    {
      code: 'REPORT_CONTRADICTORY',
      message: `The report calls ${finding.gene} ${stated.phenotypes.join(' or ')}, but ${finding.alleles?.join('/') ?? ''} gives ${byAlleles.phenotypes.join(' or ')}; ask the laboratory.`,
    },
  ];
}

function withoutRules(rules: PgxRules, finding: ReportedFinding): readonly PgxWarning[] {
  if (rules.genes.has(finding.gene) || rules.alleleStatus.has(finding.gene)) return [];
  return [
    {
      code: 'GENE_WITHOUT_RULES',
      message: `Release ${rules.release} has no rules for ${finding.gene}; the result is shown as reported.`,
    },
  ];
}

/**
 * Joins the results of one source, one row a gene. Different results of one gene stay side by side as alternatives, with a
 * warning; each gives its own guidance.
 */
export function combineResults(results: readonly GeneResult[]): readonly GeneResult[] {
  const genes = [...new Set(results.map((result) => result.gene))];
  return genes.map((gene) => results.filter((result) => result.gene === gene).reduce(joinResults));
}

function joinResults(a: GeneResult, b: GeneResult): GeneResult {
  const union = <T>(x: readonly T[], y: readonly T[]): readonly T[] => {
    const seen = new Set<string>();
    return [...x, ...y].filter((item) => !seen.has(JSON.stringify(item)) && seen.add(JSON.stringify(item)));
  };
  const disagree =
    !a.gene.startsWith('HLA-') &&
    a.lookupKeys.length > 0 &&
    b.lookupKeys.length > 0 &&
    !a.lookupKeys.some((key) => b.lookupKeys.includes(key));
  const contrary = a.gene.startsWith('HLA-') && a.lookupKeys.some((key) => b.lookupKeys.includes(opposite(key)));
  const warning: PgxWarning[] =
    disagree || contrary
      ? [
          {
            code: 'REPORTS_DISAGREE',
            message: `The results given for ${a.gene} disagree (${describe(a)}; ${describe(b)}); none is preferred.`,
          },
        ]
      : [];
  const narrower = a.diplotypes.length === 0 && b.diplotypes.length > 0 ? b : a;
  const agree = !disagree && !a.gene.startsWith('HLA-') && a.lookupKeys.length > 0 && b.lookupKeys.length > 0;
  return {
    ...narrower,
    diplotypes: union(a.diplotypes, b.diplotypes),
    phenotype: agree ? narrower.phenotype : union(a.phenotype, b.phenotype),
    activityScore: agree ? narrower.activityScore : union(a.activityScore, b.activityScore),
    lookupKeys: agree ? narrower.lookupKeys : union(a.lookupKeys, b.lookupKeys),
    warnings: union([...a.warnings, ...b.warnings], warning),
  };
}

function opposite(key: string): string {
  return key.endsWith('positive') ? key.replace(/positive$/, 'negative') : key.replace(/negative$/, 'positive');
}

/** A result in a few words: diplotype, else phenotype. */
export function describe(result: Pick<GeneResult, 'diplotypes' | 'phenotype'>): string {
  const [pair] = result.diplotypes;
  const phenotype = result.phenotype.join(' or ');
  // Alleles that are named after their variant say less than the genotype's own name, "-1639 AG".
  const isNamedAfterVariant = pair?.every((allele) => /^rs\d/.test(allele)) === true && phenotype.startsWith('-');
  if (pair === undefined || isNamedAfterVariant) return phenotype;
  return phenotype === '' ? pair.join('/') : `${pair.join('/')}, ${phenotype}`;
}
