import { readVcfText } from '#pipelines/engines/vcf/index.ts';
import type { GeneMatch, PositionsOfInterest } from '#pipelines/pgx/matcher/index.ts';
import { matchGenes, positionsOfInterest } from '#pipelines/pgx/matcher/index.ts';
import { phenotypeOfAlleles } from '#pipelines/pgx/phenotyper/index.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import type { CompactGenotype } from '../../datasets/pgx-cases.ts';
import { expandGenotype } from '../../datasets/pgx-cases.ts';
import type { PgxScorer } from './scorer.ts';
import { pairSet, sameJson } from './scorer.ts';

interface ExpectedLookup {
  readonly alleles: readonly string[];
  readonly activityScore: string | null;
  readonly phenotypes: readonly string[];
  readonly lookupKeys?: readonly string[];
  readonly inferred?: boolean;
}

interface ExpectedCall {
  readonly called: boolean;
  readonly diplotypes: readonly (readonly string[])[];
  readonly lookup: readonly ExpectedLookup[];
  readonly componentHaplotypes?: readonly string[];
  readonly homozygousComponents?: readonly string[];
}

/** a2, a3, a4: one gene from a compact genotype; diplotypes, variants found, lookup pairs, phenotypes, scores and keys. */
export const scoreGenotype: PgxScorer = (item, { rules }) => {
  const input = item['input'] as CompactGenotype;
  const expected = fromExpected(item['expect'] as ExpectedCall);
  const sample = readVcfText(expandGenotype(input, rules), wantedOf(rules));
  const match = matchGenes(sample, rules).find(({ gene }) => gene === input.gene);
  const got = match === undefined ? null : fromMatch(match, rules);
  return { agrees: sameJson(got, expected), expected, got };
};

const wanted = new WeakMap<PgxRules, PositionsOfInterest>();

/** Positions of interest, worked out once a release. */
export function wantedOf(rules: PgxRules): PositionsOfInterest {
  const known = wanted.get(rules) ?? positionsOfInterest(rules);
  wanted.set(rules, known);
  return known;
}

interface ComparableCall {
  readonly called: boolean;
  readonly diplotypes: readonly string[];
  readonly components: readonly string[];
  readonly homozygous: readonly string[];
  readonly lookup: readonly unknown[];
}

/** For lists of variants the reference caller repeats the list as single "diplotypes"; the list itself is compared. */
function fromExpected(expect: ExpectedCall): ComparableCall {
  const components = [...new Set(expect.componentHaplotypes ?? [])].sort();
  return {
    called: expect.called,
    diplotypes: components.length > 0 ? [] : pairSet(expect.diplotypes),
    components,
    homozygous: [...(expect.homozygousComponents ?? [])].sort(),
    lookup: inOrder(
      expect.lookup.map((entry) => lookupEntry(entry.alleles, { lookupKeys: [], ...entry }, entry.inferred)),
    ),
  };
}

function fromMatch(match: GeneMatch, rules: PgxRules): ComparableCall {
  const { components } = match;
  return {
    called: match.called,
    diplotypes: pairSet(match.diplotypes),
    components: [...new Set(components)].sort(),
    homozygous: components.filter((name, i) => components.indexOf(name) !== i).sort(),
    lookup: inOrder(
      match.lookup.map((pair) => lookupEntry(pair, phenotypeOfAlleles(rules, match.gene, pair), match.inferred)),
    ),
  };
}

function lookupEntry(
  alleles: readonly string[],
  result: {
    readonly activityScore: string | null;
    readonly phenotypes: readonly string[];
    readonly lookupKeys: readonly string[];
  },
  inferred: boolean | undefined,
): unknown {
  return {
    alleles: [...alleles].sort(),
    activityScore: result.activityScore,
    phenotypes: result.phenotypes,
    lookupKeys: result.lookupKeys,
    inferred: inferred ?? false,
  };
}

function inOrder(entries: readonly unknown[]): readonly unknown[] {
  return [...entries].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
