import type { GeneResult, PgxReport } from '../../domain/pgx.ts';
import type { TherapyAsked } from './pgx-asked.ts';
import { isNamed, wantsAction } from './pgx-asked.ts';
import { Budget } from './pgx-budget.ts';
import type { Leading } from './pgx-claims.ts';
import {
  byGravity,
  disagreementClaim,
  genesOfRow,
  guidelineClaim,
  joined,
  leadingRow,
  phenotypeClaim,
} from './pgx-claims.ts';
import { quotesOf } from './pgx-sentences.ts';
import { classesIn, isBritish } from './pgx-words.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';

const DRUGS = 40;
const OWN_DRUGS =
  /\b(drugs?|meds?|medications?|medicines?|tablets?|pills?|prescriptions?|taking|takes?|(is|he's|she's) on)\b/i;

/** "Does any of her drugs clash with her genes?": a conflict between drugs and genes and not between notes. */
export function isSelfCheck({ question }: DraftContext, { explicit }: TherapyAsked): boolean {
  return explicit && OWN_DRUGS.test(question.corrected);
}

/**
 * Answers on genes without a drug: the result of each gene that is asked about and the drugs of the chart that it matters
 * for; for "any of her drugs" the drugs taken now that clash. Null where the chart has no result to tell.
 */
export function reviewDraft(context: DraftContext, asked: TherapyAsked): Draft | null {
  const { therapy, question } = context;
  if (therapy === null) return null;
  const ownDrugs = asked.genes.length === 0 && OWN_DRUGS.test(question.corrected);
  const report = therapy(ownDrugs ? undefined : chartDrugs(context));
  const results = resultsAsked(report, asked);
  if (results.length === 0) return null;
  const leading = report.advice
    .flatMap((advice) => leadingRow(advice) ?? [])
    .filter(({ row }) => genesOfRow(row).some((gene) => results.some((result) => result.gene === gene)));
  return ownDrugs
    ? clashes(context, report, leading, results)
    : geneDraft(context, { asked, report, leading, results });
}

/** Drugs taken now, then every other of the chart. */
function chartDrugs({ chart }: DraftContext): string[] {
  const order = ['active', 'planned', 'considered', 'on-hold', 'stopped'];
  const rank = (status: string): number => (order.indexOf(status) + order.length) % order.length;
  const sorted = [...chart.medications].sort((a, b) => rank(a.status) - rank(b.status));
  return [...new Set(sorted.map(({ concept }) => concept.toLowerCase()))].slice(0, DRUGS);
}

function resultsAsked(report: PgxReport, asked: TherapyAsked): GeneResult[] {
  const known = report.genes.filter(({ phenotype, diplotypes }) => phenotype.length + diplotypes.length > 0);
  if (asked.genes.length > 0) return known.filter(({ gene }) => isNamed(gene, asked.genes));
  if (asked.phenotype === null) return known;
  const wanted = classesIn(`${asked.phenotype} metabolizer`);
  const matching = known.filter(({ phenotype, clinicalPhenotype }) =>
    [...classesIn(`${phenotype.join(' or ')} ${clinicalPhenotype?.phenotype ?? ''}`)].some((name) => wanted.has(name)),
  );
  return matching.length > 0 ? matching : known.filter(({ gene }) => gene.startsWith('CYP') || gene === 'NAT2');
}

/** The drugs taken now against the genes: those that ask for a change, or that none does. */
function clashes(
  context: DraftContext,
  report: PgxReport,
  leading: readonly Leading[],
  results: readonly GeneResult[],
): Draft | null {
  const budget = new Budget();
  const british = isBritish(context.index);
  const grave = leading.filter(({ action }) => action === 'critical' || action === 'warning').sort(byGravity);
  for (const one of grave.slice(0, 2)) {
    const claim = guidelineClaim(one, 14, false);
    budget.add(budget.claims.length === 0 ? { ...claim, text: `Yes: ${claim.text}` } : claim);
    for (const result of results.filter(({ gene }) => genesOfRow(one.row).includes(gene)).slice(0, 1))
      budget.add(phenotypeClaim(result, { british, past: false, row: one.row }));
  }
  if (grave.length > 0) return { claims: budget.claims, finding: 'affirmed', rule: 'therapy-review', confidence: 0.75 };
  const listed = results.flatMap((result) => phenotypeClaim(result, { british, past: false }) ?? []);
  const [first] = listed;
  if (first === undefined) return null;
  const checked = `No guideline of this release asks for a change in the ${String(report.advice.length)} drugs taken now.`;
  budget.add({ ...first, text: `${checked} ${first.text}` });
  budget.add(joined(listed.slice(1)));
  return { claims: budget.claims, finding: 'denied', rule: 'therapy-review', confidence: 0.65 };
}

interface GeneAnswer {
  readonly asked: TherapyAsked;
  readonly report: PgxReport;
  readonly leading: readonly Leading[];
  readonly results: readonly GeneResult[];
}

/** Results, the drugs of the chart that they matter for, and the notes' own words. */
function geneDraft(context: DraftContext, { asked, report, leading, results }: GeneAnswer): Draft | null {
  const budget = new Budget();
  const british = isBritish(context.index);
  const past = asked.manner === 'why';
  const shown = results.slice(0, 3);
  const claims = shown.flatMap((result) => phenotypeClaim(result, { british, past }) ?? []);
  if (claims.length === 0) return null;
  budget.add(withVerdict(joined(claims)!, asked, shown));
  for (const { gene } of shown) {
    const conflict = report.conflicts.find((one) => one.gene === gene);
    if (conflict !== undefined) budget.add(disagreementClaim(conflict));
  }
  const genes = shown.map(({ gene }) => gene);
  const [matter] = leading
    .filter(({ row }) => genesOfRow(row).some((gene) => genes.includes(gene)))
    .sort((a, b) => Number(b.advice.current) - Number(a.advice.current) || byGravity(a, b));
  if (matter !== undefined && shown.length === 1 && matter.action !== 'none')
    budget.add(guidelineClaim(matter, 16, false));
  const search = { asked, past, wantsAction: wantsAction(context), genes, results: report.genes, told: true };
  for (const claim of quotesOf(context, search, budget.left, 2)) budget.add(claim);
  return { claims: budget.claims, finding: 'affirmed', rule: 'therapy-gene', confidence: 0.75 };
}

/** Yes or no where the question names a phenotype. */
function withVerdict(claim: DraftClaim, { phenotype }: TherapyAsked, results: readonly GeneResult[]): DraftClaim {
  if (phenotype === null) return claim;
  const wanted = classesIn(`${phenotype} metabolizer`);
  const first = results[0]!;
  const has = [...classesIn(`${first.phenotype.join(' or ')} ${first.clinicalPhenotype?.phenotype ?? ''}`)];
  return { ...claim, text: `${has.some((name) => wanted.has(name)) ? 'Yes' : 'No'}: ${claim.text}` };
}
