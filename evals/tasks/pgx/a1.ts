import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readVcfText } from '#pipelines/engines/vcf/index.ts';
import type { GeneMatch, MatcherOptions } from '#pipelines/pgx/matcher/index.ts';
import { matchGenes, positionsOfInterest } from '#pipelines/pgx/matcher/index.ts';
import { phenotypeOfAlleles } from '#pipelines/pgx/phenotyper/index.ts';
import type { ReportedFinding } from '#pipelines/pgx/reported/index.ts';
import { interpretFinding, readOutsideCalls } from '#pipelines/pgx/reported/index.ts';
import type { GeneRules, PgxRules } from '#pipelines/pgx/rules.ts';
import { PGX_CASES } from '../../datasets/pgx-cases.ts';
import { readDefinition } from '../../datasets/pgx-definitions.ts';
import { sayLabels } from './labels.ts';
import type { PgxScorer, PgxScorerContext } from './scorer.ts';
import { sameJson } from './scorer.ts';

interface A1Input {
  readonly vcf: string;
  readonly outsideCalls: readonly string[];
  readonly options: {
    readonly allMatches: boolean;
    readonly researchCyp2d6: boolean;
    readonly researchCombinations: boolean;
    readonly exemptions?: boolean;
    /** Genes to call: by the release (`default`), or by a definition file of the test. */
    readonly definitions?: Readonly<Record<string, string>>;
  };
}

interface A1Gene {
  readonly diplotypes?: readonly string[];
  readonly sourceDiplotypes?: readonly string[];
  readonly displayCalls?: readonly string[];
  readonly topDiplotype?: string;
  readonly lookupDiplotypeAlleles?: readonly string[];
  readonly diplotypeCount?: number;
  readonly haplotypeMatches?: readonly string[];
  readonly haplotypeMatchCount?: number;
  readonly calledByMatcher?: boolean;
  readonly reportable?: boolean;
  readonly activityScore?: string;
  readonly hapB3Warning?: string | null;
}

interface Observed {
  readonly alleles: readonly string[];
  readonly activityScore: string | null;
  readonly phenotypes: readonly string[];
}

const HAPB3_CODES: Readonly<Record<string, string>> = {
  'pcat-dpyd-hapB3-exonic-only': 'HAPB3_EXONIC_ONLY',
  'pcat-dpyd-hapB3-intronic-mismatch-exonic': 'HAPB3_INTRONIC_MISMATCH',
};

/** What the product says of one gene of a case. */
interface GeneView {
  readonly rules: GeneRules | undefined;
  readonly match: GeneMatch | undefined;
  readonly reported: readonly ReportedFinding[];
  readonly results: readonly Observed[];
}

/**
 * a1: test cases of the reference caller. Compared are its calls, lookup pairs, HapB3 warnings, and the phenotypes and
 * scores that were observed; whether a drug has guidance is compared by c1 to c3, whose content is dated.
 */
export const scoreA1: PgxScorer = (item, context) => {
  const input = item['input'] as A1Input;
  const expect = (item['expect'] as { genes: Record<string, A1Gene> }).genes;
  const observed = (item['observed'] ?? {}) as Record<string, readonly Observed[]>;
  const views = viewsOf(input, [...Object.keys(expect), ...Object.keys(observed)], context);
  const checks = [
    ...Object.entries(expect).flatMap(([gene, wanted]) => checkGene(gene, wanted, views.get(gene))),
    ...Object.entries(observed).map(([gene, wanted]) => ({
      what: `${gene} observed`,
      expected: inOrder(wanted),
      got: inOrder(views.get(gene)?.results ?? []),
    })),
  ];
  const differing = checks.filter(({ expected, got }) => !sameJson(expected, got));
  const failed = differing.filter(
    ({ what }) =>
      !Object.keys(observed).some((gene) => what === `${gene} observed` && readsMore(observed[gene], views.get(gene))),
  );
  return {
    agrees: failed.length === 0,
    expected: Object.fromEntries(checks.map(({ what, expected }) => [what, expected])),
    got: Object.fromEntries(checks.map(({ what, got }) => [what, got])),
    ...reasonOf(differing, failed),
  };
};

function reasonOf(differing: readonly Check[], failed: readonly Check[]): { readonly reason?: string } {
  const names = (checks: readonly Check[]): string => checks.map(({ what }) => what).join(', ');
  if (failed.length > 0) return { reason: `differs in ${names(failed)}` };
  if (differing.length === 0) return {};
  return {
    reason: `${names(differing)}: a reported name that the reference caller does not know is read, as set a5 asks`,
  };
}

/** Set a5 asks for a tolerant reading of reported names that the reference caller leaves as unknown. */
function readsMore(observed: readonly Observed[] | undefined, view: GeneView | undefined): boolean {
  if (view === undefined || view.reported.length === 0) return false;
  const unknown = (observed ?? []).flatMap(({ alleles }) => alleles).some((name) => !view.rules?.alleles.has(name));
  return unknown && view.results.every(({ alleles }) => alleles.every((name) => view.rules?.alleles.has(name)));
}

function viewsOf(input: A1Input, genes: readonly string[], context: PgxScorerContext): ReadonlyMap<string, GeneView> {
  const rules = rulesOf(input, context);
  const options: MatcherOptions = {
    allMatches: input.options.allMatches,
    combinations: input.options.researchCombinations,
    cyp2d6: input.options.researchCyp2d6,
  };
  const matches = matchGenes(readVcfText(input.vcf, positionsOfInterest(rules)), rules, options);
  const findings = input.outsideCalls.flatMap((text) => readOutsideCalls(context.rules, text));
  const views = [...new Set(genes)].map((gene): [string, GeneView] => {
    const match = matches.find((candidate) => candidate.gene === gene);
    const reported = findings.filter((finding) => finding.gene === gene);
    const results =
      reported.length > 0
        ? reported.map((finding) => resultOfReport(context.rules, finding))
        : (match?.lookup ?? []).map((pair) => resultOfPair(rules, gene, pair));
    return [gene, { rules: rules.genes.get(gene), match, reported, results }];
  });
  return new Map(views);
}

/** The release, or the definitions that a test brings, restricted to the genes that it calls. */
function rulesOf({ options }: A1Input, { rules, dataRoot }: PgxScorerContext): PgxRules {
  if (options.definitions === undefined) return rules;
  const genes = Object.entries(options.definitions).flatMap(([gene, source]): GeneRules[] => {
    const known = rules.genes.get(gene);
    if (source !== 'default') return [readDefinition(definitionPath(dataRoot, source), rules)];
    if (known === undefined) return [];
    const bare = { ...known.calling, requiredPositions: [], extraPositions: [], tiePicks: [] };
    return [options.exemptions === false ? { ...known, calling: bare } : known];
  });
  return { ...rules, genes: new Map(genes.map((gene) => [gene.gene, gene])) };
}

/** Definitions lie beside the cases, or, for cases that were moved, in the shared data. */
function definitionPath(dataRoot: string, source: string): string {
  const beside = join(dataRoot, source);
  return existsSync(beside) ? beside : join(PGX_CASES, '../..', source);
}

function resultOfPair(rules: PgxRules, gene: string, pair: readonly string[]): Observed {
  const { activityScore, phenotypes } = phenotypeOfAlleles(rules, gene, pair);
  return { alleles: pair, activityScore, phenotypes };
}

function resultOfReport(rules: PgxRules, finding: ReportedFinding): Observed {
  const result = interpretFinding(rules, finding, 'words', { kind: 'given' });
  return {
    alleles: finding.lookupAlleles ?? [],
    activityScore: result.activityScore[0] ?? null,
    phenotypes: result.phenotype,
  };
}

function inOrder(results: readonly Observed[]): readonly Observed[] {
  return results
    .map(({ alleles, activityScore, phenotypes }) => ({ alleles: [...alleles].sort(), activityScore, phenotypes }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

interface Check {
  readonly what: string;
  readonly expected: unknown;
  readonly got: unknown;
}

function checkGene(gene: string, wanted: A1Gene, view: GeneView | undefined): readonly Check[] {
  const match = view?.match;
  const checks: Check[] = [];
  const add = (what: string, expected: unknown, got: unknown): void => {
    if (expected !== undefined) checks.push({ what: `${gene} ${what}`, expected, got });
  };
  const isReported = (view?.reported.length ?? 0) > 0;
  const called = match !== undefined && (match.called || match.inferred);
  // Some tests set a reported result that the case does not carry: then there is nothing to read it from.
  const readable = isReported || (match?.callableFromVcf ?? false) || called;
  if (readable) {
    for (const what of ['diplotypes', 'sourceDiplotypes', 'displayCalls'] as const) {
      const labels = wanted[what];
      if (labels !== undefined) add(what, [...labels].sort(), sayLabels(labels, view));
    }
  }
  if (wanted.topDiplotype !== undefined) {
    add('topDiplotype', [wanted.topDiplotype], sayLabels([wanted.topDiplotype], view, 'first'));
  }
  add('calledByMatcher', wanted.calledByMatcher, !isReported && called);
  add('reportable', wanted.reportable, isReported || called);
  add('diplotypeCount', wanted.diplotypeCount, match?.diplotypes.length ?? 0);
  add('haplotypeMatchCount', wanted.haplotypeMatchCount, match?.components.length ?? 0);
  add('haplotypeMatches', sortedOrUndefined(wanted.haplotypeMatches), [...(match?.components ?? [])].sort());
  add('lookupDiplotypeAlleles', sortedOrUndefined(wanted.lookupDiplotypeAlleles), lookupLike(wanted, view));
  add('activityScore', wanted.activityScore, view?.results[0]?.activityScore ?? null);
  if (wanted.hapB3Warning !== undefined) {
    const code = wanted.hapB3Warning === null ? null : (HAPB3_CODES[wanted.hapB3Warning] ?? wanted.hapB3Warning);
    add('hapB3Warning', code, match?.warnings.find((warning) => warning.code.startsWith('HAPB3_'))?.code ?? null);
  }
  return checks;
}

function sortedOrUndefined(names: readonly string[] | undefined): readonly string[] | undefined {
  return names === undefined ? undefined : [...names].sort();
}

/** The lookup pair that equals the asserted one; else the first. Tests assert one pair where several tie. */
function lookupLike(wanted: A1Gene, view: GeneView | undefined): readonly string[] {
  const pairs = (view?.results ?? []).map(({ alleles }) => [...alleles].sort());
  const asserted = sortedOrUndefined(wanted.lookupDiplotypeAlleles);
  return pairs.find((pair) => sameJson(pair, asserted)) ?? pairs[0] ?? [];
}
