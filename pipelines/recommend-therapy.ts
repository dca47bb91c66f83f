import type { Terminology } from './contracts/terminology.ts';
import type { Chart } from './domain/chart.ts';
import type { RuleCitation } from './domain/evidence.ts';
import type { DrugRecommendation, GeneResult, PgxReport, TherapyAdvice } from './domain/pgx.ts';
import { convert } from './pgx/phenoconversion/index.ts';
import { formerPhenotype } from './pgx/phenoconversion/former.ts';
import type { CurrentDrug } from './pgx/phenoconversion/index.ts';
import { SUPPLEMENT_RELEASE, recommend, toRecommendation } from './pgx/recommender/index.ts';
import { READING_RELEASE } from './pgx/reported/index.ts';
import type { PgxRules } from './pgx/rules.ts';
import { adviceOf } from './pgx/therapy/advice.ts';
import { resultsInNotes } from './pgx/therapy/chart-genotypes.ts';
import { chartItems } from './pgx/therapy/chart-items.ts';
import type { StatedPatient } from './pgx/therapy/chart-patient.ts';
import { patientFor, warfarinPatient } from './pgx/therapy/chart-patient.ts';
import type { AskedDrug } from './pgx/therapy/drugs.ts';
import { askedDrug, currentDrugs, drugsEverTaken, formerDrugs, isSameDrug } from './pgx/therapy/drugs.ts';
import { reconcileGenes } from './pgx/therapy/reconcile-genes.ts';
import { adviseWarfarin } from './pgx/warfarin/index.ts';
import { labelRow } from './pgx/warfarin/label.ts';

export type { StatedPatient } from './pgx/therapy/chart-patient.ts';

export interface TherapyInput {
  readonly chart: Chart;
  /** Results of files that were uploaded for the patient. */
  readonly uploads: readonly GeneResult[];
  /** Drugs that are asked about; the drugs that the chart says are taken now where left out. */
  readonly drugs?: readonly string[];
  /** What the person states beside the chart (target INR, indication, …). */
  readonly stated?: StatedPatient;
  /** Drugs that are about to be added: they count as taken when phenotypes are converted. */
  readonly adding?: readonly string[];
}

export interface TherapyEngines {
  readonly pgx: PgxRules;
  readonly terminology: Pick<Terminology, 'medication' | 'membersOfClass'>;
}

/**
 * Pharmacogenomic flow: genotypes of notes and files → phenotypes → phenotypes with the drugs taken now → advice for each
 * drug, joined with the allergies, earlier stops and present use that the chart has. Pure and deterministic.
 */
export function recommendTherapy(input: TherapyInput, engines: TherapyEngines): PgxReport {
  const { chart, uploads } = input;
  const { pgx } = engines;
  const current = drugsTaken(input, engines);
  const { genes: found, conflicts } = reconcileGenes(pgx, resultsInNotes(pgx, chart), uploads, drugsEverTaken(chart));
  const former = formerDrugs(chart);
  const genes = found.map((result) => ({
    ...result,
    clinicalPhenotype: convert(pgx, result, current),
    ...formerPhenotype(pgx, result, former),
  }));
  const names = input.drugs ?? drugsTakenNow(chart, engines);
  const drugs = [...new Set(names)].map((name) => askedDrug(name, engines.terminology));
  const warfarin = drugs.some((drug) => drug.generics.includes('warfarin'))
    ? adviseWarfarin(pgx, genes, warfarinPatient(chart, input.stated ?? {}))
    : null;
  return {
    genes,
    conflicts,
    advice: drugs.map((drug) =>
      adviceFor(drug, { genes, current, warfarin: warfarin?.recommendation ?? null }, input, engines),
    ),
    warfarin: warfarin?.doses ?? [],
    releases: [pgx.release, READING_RELEASE, SUPPLEMENT_RELEASE, ...Object.values(pgx.sources)],
  };
}

/** The chart's present drugs, and those that are about to be added. */
function drugsTaken({ chart, adding = [] }: TherapyInput, { terminology }: TherapyEngines): readonly CurrentDrug[] {
  const added = adding.map((name) => {
    const { generics } = askedDrug(name, terminology);
    return { name: generics[0] ?? name, ingredients: generics };
  });
  return [...currentDrugs(chart), ...added];
}

/** Names of single drugs; a class that the chart names ("a statin") has no advice of its own. */
function drugsTakenNow(chart: Chart, { terminology }: TherapyEngines): readonly string[] {
  const active = chart.medications.filter(({ status }) => status === 'active').map(({ concept }) => concept);
  return active.filter((name) => terminology.medication(name)?.isClass !== true);
}

interface Found {
  readonly genes: readonly GeneResult[];
  readonly current: readonly CurrentDrug[];
  /** CPIC's flow chart for warfarin, where warfarin is among the drugs. */
  readonly warfarin: DrugRecommendation | null;
}

function adviceFor(drug: AskedDrug, found: Found, input: TherapyInput, engines: TherapyEngines): TherapyAdvice {
  const { genes, current, warfarin } = found;
  const { chart, stated } = input;
  const { pgx, terminology } = engines;
  const patient = patientFor(chart, drug, stated ?? {});
  const guidance = drug.generics.map((generic) =>
    recommend(pgx, { drug: generic, results: genes, patient, current, byDiplotype: true }),
  );
  const label = warfarin !== null && drug.generics.includes('warfarin') ? labelRow(genes) : null;
  const flowChart = warfarin !== null && drug.generics.includes('warfarin') ? [warfarin] : [];
  const guidanceGenes = [...new Set(guidance.flatMap((one) => one.genes))];
  const notTested = guidanceGenes.filter((gene) =>
    guidance.every((one) => !one.genes.includes(gene) || one.notTested.includes(gene)),
  );
  const advice = adviceOf({
    drug: drug.name,
    current: chart.medications.some((medication) => medication.status === 'active' && isSameDrug(medication, drug)),
    recommendations: [
      ...flowChart,
      ...distinctRows(guidance.flatMap((one) => one.recommendations)),
      ...(label === null ? [] : [label]),
    ],
    guidanceGenes,
    notTested,
    results: genes,
    items: chartItems(chart, drug, terminology),
  });
  return { ...advice, untestedGuidelines: untestedGuidelines(pgx, drug, notTested) };
}

/** CPIC's guidelines for a drug that ask about genes without a result, each once; cited by name, no row of theirs applies. */
function untestedGuidelines(pgx: PgxRules, drug: AskedDrug, notTested: readonly string[]): RuleCitation[] {
  const rows = pgx.cpic.filter(
    (row) => drug.generics.includes(row.drug) && Object.keys(row.lookupKey).some((gene) => notTested.includes(gene)),
  );
  return [...new Map(rows.map((row) => [`${row.drug} ${row.guidelineId}`, row])).values()].map((row) => {
    const { guideline, release, url } = toRecommendation(pgx, row);
    return { kind: 'rule', ruleSet: 'CPIC', release, rule: guideline, url, quote: `${row.drug}: ${guideline}` };
  });
}

/** A combination and its parts may bring the same row twice. */
function distinctRows(rows: readonly DrugRecommendation[]): readonly DrugRecommendation[] {
  return [
    ...new Map(
      rows.map((row) => [`${row.source} ${row.rowId ?? row.text} ${row.genes.map(({ gene }) => gene).join()}`, row]),
    ).values(),
  ];
}
