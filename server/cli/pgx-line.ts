import { ClinicalError } from '#pipelines/errors.ts';
import type { DrugRecommendation, GeneResult } from '#pipelines/domain/pgx.ts';
import type { Terminology } from '#pipelines/contracts/terminology.ts';
import { readVcf } from '#pipelines/engines/vcf/index.ts';
import { positionsOfInterest } from '#pipelines/pgx/matcher/index.ts';
import { convert } from '#pipelines/pgx/phenoconversion/index.ts';
import type { CurrentDrug } from '#pipelines/pgx/phenoconversion/index.ts';
import { actionOf, gravest, guidedDrugs, recommend } from '#pipelines/pgx/recommender/index.ts';
import type { CallInput } from '#pipelines/pgx/sources/index.ts';
import {
  mergeSources,
  resultsOfCalls,
  resultsOfFhir,
  resultsOfNote,
  resultsOfReport,
} from '#pipelines/pgx/sources/index.ts';
import { geneResultsOfVcf } from '#pipelines/pgx/vcf-results.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import { adviseWarfarin } from '#pipelines/pgx/warfarin/index.ts';
import { askedDrug } from '#pipelines/pgx/therapy/drugs.ts';
import type { AskedDrug } from '#pipelines/pgx/therapy/drugs.ts';
import type { PgxLine } from './pgx-input.ts';

export interface PgxEngines {
  readonly rules: PgxRules;
  /** Loaded when a drug's name is not among those of the rules. */
  readonly terminology: () => Pick<Terminology, 'medication'>;
}

interface LineError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Works out one line; an input that cannot be read is told in `errors` and the others are used. */
export async function answerLine(line: PgxLine, engines: PgxEngines): Promise<unknown> {
  const { rules } = engines;
  const errors: LineError[] = [];
  const reported = [
    ...tried(errors, () => resultsOfCalls(rules, line.calls)),
    ...tried(errors, () => (line.report === null ? [] : resultsOfReport(rules, line.report, 'report'))),
    ...tried(errors, () => (line.fhir.length === 0 ? [] : resultsOfFhir(rules, line.fhir))),
    ...tried(errors, () => (line.note === null ? [] : resultsOfNote(rules, line.note))),
  ];
  const vcf = line.vcf === null ? [] : await readVcfResults(line.vcf, line.sample, rules, errors);
  const current = line.medications?.map((name) => currentDrug(name, engines)) ?? [];
  const results = mergeSources(reported, vcf).map((result) => ({
    ...result,
    clinicalPhenotype: convert(rules, result, current),
  }));
  const asked = line.drugs?.map((name) => ground(name, engines)) ?? null;
  const guidance = (asked ?? guidedDrugs(rules).map((name) => askedDrug(name, null))).map((drug) =>
    guidanceFor(drug, results, line, current, rules),
  );
  const warfarin = warfarinOf(line, results, rules, asked);
  return {
    id: line.id,
    genes: results.map(geneOut),
    recommendations: [
      ...(warfarin === null ? [] : [warfarin.recommendation]),
      ...guidance.flatMap((one) => one.recommendations),
    ].map(recommendationOut),
    ...(asked === null ? {} : { drugs: guidance.map(({ drug, action, notTested }) => ({ drug, action, notTested })) }),
    ...(warfarin === null ? {} : { warfarin: dosesOut(warfarin.doses) }),
    errors,
  };
}

function tried(errors: LineError[], read: () => readonly GeneResult[]): readonly GeneResult[] {
  try {
    return read();
  } catch (error) {
    errors.push(lineError(error));
    return [];
  }
}

async function readVcfResults(
  vcf: string,
  sample: string | null,
  rules: PgxRules,
  errors: LineError[],
): Promise<readonly GeneResult[]> {
  try {
    const isText = vcf.includes('\n') || vcf.startsWith('##');
    const source = isText ? { text: vcf } : { path: vcf };
    const read = await readVcf(source, positionsOfInterest(rules), sample === null ? {} : { sample });
    return geneResultsOfVcf(read, rules, isText ? 'vcf' : vcf);
  } catch (error) {
    errors.push(lineError(error));
    return [];
  }
}

function lineError(error: unknown): LineError {
  if (error instanceof ClinicalError) return { code: error.code, message: error.message, remedy: error.remedy };
  if (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'EISDIR')
  ) {
    return {
      code: 'VCF_NOT_VCF',
      message: 'The file is not a VCF: it cannot be opened.',
      remedy: 'Send a VCF 4.x file, plain or gzip.',
    };
  }
  throw error;
}

/** Names of the rules are taken as they are; others are grounded, brands and abbreviations among them. */
function ground(name: string, { rules, terminology }: PgxEngines): AskedDrug {
  const lower = name.trim().toLowerCase();
  const known =
    rules.drugs.has(lower) ||
    rules.perpetrators.some(({ drug }) => drug === lower) ||
    guidedDrugs(rules).includes(lower);
  return askedDrug(name, known ? null : terminology());
}

function currentDrug(name: string, engines: PgxEngines): CurrentDrug {
  const { generics } = ground(name, engines);
  return { name: generics[0] ?? name, ingredients: generics };
}

interface Guidance {
  readonly drug: string;
  readonly action: string;
  readonly notTested: readonly string[];
  readonly recommendations: readonly DrugRecommendation[];
}

function guidanceFor(
  drug: AskedDrug,
  results: readonly GeneResult[],
  line: PgxLine,
  current: readonly CurrentDrug[],
  rules: PgxRules,
): Guidance {
  const found = drug.generics.map((generic) =>
    recommend(rules, { drug: generic, results, patient: line.patient.guideline, current }),
  );
  const recommendations = found.flatMap((one) => one.recommendations);
  const genes = found.flatMap((one) => one.genes);
  const action =
    recommendations.length > 0 ? gravest(recommendations.map(actionOf)) : genes.length > 0 ? 'not-assessed' : 'none';
  return { drug: drug.name, action, notTested: [...new Set(found.flatMap((one) => one.notTested))], recommendations };
}

/** Doses where warfarin is asked for, or where the inputs of the algorithms are given and no drug is named. */
function warfarinOf(
  line: PgxLine,
  results: readonly GeneResult[],
  rules: PgxRules,
  asked: readonly AskedDrug[] | null,
): ReturnType<typeof adviseWarfarin> | null {
  const isAsked = asked?.some((drug) => drug.generics.includes('warfarin')) ?? line.patient.hasDoseInputs;
  return isAsked ? adviseWarfarin(rules, results, line.patient.warfarin) : null;
}

function dosesOut(doses: ReturnType<typeof adviseWarfarin>['doses']): unknown {
  return Object.fromEntries(
    doses.map(({ algorithm, weeklyMg, dailyMg, missing }) => [algorithm, { weeklyMg, dailyMg, missing }]),
  );
}

function geneOut(result: GeneResult): unknown {
  const {
    gene,
    diplotypes,
    components,
    phenotype,
    activityScore,
    lookupKeys,
    clinicalPhenotype,
    callable,
    warnings,
    source,
  } = result;
  return {
    gene,
    diplotypes,
    components,
    phenotype,
    activityScore,
    lookupKeys,
    clinicalPhenotype,
    callable,
    warnings,
    source,
  };
}

/** Row ids go out as their source writes them: CPIC's are numbers. */
function recommendationOut(recommendation: DrugRecommendation): unknown {
  const { rowId, ...rest } = recommendation;
  const id = rowId !== null && /^\d+$/.test(rowId) ? Number(rowId) : rowId;
  return { ...rest, rowId: id, action: actionOf(recommendation) };
}

export type { CallInput };
