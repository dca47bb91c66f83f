import type { Release } from '../domain/ids.ts';

/**
 * The pharmacogenomic rule data of one release, as the three stages use it. Pure data: `engines/pgx-rules` reads it from
 * `rules/pgx/<release>`, tests may write it by hand.
 */
export interface PgxRules {
  /** `pgx/2025-11`. Definitions and guidance always move together. */
  readonly release: Release;
  readonly genes: ReadonlyMap<string, GeneRules>;
  /** HLA alleles whose presence is asked about, each giving a key such as `*57:01 positive`. */
  readonly alleleStatus: ReadonlyMap<string, readonly string[]>;
  readonly cpic: readonly CpicRecommendation[];
  readonly cpicGuidelines: ReadonlyMap<number, CpicGuideline>;
  readonly cpicPairs: readonly CpicPair[];
  readonly dpwg: readonly DpwgRule[];
  readonly fda: FdaTable;
  /** By lower-case generic name. */
  readonly drugs: ReadonlyMap<string, PgxDrug>;
  readonly perpetrators: readonly PerpetratorRule[];
  readonly warfarin: ReadonlyMap<string, DoseAlgorithm>;
  /** The releases of each source, for display: `cpic` -> `CPIC API 2026-08-14`. */
  readonly sources: Readonly<Record<string, Release>>;
}

/** How a gene's diplotype becomes a phenotype. */
export type PhenotypeRule =
  /** Functions of the two alleles decide; one function alone for a haploid or hemizygous call. */
  | { readonly kind: 'functions' }
  /** As `functions`, and the activity values are summed to the score that guidelines look up. */
  | { readonly kind: 'functions-and-score' }
  /** The summed score alone decides; the first step that holds wins, and an unknown value is Indeterminate. */
  | { readonly kind: 'score'; readonly steps: readonly ScoreStep[] }
  /** The gene has no phenotype in this release. */
  | { readonly kind: 'none' };

export interface ScoreStep {
  /** Upper bound; Infinity in the last step. */
  readonly below: number;
  /** Whether a score equal to the bound still belongs to this step. */
  readonly inclusive: boolean;
  readonly phenotype: string;
}

export interface GeneRules {
  readonly gene: string;
  /** `chr10`; null for genes that have no positions here (MT-RNR1). */
  readonly chrom: string | null;
  /** False for CYP2D6, MT-RNR1 and HLA: an ordinary VCF of short variants does not show them. */
  readonly callableFromVcf: boolean;
  /** In order of position. */
  readonly positions: readonly DefinitionPosition[];
  /** Name of the allele that stands for the reference sequence; null where no position is defined. */
  readonly reference: string | null;
  readonly alleles: ReadonlyMap<string, AlleleRules>;
  /** Sub-alleles that are reported under another name: `*45.001` -> `*45`. */
  readonly reportAs: ReadonlyMap<string, string>;
  readonly phenotypeRule: PhenotypeRule;
  /** Key: the two functions sorted and joined by `|`, or one function alone. See `functionKey`. */
  readonly phenotypes: ReadonlyMap<string, string>;
  readonly calling: CallingRules;
}

/** Positions without which a gene is not called, and ties that are settled, as the reference caller has them. */
export interface CallingRules {
  readonly requiredPositions: readonly number[];
  /** Read for guidance but part of no allele (rs12777823 near CYP2C9). */
  readonly extraPositions: readonly DefinitionPosition[];
  /** Unphased ties of diplotypes, `*1/*6`, of which one is reported. */
  readonly tiePicks: readonly { readonly tie: readonly string[]; readonly pick: string }[];
  /** Reads a base that no allele defines as the reference base, with a warning. */
  readonly undocumentedAsReference: boolean;
  /** DPYD and RYR1: unphased samples list the variants found, and the worst decide. */
  readonly lowestFunction: boolean;
  /** Chromosome X or the mitochondrion: one allele is enough. */
  readonly haploid: boolean;
}

export interface DefinitionPosition {
  readonly pos: number;
  readonly ref: string;
  readonly alts: readonly string[];
  readonly rsid: string | null;
}

export interface AlleleRules {
  readonly name: string;
  /** [index in `positions`, base or IUPAC code]; null where the allele has a function but no definition by position. */
  readonly variants: readonly (readonly [number, string])[] | null;
  /** `Normal function`; null where none is assigned. */
  readonly function: string | null;
  /** `0.5`, `n/a`, `≥3.0`; null for genes without activity values. */
  readonly activityValue: string | null;
}

export interface GuidanceFlags {
  readonly changeDose: boolean;
  readonly alternativeDrug: boolean;
  readonly otherGuidance: boolean;
}

/** One row of the CPIC recommendation table. */
export interface CpicRecommendation {
  readonly id: number;
  readonly guidelineId: number;
  /** Lower-case generic name, key of `drugs`. */
  readonly drug: string;
  /** Gene -> key: a phenotype, an activity score or an allele status. All must hold. */
  readonly lookupKey: Readonly<Record<string, string>>;
  readonly population: string;
  readonly classification: string;
  readonly text: string;
  readonly implications: Readonly<Record<string, string>>;
  readonly phenotypes: Readonly<Record<string, string>>;
  readonly activityScore: Readonly<Record<string, string>>;
  readonly alleleStatus: Readonly<Record<string, string>>;
  readonly comments: string | null;
  readonly flags: GuidanceFlags;
}

export interface CpicGuideline {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly genes: readonly string[];
}

export interface CpicPair {
  readonly drug: string;
  readonly gene: string;
  /** A, B, C or D. */
  readonly level: string;
  readonly usedForRecommendation: boolean;
  readonly guideline: { readonly name: string; readonly url: string } | null;
}

/** What the Dutch working group says of a drug and a key: flags only, no wording. */
export interface DpwgRule {
  /** Annotation row, `PA166299084`. */
  readonly id: string;
  readonly guidelineId: string;
  readonly url: string;
  readonly drugs: readonly string[];
  /** Gene -> a phenotype, a score or an allele status; or the alleles of a diplotype with their number. */
  readonly lookupKey: Readonly<Record<string, string | Readonly<Record<string, number>>>>;
  readonly population: string | null;
  /** `N/A` or `No recommendation`; null where absent. */
  readonly classification: string | null;
  readonly flags: GuidanceFlags;
  /** Whether the source states a recommendation text for the row. */
  readonly hasText: boolean;
}

export interface FdaTable {
  readonly url: string;
  /** Calendar day on which the table was read. */
  readonly retrieved: string;
  readonly rows: readonly FdaAssociation[];
}

/** One row of the FDA Table of Pharmacogenetic Associations, verbatim. */
export interface FdaAssociation {
  readonly gene: string;
  readonly drug: string;
  /** 1 supports management, 2 potential impact on safety or response, 3 on pharmacokinetics only. */
  readonly section: 1 | 2 | 3;
  readonly affectedSubgroups: string;
  readonly description: string;
}

export interface PgxDrug {
  /** Lower-case generic name as CPIC has it. */
  readonly name: string;
  /** `RxNorm:32968`. */
  readonly drugId: string | null;
  readonly rxnorm: string | null;
  readonly atc: readonly string[];
  readonly flowchart: string | null;
}

export interface PerpetratorRule {
  readonly enzyme: string;
  readonly drug: string;
  readonly effect: 'inhibitor' | 'inducer';
  /** `unspecified` where the source names the drug without a strength; it then changes no phenotype. */
  readonly strength: 'strong' | 'moderate' | 'weak' | 'unspecified';
  readonly verified: boolean;
  /** Strengths that sources give, where they disagree: `moderate|strong`. */
  readonly conflict: string | null;
  readonly source: string;
  readonly note: string | null;
}

export interface DoseAlgorithm {
  readonly form: string;
  readonly terms: Readonly<Record<string, number>>;
  readonly source: string;
  readonly notes: readonly string[];
}

/** Key of `GeneRules.phenotypes`: one or two allele functions in sorted order. */
export function functionKey(functions: readonly string[]): string {
  return [...functions].sort().join('|');
}
