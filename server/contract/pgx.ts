import { z } from 'zod';
import { citation, id, isoDate, isoInstant, list, noteCitation } from './common.ts';

export const genotypeSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vcf'), file: z.string(), sample: z.string() }),
  z.object({ kind: z.literal('report'), file: z.string() }),
  z.object({ kind: z.literal('fhir'), resource: z.string() }),
  z.object({ kind: z.literal('note'), evidence: noteCitation, date: isoDate }),
  z.object({ kind: z.literal('given') }),
]);

export const pgxWarning = z.object({
  code: z.string(),
  message: z.string(),
  positions: list(
    z.object({ chrom: z.string(), pos: z.number(), rsid: z.string().optional(), base: z.string().optional() }),
  ).optional(),
});

export const clinicalPhenotype = z.object({
  phenotype: z.string(),
  activityScore: z.string().nullable(),
  perpetrators: list(
    z.object({
      drug: z.string(),
      effect: z.enum(['inhibitor', 'inducer']),
      strength: z.enum(['strong', 'moderate', 'weak', 'not graded']),
      verified: z.boolean(),
      source: z.string(),
      evidence: noteCitation.optional(),
    }),
  ),
  whatIf: list(z.string()),
});

export const geneResult = z.object({
  gene: z.string(),
  diplotypes: list(list(z.string())),
  components: list(z.string()),
  phenotype: list(z.string()),
  activityScore: list(z.string()),
  lookupKeys: list(z.string()),
  clinicalPhenotype: clinicalPhenotype.nullable(),
  callable: z.boolean(),
  extraVariants: list(z.object({ rsid: z.string(), alleles: list(z.string()).nullable() })).optional(),
  warnings: list(pgxWarning),
  source: genotypeSource,
});

export const drugRecommendation = z.object({
  drug: z.string(),
  source: z.enum(['CPIC', 'DPWG', 'FDA']),
  guideline: z.string(),
  release: z.string(),
  rowId: z.string().nullable(),
  url: z.string(),
  genes: list(z.object({ gene: z.string(), key: z.string() })),
  classification: z.string().nullable(),
  implications: list(z.object({ gene: z.string(), text: z.string() })),
  text: z.string(),
  population: z.string().nullable(),
  flags: z.object({ changeDose: z.boolean(), alternativeDrug: z.boolean(), otherGuidance: z.boolean() }),
  missing: list(z.string()),
  warnings: list(pgxWarning),
});

export const therapyAdvice = z.object({
  drug: z.string(),
  action: z.enum(['critical', 'warning', 'none', 'not-assessed']),
  summary: z.string(),
  current: z.boolean(),
  recommendations: list(drugRecommendation),
  chartItems: list(
    z.object({
      kind: z.enum(['allergy', 'intolerance', 'stopped', 'current']),
      text: z.string(),
      contrary: z.boolean(),
      evidence: noteCitation,
    }),
  ),
  notChecked: list(z.string()),
  citations: list(citation),
});

export const pgxResponse = z.object({
  genes: list(geneResult),
  conflicts: list(
    z.object({ gene: z.string(), results: list(z.object({ text: z.string(), source: genotypeSource })) }),
  ),
  advice: list(therapyAdvice),
  warfarin: list(
    z.object({
      algorithm: z.string(),
      weeklyMg: z.number(),
      dailyMg: z.number(),
      missing: list(z.string()),
    }),
  ),
  releases: list(z.string()),
});

/** FHIR R4 Bundle by the Genomics Reporting guide. */
export const fhirBundle = z.looseObject({ resourceType: z.literal('Bundle'), type: z.literal('collection') });

export const pgxQuery = z.object({ asOf: isoDate.optional(), format: z.enum(['json', 'fhir']).optional() });

const number = z.coerce.number().positive().max(1000).optional();

/** Drugs are separated by commas; the further members are inputs of the warfarin algorithms that the chart may lack. */
export const pgxRecommendationsQuery = z.object({
  drug: z.string().min(1).max(500),
  asOf: isoDate.optional(),
  indication: z.string().max(200).optional(),
  targetInr: number,
  heightCm: number,
  weightKg: number,
});

export const uploadGenotypesQuery = z.object({
  name: z.string().max(200).optional(),
  sample: z.string().max(200).optional(),
});

/** JSON body of an upload; a VCF may also come as the body itself (text/plain, application/gzip). */
export const uploadGenotypesRequest = z.object({
  vcf: z.string().optional(),
  sample: z.string().optional(),
  report: z.string().optional(),
  fhir: z.union([z.array(z.unknown()), z.looseObject({ resourceType: z.string() })]).optional(),
  name: z.string().max(200).optional(),
});
export const uploadGenotypesResponse = z.object({
  id,
  kind: z.enum(['vcf', 'report', 'fhir']),
  genes: list(geneResult),
  uploaded: isoInstant,
});

export type GeneResultView = z.infer<typeof geneResult>;
export type TherapyAdviceView = z.infer<typeof therapyAdvice>;
export type DrugRecommendationView = z.infer<typeof drugRecommendation>;
export type PgxResponse = z.infer<typeof pgxResponse>;
export type UploadGenotypesResponse = z.infer<typeof uploadGenotypesResponse>;
