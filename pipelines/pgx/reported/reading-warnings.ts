import type { PgxWarning } from '../../domain/pgx.ts';
import type { AlleleStatus } from './types.ts';

/** An allele that the release does not know. */
export function unknownAllele(gene: string, name: string, release: string): PgxWarning {
  return {
    code: 'ALLELE_UNKNOWN',
    message: `${gene} ${name} is not an allele of release ${release}; its effect is not known here.`,
  };
}

/** Only some variants were looked for. */
export function onlyTested(gene: string, statuses: readonly AlleleStatus[]): PgxWarning {
  return {
    code: 'PARTIAL_RESULT',
    message: `Of ${gene} only ${statuses.map(({ allele, status }) => `${allele} ${status}`).join(', ')} is stated; other alleles are not known.`,
  };
}

/** One allele is named, without the other. */
export function copiesUnknown(gene: string): PgxWarning {
  return {
    code: 'PARTIAL_RESULT',
    message: `The report does not say how many copies of the ${gene} allele there are, or what the other one is.`,
  };
}

/** Two variants that may lie on one chromosome. */
export function phaseUnknown(gene: string): PgxWarning {
  return {
    code: 'PHASE_UNKNOWN',
    message: `Whether the ${gene} variants lie on one chromosome is not stated; they are read as lying on both.`,
  };
}

/** Alleles that were taken from a variant, or from nothing having been found. */
export function inferred(gene: string, names: readonly string[]): PgxWarning {
  return {
    code: 'INFERRED_FROM_VARIANT',
    message: `${gene} is read from ${names.join(', ')} alone; where nothing else was reported, the reference is taken.`,
  };
}
