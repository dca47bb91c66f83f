import type { Citation, NoteCitation, RuleCitation } from './evidence.ts';
import type { IsoDate, Release } from './ids.ts';

/** Where a gene's result came from. */
export type GenotypeSource =
  | { readonly kind: 'vcf'; readonly file: string; readonly sample: string }
  | { readonly kind: 'report'; readonly file: string }
  | { readonly kind: 'fhir'; readonly resource: string }
  | { readonly kind: 'note'; readonly evidence: NoteCitation; readonly date: IsoDate }
  | { readonly kind: 'given' };

export interface PgxWarning {
  readonly code: string;
  readonly message: string;
  readonly positions?: readonly {
    readonly chrom: string;
    readonly pos: number;
    readonly rsid?: string;
    readonly base?: string;
  }[];
}

/** A drug taken now that changes an enzyme's activity. */
export interface Perpetrator {
  readonly drug: string;
  readonly effect: 'inhibitor' | 'inducer';
  /** `not graded` where the source names the drug without a strength: it is told and changes nothing. */
  readonly strength: 'strong' | 'moderate' | 'weak' | 'not graded';
  /** False where the source was not verified; it is then marked so wherever it is shown. */
  readonly verified: boolean;
  readonly source: string;
  /** The words of the chart that show that it is taken; absent for drugs given on the command line. */
  readonly evidence?: NoteCitation;
}

/** A phenotype after the drugs taken now are taken into account. */
export interface ClinicalPhenotype {
  readonly phenotype: string;
  readonly activityScore: string | null;
  readonly perpetrators: readonly Perpetrator[];
  /** "without paroxetine: returns to normal after washout"; never an order to stop. */
  readonly whatIf: readonly string[];
}

/** A clinical phenotype of the past. */
export interface FormerPhenotype extends ClinicalPhenotype {
  /** Day of the last stop among its perpetrators. */
  readonly until: IsoDate;
}

/** One gene's result. Lists hold one item, or several where calls tie. */
export interface GeneResult {
  readonly gene: string;
  /** Pairs as called or reported; one allele for a haploid or hemizygous call. */
  readonly diplotypes: readonly (readonly string[])[];
  /** Variants found where the gene is called by lowest function (DPYD, RYR1). */
  readonly components: readonly string[];
  readonly phenotype: readonly string[];
  readonly activityScore: readonly string[];
  readonly lookupKeys: readonly string[];
  readonly clinicalPhenotype: ClinicalPhenotype | null;
  /** What drugs that were stopped since made of the phenotype; absent where none of them changed it. */
  readonly formerPhenotype?: FormerPhenotype;
  readonly callable: boolean;
  /** Variants outside the allele definitions that guidance asks for (rs12777823 for warfarin); alleles null where not read. */
  readonly extraVariants?: readonly { readonly rsid: string; readonly alleles: readonly string[] | null }[];
  readonly warnings: readonly PgxWarning[];
  readonly source: GenotypeSource;
}

export type GuidelineSource = 'CPIC' | 'DPWG' | 'FDA';

export interface DrugRecommendation {
  readonly drug: string;
  readonly source: GuidelineSource;
  readonly guideline: string;
  readonly release: Release;
  readonly rowId: string | null;
  readonly url: string;
  readonly genes: readonly { readonly gene: string; readonly key: string }[];
  /** Strength as the guideline words it; null where it gives none. */
  readonly classification: string | null;
  readonly implications: readonly { readonly gene: string; readonly text: string }[];
  readonly text: string;
  readonly population: string | null;
  readonly flags: { readonly changeDose: boolean; readonly alternativeDrug: boolean; readonly otherGuidance: boolean };
  /** What is not known and what it would change. */
  readonly missing: readonly string[];
  readonly warnings: readonly PgxWarning[];
}

/** How a drug stands against the patient's genes. */
export type TherapyAction = 'critical' | 'warning' | 'none' | 'not-assessed';

export interface TherapyAdvice {
  readonly drug: string;
  readonly action: TherapyAction;
  /** One sentence. */
  readonly summary: string;
  readonly current: boolean;
  readonly recommendations: readonly DrugRecommendation[];
  /** Allergies, intolerances, earlier stops and current use that bear on the drug; a contrary one leads. */
  readonly chartItems: readonly {
    readonly kind: 'allergy' | 'intolerance' | 'stopped' | 'current';
    readonly text: string;
    readonly contrary: boolean;
    /** The item is on another drug of the class. */
    readonly ofClass?: true;
    readonly evidence: NoteCitation;
  }[];
  readonly notChecked: readonly string[];
  /** Genes that guidance for the drug asks about and that no source of the chart reports. */
  readonly notTested?: readonly string[];
  /** Guidelines that ask about those genes: what an answer cites that can only say what was not tested. */
  readonly untestedGuidelines?: readonly RuleCitation[];
  readonly citations: readonly Citation[];
}

export interface WarfarinDose {
  readonly algorithm: string;
  readonly weeklyMg: number;
  readonly dailyMg: number;
  readonly missing: readonly string[];
}

/** Everything that pharmacogenomics has to say about a patient. */
export interface PgxReport {
  readonly genes: readonly GeneResult[];
  /** Two sources that disagree about a gene: neither is used silently. */
  readonly conflicts: readonly {
    readonly gene: string;
    readonly results: readonly { readonly text: string; readonly source: GenotypeSource }[];
  }[];
  readonly advice: readonly TherapyAdvice[];
  readonly warfarin: readonly WarfarinDose[];
  readonly releases: readonly Release[];
}
