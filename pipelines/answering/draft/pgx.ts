import type { GeneResult, PgxReport, TherapyAdvice } from '../../domain/pgx.ts';
import { isSelfCheck, reviewDraft } from './pgx-review.ts';
import { Budget, CLAIMS } from './pgx-budget.ts';
import type { TherapyAsked } from './pgx-asked.ts';
import { isNamed, readTherapyQuestion, wantsAction } from './pgx-asked.ts';
import type { Leading } from './pgx-claims.ts';
import {
  byGravity,
  classClaim,
  contraryClaim,
  disagreementClaim,
  genesOfRow,
  guidelineClaim,
  joined,
  labelClaim,
  leadingRow,
  phenotypeClaim,
  rowCitation,
} from './pgx-claims.ts';
import { forbiddingQuotes, quotesOf } from './pgx-sentences.ts';
import { isBritish } from './pgx-words.ts';
import { medicationsFor, regimen } from './medications.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { wordCount } from './wording.ts';

const MEMBERS = 12;

/** Whether a question joins a drug with the patient's genes, or asks if a drug may be given. */
export function asksOfTherapy(context: DraftContext): boolean {
  return readTherapyQuestion(context) !== null;
}

/** Ways of asking that others answer. */
const NOT_HERE = ['when', 'family', 'summary', 'trend'] as const;

/**
 * Answers on drugs and genes: what the chart has against the drug leads, then the guideline's action, the genotype with what
 * other drugs make of it, and the notes' own words.
 */
export function draftPgx(context: DraftContext): Draft | null {
  const { question, therapy } = context;
  const asked = readTherapyQuestion(context);
  if (asked === null || therapy === null || NOT_HERE.some((kind) => question.asked.has(kind))) return null;
  if (question.asked.has('conflict') && !isSelfCheck(context, asked)) return null;
  if (asked.drugs.length === 0) return reviewDraft(context, asked);
  const names = asked.drugs.flatMap((drug) => drugNames(context, drug));
  const report = therapy(names);
  const found = { asked, report, advice: report.advice.filter(({ drug }) => names.includes(drug)) };
  const leading = leadingFor(found);
  const results = resultsFor(found, leading);
  if (results.length === 0) return untestedDraft(context, found);
  if (!asked.explicit && asked.manner === 'why' && !explains(leading, results)) return null;
  return drugDraft(context, found, leading, results);
}

interface Found {
  readonly asked: TherapyAsked;
  readonly report: PgxReport;
  /** Advice on the drugs that were asked about. */
  readonly advice: readonly TherapyAdvice[];
}

/** A class is asked of through its members: those of the chart first. */
function drugNames(context: DraftContext, drug: TherapyAsked['drugs'][number]): string[] {
  if (drug.kind !== 'class') return [drug.key.toLowerCase()];
  const inChart = new Set(context.chart.medications.flatMap(({ concept, ingredients }) => [concept, ...ingredients]));
  const members = [...drug.members].sort((a, b) => Number(inChart.has(b)) - Number(inChart.has(a)));
  return members.slice(0, MEMBERS).map((name) => name.toLowerCase());
}

/** Leading rows of the drugs asked about, of named genes where the question names some. */
function leadingFor({ asked, advice }: Found): Leading[] {
  const rows = advice.flatMap((one) => {
    const named = one.recommendations.filter((row) => genesOfRow(row).some((gene) => isNamed(gene, asked.genes)));
    return leadingRow(named.length > 0 ? { ...one, recommendations: named } : one) ?? [];
  });
  return asked.drugs.some(({ kind }) => kind === 'class') ? rows.sort(byGravity) : rows;
}

/** Results that the answer stands on: genes that the question names, else those of the leading rows. */
function resultsFor({ asked, report }: Found, leading: readonly Leading[]): GeneResult[] {
  const known = report.genes.filter(({ phenotype, diplotypes }) => phenotype.length + diplotypes.length > 0);
  const named = known.filter(({ gene }) => isNamed(gene, asked.genes));
  if (asked.genes.length > 0 && named.length === 0) return [];
  const used = new Set(leading.flatMap(({ row }) => genesOfRow(row)));
  const ofRows = known.filter(({ gene }) => used.has(gene));
  return [...new Set([...named, ...ofRows])].sort((a, b) => Number(isUsual(a)) - Number(isUsual(b)));
}

/** Past conversion explains a why, and holds while a drug is spoken of that is no longer taken. */
function isOfPast({ question }: DraftContext, { manner }: TherapyAsked, results: readonly GeneResult[]): boolean {
  const former = results.flatMap(({ formerPhenotype }) => formerPhenotype?.perpetrators ?? []);
  if (former.length === 0) return false;
  if (manner === 'why') return true;
  const spokenOf = question.subjects
    .concat(question.context)
    .some(({ key }) => former.some(({ drug }) => drug === key));
  return spokenOf && !ENDED.test(question.corrected);
}

const ENDED = /\b(off|stopped|gone|finished|without|discontinued|d\/?c'?d|washed out|no longer|cleared|came off)\b/i;

function isUsual({ phenotype, clinicalPhenotype }: GeneResult): boolean {
  return /^(normal|uncertain)|negative$/i.test((clinicalPhenotype?.phenotype ?? phenotype[0]) || '');
}

/** Whether genes can be why a drug did too much or too little. */
function explains(leading: readonly Leading[], results: readonly GeneResult[]): boolean {
  return (
    leading.some(({ action }) => action === 'critical' || action === 'warning') ||
    results.some(({ formerPhenotype }) => formerPhenotype !== undefined)
  );
}

function drugDraft(
  context: DraftContext,
  found: Found,
  leading: readonly Leading[],
  results: readonly GeneResult[],
): Draft {
  const { asked, report, advice } = found;
  const verdict = asked.manner === 'may';
  const past = isOfPast(context, asked, results);
  const budget = new Budget();
  budget.add(verdict ? contraryClaim(advice, true) : null);
  const british = isBritish(context.index);
  const shown = results.slice(0, asked.genes.length > 1 || leading.length > 0 ? 2 : 1);
  const phenotypes = shown.flatMap((result) => {
    const row = leading.find(({ row: one }) => genesOfRow(one).includes(result.gene))?.row;
    return phenotypeClaim(result, { british, past, ...(row === undefined ? {} : { row }) }) ?? [];
  });
  const phenotype = joined(phenotypes);
  const label = labelClaim(advice, context.question.corrected);
  budget.add(label);
  if (!past && label === null)
    addGuidelines(budget, leading, asked, phenotype === null ? 0 : wordCount(phenotype.text));
  budget.add(phenotype);
  for (const { gene } of shown) {
    const conflict = report.conflicts.find((one) => one.gene === gene);
    if (conflict !== undefined) budget.add(disagreementClaim(conflict));
  }
  budget.add(currentMember(context, asked));
  budget.add(verdict ? classClaim(advice) : null);
  const search = {
    asked,
    past,
    wantsAction: wantsAction(context),
    genes: results.map(({ gene }) => gene),
    results: report.genes,
    told: phenotypes.length > 0,
  };
  const row = leading[0]?.row;
  const caveat = verdict && row !== undefined ? notChecked(row) : null;
  const left = budget.left - (caveat === null ? 0 : wordCount(caveat.text));
  for (const claim of quotesOf(context, search, left, CLAIMS - budget.claims.length - (caveat === null ? 0 : 1)))
    budget.add(claim);
  budget.add(caveat);
  const denied = verdict && (leading[0]?.action === 'critical' || budget.claims[0]?.text.startsWith('No:') === true);
  return { claims: budget.claims, finding: denied ? 'denied' : 'affirmed', rule: 'therapy', confidence: 0.75 };
}

/** One row, or one for each of two drugs. */
function addGuidelines(budget: Budget, leading: readonly Leading[], asked: TherapyAsked, reserved: number): void {
  const several = leading.length > 1 && asked.drugs.length > 1;
  const chosen = leading.slice(0, several ? 2 : 1);
  const most = several ? 9 : Math.min(20, budget.left - reserved - 14);
  chosen.forEach((one, i) => budget.add(guidelineClaim(one, most, asked.manner === 'may' && i === 0)));
}

/** What no rule of this answer looked at. */
function notChecked(row: Leading['row']): DraftClaim {
  return {
    text: 'Not checked: renal function, pregnancy, interactions.',
    citations: [rowCitation(row)],
    polarity: 'quoted',
    computed: ['limits'],
  };
}

/** The member of an asked class that the patient takes. */
function currentMember(context: DraftContext, { drugs }: TherapyAsked): DraftClaim | null {
  const facts = drugs.filter(({ kind }) => kind === 'class').flatMap((drug) => medicationsFor(context, drug));
  const [fact] = facts
    .filter((one) => one.status === 'active' && context.terminology.medication(one.display)?.isClass !== true)
    .sort((a, b) => (a.lastAsserted < b.lastAsserted ? 1 : -1));
  if (fact === undefined) return null;
  const step = fact.steps.findLast(({ dose }) => dose !== null && dose === fact.dose);
  const [first, ...rest] = [...(step?.evidence ?? []), ...fact.evidence];
  return {
    text: `Now on ${regimen(fact).toLowerCase()}.`,
    citations: [first!, ...rest.slice(0, 1)],
    polarity: 'quoted',
    computed: ['as-of'],
  };
}

/** A drug whose genes no source reports, or that no guideline links to a gene: what chart and notes have against it. */
function untestedDraft(context: DraftContext, { asked, advice }: Found): Draft | null {
  if (asked.manner !== 'may' || asked.genes.length > 0) return null;
  const budget = new Budget();
  budget.add(contraryClaim(advice, true));
  const quotes = forbiddingQuotes(context, asked, budget.left - 12, budget.claims.length > 0 ? 1 : 2);
  for (const claim of quotes) budget.add(budget.claims.length > 0 ? claim : { ...claim, text: `No. ${claim.text}` });
  if (budget.claims.length > 0)
    return { claims: budget.claims, finding: 'denied', rule: 'therapy-chart', confidence: 0.7 };
  const claim = notTestedClaim(asked, advice);
  return claim === null ? null : { claims: [claim], finding: 'affirmed', rule: 'therapy-not-tested', confidence: 0.6 };
}

/** "Can she take clopidogrel?" without a genotype: which gene the guideline asks for and that no source reports it. */
function notTestedClaim({ drugs }: TherapyAsked, advice: readonly TherapyAdvice[]): DraftClaim | null {
  const one = advice.find(({ notTested, current }) => !current && (notTested ?? []).length > 0);
  const [first, ...more] = one?.untestedGuidelines ?? [];
  if (one === undefined || first === undefined || drugs.some(({ kind }) => kind === 'class')) return null;
  return {
    text: `Not tested: ${one.notTested!.join(', ')}. The CPIC guideline for ${one.drug} depends on it, and no source of this chart reports a result.`,
    citations: [first, ...more],
    polarity: 'quoted',
    computed: ['not-tested'],
  };
}
