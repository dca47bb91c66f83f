import { lowestFunctionPair, phenotypeOfAlleles } from '#pipelines/pgx/phenotyper/index.ts';
import { nameAllele, normalisePhenotypeText, readOutsideCalls } from '#pipelines/pgx/reported/index.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import { scoreNote } from './findings.ts';
import type { PgxOutcome, PgxScorer } from './scorer.ts';
import { sameJson } from './scorer.ts';

type Fields = Readonly<Record<string, string>>;

/** a6: phenotype words, copy numbers, lowest function, single lines of calls, and short notes. */
export const scoreA6: PgxScorer = (item, context) => {
  const input = item['input'] as Fields;
  const expect = item['expect'] as Readonly<Record<string, unknown>>;
  const unit = UNITS[item['kind'] as string];
  if (item['kind'] === 'note') return scoreNote(item, context);
  if (unit === undefined) return { agrees: false, expected: expect, got: null, reason: 'unknown kind' };
  return outcome(expect, unit(context.rules, input));
};

/** Compares the members that the case names. */
function outcome(expect: Readonly<Record<string, unknown>>, all: Readonly<Record<string, unknown>>): PgxOutcome {
  const got = Object.fromEntries(Object.keys(expect).map((name) => [name, all[name] ?? null]));
  return { agrees: sameJson(expect, got), expected: expect, got };
}

const UNITS: Readonly<Record<string, (rules: PgxRules, input: Fields) => Readonly<Record<string, unknown>>>> = {
  'phenotype-text': (_, input) => ({ normalised: normalisePhenotypeText(input['text'] ?? '') }),
  'cyp2d6-copy-number': (rules, input) => {
    const names = (input['diplotype'] ?? '')
      .split('/')
      .map((allele) => nameAllele(rules, input['gene'] ?? '', allele).lookup);
    return { lookupDiplotype: names.join('/') };
  },
  'dpyd-lowest-function': lowestFunction,
  'outside-line': outsideLine,
};

/** Named alleles as the second stage takes them, `[a + b]` for a strand with two. */
function lowestFunction(rules: PgxRules, input: Fields): Readonly<Record<string, unknown>> {
  const gene = rules.genes.get(input['gene'] ?? '');
  if (gene === undefined) return {};
  const strands = (input['diplotype'] ?? '').split('/').map((strand) => strand.replace(/^\[|\]$/g, '').split(' + '));
  const lookupAlleles = lowestFunctionPair(gene, strands);
  const result = phenotypeOfAlleles(rules, gene.gene, lookupAlleles);
  return {
    lookupAlleles,
    functions: lookupAlleles.map((allele) => gene.alleles.get(allele)?.function ?? null),
    phenotypes: result.phenotypes,
    activityScore: result.activityScore,
    lookupKeys: result.lookupKeys,
  };
}

function outsideLine(rules: PgxRules, input: Fields): Readonly<Record<string, unknown>> {
  const [finding] = readOutsideCalls(rules, input['line'] ?? '');
  if (finding === undefined) return {};
  return {
    gene: finding.gene,
    diplotype: finding.alleles?.join('/') ?? null,
    phenotype: finding.phenotypes.join(' or ') || null,
    activityScore: finding.activityScore,
  };
}
