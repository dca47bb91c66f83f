import type { Flag } from './entity.ts';

/** What the text says of a mention, in the words of ConText. */
export interface Assertion {
  readonly existence: 'present' | 'absent' | 'possible' | 'hypothetical';
  readonly temporality: 'current' | 'historical';
  readonly experiencer: 'patient' | 'family';
}

/** Folds the five flags into an assertion: hypothetical outranks absent, absent outranks possible. */
export function assertionOf(flags: readonly Flag[]): Assertion {
  const has = (flag: Flag): boolean => flags.includes(flag);
  return {
    existence: has('hyp') ? 'hypothetical' : has('neg') ? 'absent' : has('unc') ? 'possible' : 'present',
    temporality: has('hist') ? 'historical' : 'current',
    experiencer: has('fam') ? 'family' : 'patient',
  };
}
