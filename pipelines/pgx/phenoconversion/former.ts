import type { IsoDate } from '../../domain/ids.ts';
import type { FormerPhenotype, GeneResult } from '../../domain/pgx.ts';
import type { PgxRules } from '../rules.ts';
import { convert } from './index.ts';
import type { CurrentDrug } from './index.ts';

/** A drug that was taken and stopped. */
export interface FormerDrug extends CurrentDrug {
  readonly until: IsoDate;
}

/**
 * What stopped drugs made of a phenotype while they were taken: it explains what happened then and holds no longer.
 *
 * @returns An empty object where none of them changed it.
 */
export function formerPhenotype(
  rules: PgxRules,
  result: GeneResult,
  former: readonly FormerDrug[],
): Pick<GeneResult, 'formerPhenotype'> {
  const effective = former.filter((drug) => {
    const alone = convert(rules, result, [drug]);
    return alone !== null && alone.phenotype !== result.phenotype.join(' or ');
  });
  const together = effective.length === 0 ? null : convert(rules, result, effective);
  if (together === null) return {};
  const until = effective.reduce((last, drug) => (drug.until > last ? drug.until : last), effective[0]!.until);
  return { formerPhenotype: { ...together, until } satisfies FormerPhenotype };
}
