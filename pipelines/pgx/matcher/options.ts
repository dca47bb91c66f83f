/** Ways of calling other than the clinical default; used to compare with research modes of other callers. */
export interface MatcherOptions {
  /** Every pair that fits, not only the best. */
  readonly allMatches?: boolean;
  /** Combinations of alleles on one strand, and variants that no allele explains, where no named pair fits. */
  readonly combinations?: boolean;
  /** Calls CYP2D6 from short variants although they do not show its deletions, copies and hybrids. */
  readonly cyp2d6?: boolean;
}
