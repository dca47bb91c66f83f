import type { GeneResult, GenotypeSource, PgxWarning } from '../domain/pgx.ts';
import type { GeneMatch, VcfSample } from './matcher/index.ts';
import { matchGenes } from './matcher/index.ts';
import type { GenePhenotype } from './phenotyper/index.ts';
import { phenotypeOfAlleles } from './phenotyper/index.ts';
import type { PgxRules } from './rules.ts';

/**
 * Results of every gene of the release for one sample of a VCF: matcher, then phenotyper.
 *
 * @param file - Name of the file, for the source of each result.
 * @returns Genes that no VCF shows are there too, `callable: false`, with nothing said of them; so are genes that could not be
 *   called, without diplotype.
 */
export function geneResultsOfVcf(sample: VcfSample, rules: PgxRules, file: string): readonly GeneResult[] {
  const source: GenotypeSource = { kind: 'vcf', file, sample: sample.sample };
  return matchGenes(sample, rules).map((match) => resultOfMatch(match, rules, source));
}

/** Joins a matcher's record with what its lookup pairs mean. */
export function resultOfMatch(match: GeneMatch, rules: PgxRules, source: GenotypeSource): GeneResult {
  const meanings = distinct(match.lookup.map((pair) => phenotypeOfAlleles(rules, match.gene, pair)));
  return {
    gene: match.gene,
    diplotypes: match.diplotypes,
    components: match.components,
    phenotype: unique(meanings.flatMap(({ phenotypes }) => phenotypes)),
    activityScore: unique(meanings.flatMap(({ activityScore }) => (activityScore === null ? [] : [activityScore]))),
    lookupKeys: unique(meanings.flatMap(({ lookupKeys }) => lookupKeys)),
    clinicalPhenotype: null,
    callable: match.callableFromVcf,
    ...extraVariants(match),
    warnings: [...match.warnings, ...tieWarning(match, meanings)],
    source,
  };
}

function extraVariants(match: GeneMatch): Pick<GeneResult, 'extraVariants'> {
  if (match.extraPositions.length === 0) return {};
  const variants = match.extraPositions.map(({ position, alleles }) => ({ rsid: position.rsid ?? '', alleles }));
  return { extraVariants: variants };
}

function tieWarning(match: GeneMatch, meanings: readonly GenePhenotype[]): readonly PgxWarning[] {
  if (match.diplotypes.length < 2 || match.lookup.length < 2) return [];
  const same =
    meanings.length === 1 ? 'All have the same phenotype.' : 'They differ in phenotype; each gives its own guidance.';
  const message = `${String(match.diplotypes.length)} diplotypes fit the file equally well. ${same}`;
  return [{ code: 'DIPLOTYPES_TIE', message }];
}

function distinct(meanings: readonly GenePhenotype[]): readonly GenePhenotype[] {
  return [...new Map(meanings.map((meaning) => [JSON.stringify(meaning), meaning])).values()];
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
