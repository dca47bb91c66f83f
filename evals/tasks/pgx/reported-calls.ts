import type { ReportedFinding } from '#pipelines/pgx/reported/index.ts';
import { interpretFinding, readOutsideCalls } from '#pipelines/pgx/reported/index.ts';
import type { PgxScorer } from './scorer.ts';
import { sameJson } from './scorer.ts';

interface Lookup {
  readonly alleles: readonly string[];
  readonly activityScore: string | null;
  readonly phenotypes: readonly string[];
  readonly lookupKeys?: readonly string[];
}

interface Expected {
  readonly gene: string;
  readonly source: readonly (readonly string[])[];
  readonly lookup: readonly Lookup[];
}

/** Blanks around `+` are spelling; the order inside a pair is not significant. */
const fold = (alleles: readonly string[]): readonly string[] =>
  alleles.map((allele) => allele.replace(/\s*\+\s*/g, '+')).sort();

/**
 * a4b and a5: lines of reported calls. Compared are the alleles that were looked up, score, phenotype and keys, with what
 * the reference reader gives, or with `better` where it gives up on a notation.
 */
export const scoreReportedCall: PgxScorer = (item, { rules }) => {
  const { outsideCalls } = item['input'] as { readonly outsideCalls: readonly string[] };
  const expect = item['expect'] as Expected;
  const better = item['better'] as (Partial<Lookup> & { readonly normalised?: string }) | undefined;
  const findings = outsideCalls.flatMap((text) => readOutsideCalls(rules, text));
  const got = findings.map((finding) => {
    const result = interpretFinding(rules, finding, 'words', { kind: 'given' });
    return {
      gene: result.gene,
      alleles: fold(finding.lookupAlleles ?? []),
      activityScore: result.activityScore[0] ?? null,
      phenotypes: [...result.phenotype].sort(),
      lookupKeys: [...result.lookupKeys].sort(),
    };
  });
  const expected =
    better === undefined ? ofReference(expect, findings) : got.map((one) => ofBetter(expect.gene, better, one));
  return { agrees: got.length > 0 && sameJson(expected, got), expected, got };
};

function ofReference(expect: Expected, findings: readonly ReportedFinding[]): readonly unknown[] {
  return expect.lookup.map((lookup, i) => ({
    gene: expect.gene,
    // Where the reference does not know a name it keeps it as written; ours may have brought a part of it into order.
    alleles: lookup.phenotypes.includes('No Result') ? fold(findings[i]?.lookupAlleles ?? []) : fold(lookup.alleles),
    activityScore: lookup.activityScore,
    phenotypes: [...lookup.phenotypes].sort(),
    lookupKeys: [...(lookup.lookupKeys ?? [])].sort(),
  }));
}

/** `better` states only what it is about; the rest is taken as it came out. */
function ofBetter(gene: string, better: Partial<Lookup> & { readonly normalised?: string }, got: object): object {
  const { alleles, normalised, activityScore, phenotypes } = better;
  const names = alleles ?? normalised?.split('/');
  return {
    ...got,
    gene,
    ...(names === undefined ? {} : { alleles: fold(names) }),
    ...(activityScore === undefined ? {} : { activityScore }),
    ...(phenotypes === undefined ? {} : { phenotypes: [...phenotypes].sort() }),
  };
}
