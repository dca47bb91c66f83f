import { phenotypeOfAlleles } from '#pipelines/pgx/phenotyper/index.ts';
import type { PgxScorer } from './scorer.ts';
import { sameJson } from './scorer.ts';

/** b: activity score, phenotype and lookup key of a diplotype. */
export const scoreB: PgxScorer = (item, { rules }) => {
  const cell = (name: string): string => {
    const value = item[name];
    return typeof value === 'string' ? value : '';
  };
  const alleles = [cell('allele1'), cell('allele2')].filter((allele) => allele !== '');
  const result = phenotypeOfAlleles(rules, cell('gene'), alleles);
  const expected = { activityScore: cell('activityScore'), phenotype: cell('phenotype'), lookupKey: cell('lookupKey') };
  const got = {
    activityScore: result.activityScore ?? '',
    phenotype: result.phenotypes.join('; '),
    lookupKey: result.lookupKeys.join('; '),
  };
  return { agrees: sameJson(got, expected), expected, got };
};
