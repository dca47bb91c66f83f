import type { GeneResult } from '#pipelines/domain/pgx.ts';
import { readFhir } from '#pipelines/pgx/fhir/index.ts';
import type { ReportedFinding } from '#pipelines/pgx/reported/index.ts';
import { interpretFinding, readFreeText } from '#pipelines/pgx/reported/index.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import type { PgxScorer } from './scorer.ts';
import { sameJson } from './scorer.ts';

/** What a case expects of one finding; only the members that it names are compared. */
interface ExpectedFinding {
  readonly gene: string;
  readonly diplotype?: string;
  readonly phenotype?: string;
  readonly activityScore?: string;
  readonly allele?: string;
  readonly status?: string;
  readonly reported?: string;
}

type Found = Readonly<Record<string, string | null>>;

/** One row a finding; an allele's presence is a finding of its own. */
function rowsOf(finding: ReportedFinding, result: GeneResult): readonly Found[] {
  const common = { gene: finding.gene, reported: finding.reported };
  if (finding.alleles === null && finding.gene.startsWith('HLA-')) {
    return finding.statuses.map(({ allele, status }) => ({ ...common, allele, status }));
  }
  return [
    {
      ...common,
      diplotype: finding.alleles?.join('/') ?? null,
      phenotype: result.phenotype.join(' or '),
      activityScore: result.activityScore[0] ?? null,
    },
  ];
}

function interpret(
  rules: PgxRules,
  findings: readonly ReportedFinding[],
  trust: 'words' | 'alleles',
): readonly Found[] {
  return findings
    .filter((finding) => !finding.partial)
    .flatMap((finding) => rowsOf(finding, interpretFinding(rules, finding, trust, { kind: 'given' })));
}

/** Every expected finding and no other, in any order. */
function compare(
  expected: readonly ExpectedFinding[],
  found: readonly Found[],
): { agrees: boolean; got: readonly Found[] } {
  const left = [...found];
  for (const wanted of expected) {
    const at = left.findIndex((row) =>
      Object.entries(wanted).every(([name, value]) => matches(name, value, row[name])),
    );
    if (at < 0) return { agrees: false, got: found };
    left.splice(at, 1);
  }
  return { agrees: left.length === 0, got: found };
}

function matches(name: string, wanted: string, got: string | null | undefined): boolean {
  if (name !== 'diplotype') return wanted === got;
  return sameJson(wanted.split('/').sort(), (got ?? '').split('/').sort());
}

const expectedFindings = (item: Parameters<PgxScorer>[0]): readonly ExpectedFinding[] =>
  (item['expect'] as { readonly findings: readonly ExpectedFinding[] }).findings;

/** a6, notes: the genotypes that a short note states of the patient. */
export const scoreNote: PgxScorer = (item, { rules }) => {
  const { text } = item['input'] as { readonly text: string };
  const expected = expectedFindings(item);
  return { expected, ...compare(expected, interpret(rules, readFreeText(rules, text).findings, 'alleles')) };
};

/** a7: findings of FHIR resources. */
export const scoreFhir: PgxScorer = (item, { rules }) => {
  const { resource } = item['input'] as { readonly resource: unknown };
  const expected = expectedFindings(item);
  const findings = readFhir(rules, [resource]).map((read) => read.finding);
  return { expected, ...compare(expected, interpret(rules, findings, 'words')) };
};
