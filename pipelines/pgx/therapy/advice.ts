import type { Citation, RuleCitation } from '../../domain/evidence.ts';
import type { DrugRecommendation, GeneResult, TherapyAction, TherapyAdvice } from '../../domain/pgx.ts';
import { lowersActivity } from '../phenoconversion/index.ts';
import { actionOf, gravest, isChanged } from '../recommender/index.ts';
import { describe } from '../reported/index.ts';

type ChartItem = TherapyAdvice['chartItems'][number];

/** What no advice of this module looks at, and a person has to. */
export const NOT_CHECKED: readonly string[] = [
  'renal function',
  'liver function',
  'pregnancy and breastfeeding',
  'other drug interactions',
];

export interface AdviceParts {
  readonly drug: string;
  readonly current: boolean;
  readonly recommendations: readonly DrugRecommendation[];
  readonly guidanceGenes: readonly string[];
  readonly notTested: readonly string[];
  readonly results: readonly GeneResult[];
  readonly items: readonly ChartItem[];
}

/** Puts guidance and chart together; a contrary item of the chart leads, and genetics never overrides it. */
export function adviceOf(parts: AdviceParts): TherapyAdvice {
  const { drug, current, recommendations, items } = parts;
  return {
    drug,
    action: actionOfAdvice(parts),
    summary: summaryOf(parts),
    current,
    recommendations,
    chartItems: items,
    notChecked: NOT_CHECKED,
    notTested: parts.notTested,
    citations: citationsOf(parts),
  };
}

function actionOfAdvice({ recommendations, items, guidanceGenes }: AdviceParts): TherapyAction {
  const bySource = recommendations.map(actionOf);
  const byChart = items
    .filter((item) => item.contrary)
    .map<TherapyAction>((item) => (item.kind === 'allergy' && item.ofClass !== true ? 'critical' : 'warning'));
  if (bySource.length + byChart.length > 0) return gravest([...bySource, ...byChart]);
  return guidanceGenes.length > 0 ? 'not-assessed' : 'none';
}

/** One sentence: what the chart says against the drug, then the guideline's advice with the phenotype it rests on. */
function summaryOf(parts: AdviceParts): string {
  const against = parts.items.filter((item) => item.contrary);
  const contrary = against.filter(({ ofClass }) => ofClass !== true).map((item) => item.text);
  const ofClass = against.find((item) => item.ofClass === true);
  const lead = contrary.length === 0 ? '' : `The chart has ${contrary.slice(0, 2).join('; ')}. `;
  const tail = ofClass === undefined ? '' : ` Same class: ${ofClass.text}.`;
  return `${lead}${guidanceSentence(parts)}${tail}`;
}

function guidanceSentence(parts: AdviceParts): string {
  const { drug, recommendations, guidanceGenes, notTested } = parts;
  const [best] = [...recommendations].sort((a, b) => rank(b) - rank(a));
  if (best !== undefined) return `${phenotypes(best, parts.results)}: ${withoutEnd(best.text)} (${strength(best)}).`;
  if (guidanceGenes.length === 0) return `No guideline of this release links ${drug} to a gene.`;
  if (notTested.length === guidanceGenes.length)
    return `Guidance for ${drug} depends on ${notTested.join(', ')}, which no source of this chart reports.`;
  const known = guidanceGenes.filter((gene) => !notTested.includes(gene));
  return `No guideline of this release advises on ${drug} for the ${known.join(' and ')} result of this chart.`;
}

/** CPIC before DPWG before FDA, graver before milder. */
function rank(recommendation: DrugRecommendation): number {
  const source = { CPIC: 10, DPWG: 5, FDA: 4 }[recommendation.source];
  return source + { critical: 3, warning: 2, none: 1, 'not-assessed': 0 }[actionOf(recommendation)];
}

function phenotypes(recommendation: DrugRecommendation, results: readonly GeneResult[]): string {
  const genes = new Set(
    recommendation.genes.flatMap(({ gene }) =>
      gene.startsWith('Nonspecific') ? ['NAT2'] : gene.split(/\s+and\/or\s+/),
    ),
  );
  const used = results.filter((result) => genes.has(result.gene) && result.lookupKeys.length > 0);
  return used.map(geneWords).join('; ') || recommendation.genes.map(({ gene }) => gene).join(', ');
}

/** `CYP2D6 *1/*1, normal metabolizer (poor metabolizer with bupropion)`. */
function geneWords(result: GeneResult): string {
  const clinical = result.clinicalPhenotype;
  const words = describe({ ...result, phenotype: result.phenotype.map(lower) });
  if (clinical === null || !isChanged(result, clinical)) return `${result.gene} ${words}`;
  const drugs = clinical.perpetrators.filter(lowersActivity).map((p) => p.drug);
  return `${result.gene} ${words}, but ${lower(clinical.phenotype)} with ${drugs.join(' and ')}`;
}

function lower(phenotype: string): string {
  return /^[A-Z][a-z]/.test(phenotype) ? phenotype.toLowerCase() : phenotype;
}

function strength(recommendation: DrugRecommendation): string {
  const { source, classification } = recommendation;
  if (source === 'FDA') return 'FDA';
  return classification === null || classification === 'N/A' ? source : `${source}, ${classification.toLowerCase()}`;
}

const withoutEnd = (text: string): string => text.trim().replace(/[.;\s]+$/, '');

function citationsOf({ recommendations, results, items }: AdviceParts): readonly Citation[] {
  const rules = recommendations.map(ruleCitation);
  const genes = new Set(recommendations.flatMap((recommendation) => recommendation.genes.map(({ gene }) => gene)));
  const used = results.filter((result) => genes.has(result.gene));
  const evidence = used.flatMap((result) => [
    ...(result.source.kind === 'note' ? [result.source.evidence] : []),
    ...(result.clinicalPhenotype?.perpetrators ?? []).flatMap((p) => (p.evidence === undefined ? [] : [p.evidence])),
  ]);
  const contrary = items.filter((item) => item.contrary).map((item) => item.evidence);
  // Present use alone proves nothing: it is cited beside guidance, not in place of it.
  const others = rules.length === 0 ? [] : items.filter((item) => !item.contrary).map((item) => item.evidence);
  return distinct([...contrary, ...rules, ...evidence, ...others]);
}

/** A recommendation as a citation of its rule. */
export function ruleCitation(recommendation: DrugRecommendation): RuleCitation {
  const { source, release, rowId, guideline, url, text } = recommendation;
  return { kind: 'rule', ruleSet: source, release, rule: rowId ?? guideline, url, quote: text };
}

function distinct(citations: readonly Citation[]): readonly Citation[] {
  return [...new Map(citations.map((citation) => [JSON.stringify(citation), citation])).values()];
}
