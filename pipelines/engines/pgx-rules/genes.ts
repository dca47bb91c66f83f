import type { AlleleRules, DefinitionPosition, GeneRules, PhenotypeRule } from '../../pgx/rules.ts';
import { functionKey } from '../../pgx/rules.ts';

type PositionRow = readonly [pos: number, ref: string, alts: readonly string[], rsid: string | null];
type AlleleRow = readonly [
  name: string,
  variants: readonly (readonly [number, string])[] | null,
  alleleFunction: string | null,
  activityValue: string | null,
];

interface StoredPhenotypeRule {
  readonly kind: PhenotypeRule['kind'];
  readonly steps?: readonly {
    readonly below: number | null;
    readonly inclusive: boolean;
    readonly phenotype: string;
  }[];
}

interface GeneRow {
  readonly gene: string;
  readonly chrom: string | null;
  readonly callableFromVcf: boolean;
  readonly positions: readonly PositionRow[];
  readonly reference: string | null;
  readonly alleles: readonly AlleleRow[];
  readonly phenotypeRule?: StoredPhenotypeRule;
  readonly phenotypes?: readonly (readonly [functions: readonly string[], phenotype: string])[];
  readonly reportAs?: readonly (readonly [string, string])[];
  readonly requiredPositions?: readonly number[];
  readonly extraPositions?: readonly PositionRow[];
  readonly tiePicks?: readonly (readonly [tie: readonly string[], pick: string])[];
  readonly undocumentedAsReference?: boolean;
  readonly lowestFunction?: boolean;
  readonly haploid?: boolean;
}

/** Shape of `genes.json`. */
export interface GenesFile {
  readonly genes: readonly GeneRow[];
  readonly alleleStatus: readonly (readonly [gene: string, alleles: readonly string[]])[];
}

/** Gives the stored rows their names. */
export function toGenes(file: GenesFile): {
  genes: ReadonlyMap<string, GeneRules>;
  alleleStatus: ReadonlyMap<string, readonly string[]>;
} {
  return { genes: new Map(file.genes.map((row) => [row.gene, toGene(row)])), alleleStatus: new Map(file.alleleStatus) };
}

function toGene(row: GeneRow): GeneRules {
  return {
    gene: row.gene,
    chrom: row.chrom,
    callableFromVcf: row.callableFromVcf,
    positions: row.positions.map(toPosition),
    reference: row.reference,
    alleles: new Map(row.alleles.map((allele) => [allele[0], toAllele(allele)])),
    reportAs: new Map(row.reportAs ?? []),
    phenotypeRule: toPhenotypeRule(row.phenotypeRule),
    phenotypes: new Map((row.phenotypes ?? []).map(([functions, phenotype]) => [functionKey(functions), phenotype])),
    calling: {
      requiredPositions: row.requiredPositions ?? [],
      extraPositions: (row.extraPositions ?? []).map(toPosition),
      tiePicks: (row.tiePicks ?? []).map(([tie, pick]) => ({ tie, pick })),
      undocumentedAsReference: row.undocumentedAsReference ?? false,
      lowestFunction: row.lowestFunction ?? false,
      haploid: row.haploid ?? false,
    },
  };
}

function toPosition([pos, ref, alts, rsid]: PositionRow): DefinitionPosition {
  return { pos, ref, alts, rsid };
}

function toAllele([name, variants, alleleFunction, activityValue]: AlleleRow): AlleleRules {
  return { name, variants, function: alleleFunction, activityValue };
}

function toPhenotypeRule(rule: StoredPhenotypeRule | undefined): PhenotypeRule {
  if (rule === undefined) return { kind: 'none' };
  if (rule.kind !== 'score') return { kind: rule.kind };
  return { kind: 'score', steps: (rule.steps ?? []).map((step) => ({ ...step, below: step.below ?? Infinity })) };
}
