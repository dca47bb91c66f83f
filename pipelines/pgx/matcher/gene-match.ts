import type { PgxWarning } from '../../domain/pgx.ts';
import type { DefinitionPosition } from '../rules.ts';

/** What the matcher says of one gene; the record that the phenotyper starts from. */
export interface GeneMatch {
  readonly gene: string;
  /** False for genes that short variants do not show (CYP2D6, HLA, MT-RNR1): nothing at all is said of them. */
  readonly callableFromVcf: boolean;
  /** Whether any diplotype or list of variants was found. */
  readonly called: boolean;
  /** All best pairs, each in a fixed order; one allele where the call is haploid. Several where they tie. */
  readonly diplotypes: readonly (readonly string[])[];
  /** Genes called by lowest function, strands not known: the variants found, a homozygous one twice. */
  readonly components: readonly string[];
  /** The pairs that the phenotype is looked up by. Those of `diplotypes`, but for lowest function and for inferred calls. */
  readonly lookup: readonly (readonly string[])[];
  /** Whether the call was inferred from part of the positions (SLCO1B1 from rs4149056). */
  readonly inferred: boolean;
  readonly effectivelyPhased: boolean;
  /** Definition positions without a usable genotype. Never taken for reference. */
  readonly missingPositions: readonly DefinitionPosition[];
  /** Positions outside the definition that guidance asks for (rs12777823); null alleles where not read. */
  readonly extraPositions: readonly {
    readonly position: DefinitionPosition;
    readonly alleles: readonly string[] | null;
  }[];
  readonly warnings: readonly PgxWarning[];
}

/** What differs between ways of calling; the rest is filled in by `index.ts`. */
export interface Call {
  readonly diplotypes: readonly (readonly string[])[];
  readonly components?: readonly string[];
  readonly lookup?: readonly (readonly string[])[];
  readonly inferred?: boolean;
  readonly warnings?: readonly PgxWarning[];
}

export const NO_CALL: Call = { diplotypes: [] };
