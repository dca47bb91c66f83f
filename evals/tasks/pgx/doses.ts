import { adjustScore, convert, phenotypeOfAdjusted } from '#pipelines/pgx/phenoconversion/index.ts';
import { phenotypeOfScore } from '#pipelines/pgx/phenotyper/index.ts';
import { keysByGene, matchCpic, recommend } from '#pipelines/pgx/recommender/index.ts';
import { interpretFinding, readCall } from '#pipelines/pgx/reported/index.ts';
import type { PgxRules } from '#pipelines/pgx/rules.ts';
import type { DoseInputs, WarfarinAlgorithm } from '#pipelines/pgx/warfarin/index.ts';
import { computeDose } from '#pipelines/pgx/warfarin/index.ts';
import type { PgxOutcome, PgxScorer } from './scorer.ts';
import { sameJson } from './scorer.ts';

/** d: doses of the published warfarin algorithms, within the tolerance of the case. */
export const scoreD: PgxScorer = (item, { rules }) => {
  const name = item['algorithm'] as WarfarinAlgorithm;
  const expected = item['expect'] as { readonly weeklyMg: number; readonly dailyMg: number };
  const tolerance = item['tolerance'] as number;
  const algorithm = rules.warfarin.get(name);
  if (algorithm === undefined) return { agrees: false, expected, got: null, reason: 'no such algorithm' };
  const got = computeDose(name, algorithm, inputsOf(item['input'] as Readonly<Record<string, unknown>>));
  if ('reason' in got) return { agrees: false, expected, got, reason: got.reason };
  const close = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance;
  const agrees = close(got.weeklyMg, expected.weeklyMg) && close(got.dailyMg, expected.dailyMg);
  return { agrees, expected, got: { weeklyMg: got.weeklyMg, dailyMg: got.dailyMg } };
};

function inputsOf(input: Readonly<Record<string, unknown>>): DoseInputs {
  const value = <T>(name: string): T | null => (input[name] ?? null) as T | null;
  const flag = (name: string): boolean | null => (input[name] === undefined ? null : Number(input[name]) === 1);
  return {
    ageYears: value('ageYears'),
    heightCm: value('heightCm'),
    weightKg: value('weightKg'),
    bsaM2: value('bsaM2'),
    race: value('race'),
    targetInr: value('targetINR'),
    vkorc1: value('VKORC1'),
    cyp2c9: value('CYP2C9'),
    enzymeInducer: flag('enzymeInducer'),
    amiodarone: flag('amiodarone'),
    smoker: flag('smoker'),
    africanAmerican: flag('africanAmerican'),
    dvtOrPe: flag('dvtOrPe'),
  };
}

/** e: the activity score under inhibitors, and the CPIC rows of a patient with co-medication. */
export const scoreE: PgxScorer = (item, { rules }) => {
  const input = item['input'] as Readonly<Record<string, unknown>>;
  return 'strongestInhibitor' in input ? scoreRule(item, rules) : scorePatient(item, rules);
};

function scoreRule(item: Parameters<PgxScorer>[0], rules: PgxRules): PgxOutcome {
  const input = item['input'] as {
    gene: string;
    activityScore: number;
    strongestInhibitor: 'strong' | 'moderate' | 'weak' | 'none';
  };
  const gene = rules.genes.get(input.gene);
  if (gene === undefined) return { agrees: false, expected: item['expect'], got: null };
  const adjusted = adjustScore(String(input.activityScore), input.strongestInhibitor);
  const got = {
    adjustedActivityScore: Number(adjusted),
    genotypePhenotype: phenotypeOfScore(gene, String(input.activityScore)),
    clinicalPhenotype: phenotypeOfAdjusted(gene, adjusted),
  };
  return { agrees: sameJson(item['expect'], got), expected: item['expect'], got };
}

interface PatientExpected {
  readonly cpicRowIdsAtAdjustedScore?: readonly number[];
  readonly cpicRowIdsSamePhenotype?: readonly number[];
}

function scorePatient(item: Parameters<PgxScorer>[0], rules: PgxRules): PgxOutcome {
  const input = item['input'] as { CYP2D6: string; currentMedications: readonly string[]; drug: string };
  const expected = item['expect'] as PatientExpected;
  const result = interpretFinding(rules, readCall(rules, 'CYP2D6', input.CYP2D6), 'words', { kind: 'given' });
  const current = input.currentMedications.map((name) => ({ name, ingredients: [name] }));
  const clinical = convert(rules, result, current, input.drug);
  const guidance = recommend(rules, { drug: input.drug, results: [result], patient: {}, current });
  const rows = guidance.recommendations.filter(({ source }) => source === 'CPIC').map(({ rowId }) => Number(rowId));
  const genotype = result.phenotype.join(' or ');
  const rowsName =
    expected.cpicRowIdsSamePhenotype === undefined ? 'cpicRowIdsAtAdjustedScore' : 'cpicRowIdsSamePhenotype';
  const got = {
    genotypeActivityScore: Number(result.activityScore[0]),
    genotypePhenotype: genotype,
    adjustedActivityScore: Number(clinical?.activityScore ?? result.activityScore[0]),
    clinicalPhenotype: clinical?.phenotype ?? genotype,
    phenoconverted: clinical !== null && clinical.phenotype !== genotype,
    [rowsName]: rows,
    cpicRowIdsByGenotypeOnly: matchCpic(rules, input.drug, keysByGene([result])).map((row) => row.id),
  };
  return { agrees: sameJson(expected, got), expected, got };
}
