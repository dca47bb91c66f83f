import { randomUUID } from 'node:crypto';
import type { DrugRecommendation, GeneResult, PgxReport, TherapyAction, TherapyAdvice } from '#pipelines/domain/pgx.ts';
import type { CdsCard } from '#server/contract/index.ts';

/** A drug of a draft order. */
export interface DraftOrder {
  readonly drug: string;
  /** `MedicationRequest/103`. */
  readonly reference: string;
}

/** Address of this product's page on the patient, for the links of cards; null where it is not known. */
export type PageAddress = string | null;

const SYSTEM = 'urn:anamnesis:cds-override-reason';
const LONGEST_SUMMARY = 139;

/** Why a card may be set aside; sent with every card that warns. */
export const OVERRIDE_REASONS = [
  { code: 'benefit-outweighs-risk', display: 'The benefit outweighs the risk' },
  { code: 'will-adjust-or-monitor', display: 'Dose adjusted, or closer monitoring arranged' },
  { code: 'tolerated-before', display: 'The patient has taken it before without harm' },
  { code: 'no-alternative', display: 'There is no suitable alternative' },
  { code: 'result-in-doubt', display: 'The genotype or the chart entry is in doubt' },
  { code: 'not-applicable', display: 'Does not apply to this order' },
].map((reason) => ({ system: SYSTEM, ...reason }));

/** Cards for a chart that was opened: what is wrong with the drugs taken now, and genes on which sources disagree. */
export function patientViewCards(report: PgxReport, page: PageAddress): readonly CdsCard[] {
  const warned = byGravity(report.advice).filter(({ action }) => isWarning(action));
  return [...warned.map((advice) => adviceCard(advice, report, page)), ...conflictCards(report, page)];
}

/** Cards for orders that were selected, one an order; and for drugs taken now that an order would change. */
export function orderSelectCards(
  report: PgxReport,
  orders: readonly DraftOrder[],
  changed: readonly TherapyAdvice[],
  page: PageAddress,
): readonly CdsCard[] {
  const cards = orders.flatMap((order) => {
    const advice = report.advice.find(({ drug }) => drug === order.drug.toLowerCase());
    return advice === undefined || isSilent(advice) ? [] : [adviceCard(advice, report, page, order)];
  });
  return [...cards, ...changed.map((advice) => changedCard(advice, orders, report, page))];
}

const isWarning = (action: TherapyAction): boolean => action === 'critical' || action === 'warning';

/** Nothing to say: no guidance links the drug to a gene, and the chart has nothing against it. */
function isSilent(advice: TherapyAdvice): boolean {
  return (
    advice.action === 'none' && advice.recommendations.length === 0 && !advice.chartItems.some((item) => item.contrary)
  );
}

function byGravity(advice: readonly TherapyAdvice[]): readonly TherapyAdvice[] {
  return [...advice].sort((a, b) => Number(b.action === 'critical') - Number(a.action === 'critical'));
}

function indicatorOf(action: TherapyAction): CdsCard['indicator'] {
  return action === 'critical' || action === 'warning' ? action : 'info';
}

function adviceCard(advice: TherapyAdvice, report: PgxReport, page: PageAddress, order?: DraftOrder): CdsCard {
  const warns = isWarning(advice.action);
  return {
    uuid: randomUUID(),
    summary: shortened(`${capital(advice.drug)}: ${advice.summary}`),
    detail: detailOf(advice, report.genes),
    indicator: indicatorOf(advice.action),
    source: sourceOf(advice),
    ...(warns && order !== undefined ? removal(order) : {}),
    ...(warns ? { overrideReasons: OVERRIDE_REASONS } : {}),
    links: linksOf(advice, page),
  };
}

/** The client may offer to take the draft back; nothing is suggested for drugs that are already taken. */
function removal(order: DraftOrder): Pick<CdsCard, 'suggestions' | 'selectionBehavior'> {
  const description = `Remove the draft order of ${order.drug}`;
  const actions = [{ type: 'delete' as const, description, resourceId: order.reference }];
  return { suggestions: [{ label: description, uuid: randomUUID(), actions }], selectionBehavior: 'at-most-one' };
}

function changedCard(
  advice: TherapyAdvice,
  orders: readonly DraftOrder[],
  report: PgxReport,
  page: PageAddress,
): CdsCard {
  const added = orders.map(({ drug }) => drug).join(', ');
  const card = adviceCard(advice, report, page);
  return { ...card, summary: shortened(`With ${added}, ${advice.drug} is affected: ${advice.summary}`) };
}

function conflictCards(report: PgxReport, page: PageAddress): readonly CdsCard[] {
  return report.conflicts.map(({ gene, results }) => ({
    uuid: randomUUID(),
    summary: shortened(`${gene}: sources of the chart disagree (${results.map(({ text }) => text).join(' against ')})`),
    indicator: 'warning' as const,
    source: { label: 'Anamnesis: the chart itself' },
    overrideReasons: OVERRIDE_REASONS,
    ...(page === null ? {} : { links: [pageLink(page)] }),
  }));
}

/** Fewer than 140 characters, cut between words. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= LONGEST_SUMMARY) return line;
  const cut = line.slice(0, LONGEST_SUMMARY - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 40)).replace(/[\s,;:(]+$/, '')}…`;
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

function sourceOf(advice: TherapyAdvice): CdsCard['source'] {
  const [first] = advice.recommendations;
  if (first === undefined) return { label: 'Anamnesis: the chart itself' };
  return {
    label: `${first.source}: ${first.guideline} (${first.release})`,
    ...(first.url === '' ? {} : { url: first.url }),
  };
}

function linksOf(advice: TherapyAdvice, page: PageAddress): NonNullable<CdsCard['links']> {
  const guidelines = new Map(advice.recommendations.filter(({ url }) => url !== '').map((one) => [one.url, one]));
  const links = [...guidelines.values()].map(({ source, drug, url }) => ({
    label: `${source} on ${drug}`,
    url,
    type: 'absolute' as const,
  }));
  return [...(page === null ? [] : [pageLink(page)]), ...links];
}

const pageLink = (page: string): NonNullable<CdsCard['links']>[number] => ({
  label: 'Genotypes and evidence in Anamnesis',
  url: page,
  type: 'absolute',
});

/** Markdown: what the chart has, each recommendation with strength and release, what is missing, what was not checked. */
function detailOf(advice: TherapyAdvice, genes: readonly GeneResult[]): string {
  const used = new Set(advice.recommendations.flatMap((one) => one.genes.map(({ gene }) => gene)));
  const whatIf = genes.filter(({ gene }) => used.has(gene)).flatMap((gene) => gene.clinicalPhenotype?.whatIf ?? []);
  const missing = [...new Set(advice.recommendations.flatMap((one) => one.missing))];
  const parts = [
    escaped(advice.summary),
    bullets(
      'In the chart',
      advice.chartItems.map((item) => `${item.text} — "${item.evidence.quote}"`),
    ),
    bullets('Guidance', advice.recommendations.map(guidanceLine)),
    bullets('Drugs taken now', whatIf),
    bullets('Not known', missing),
    bullets('Not checked here', advice.notChecked),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function guidanceLine(recommendation: DrugRecommendation): string {
  const { source, classification, text, release, population } = recommendation;
  const who = population === null || population === 'general' ? '' : `, for ${population}`;
  const strength = classification === null || classification === 'N/A' ? '' : ` (${classification})`;
  return `${source}${strength}${who}: ${text} [${release}]`;
}

function bullets(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`**${title}**`, ...lines.map((line) => `- ${escaped(line)}`)].join('\n');
}

/** Words of notes and names must not become mark-up. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}
