import type { NoteCitation } from '../../domain/evidence.ts';
import type { DrugRecommendation, GeneResult, TherapyAdvice } from '../../domain/pgx.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { matchesOf } from '../evidence/subject-match.ts';
import type { Subject } from '../question/types.ts';
import { isRepeat } from './extract.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { inline, quoteUnit, sourceOf, wordCount } from './wording.ts';

const PHENOTYPE =
  /\b(metaboli[sz]ers?|acetylators?|(?:decreased|poor|normal|increased|no|reduced) function|carrier|positive|negative|heterozyg\w+|homozyg\w+|sensitiv\w+|phenoconver\w+|deficien\w+|susceptib\w+|activity score)\b/i;
const ADVICE =
  /\b(avoid\w*|do not|don't|not be (?:used|given|rechallenged|prescribed)|never|should|alternative\w*|instead|switch\w*|reduc\w+|lower\w*|half|halve|\d+ ?%|contraindicat\w*|recommend\w*|advis\w*|start(?:ing)? (?:at|dose)|standard dos\w+|no change|not indicated|inhibit\w*|ineffective|not (?:activated|converted)|toxicity|risk)\b/i;
const GENE_WORD =
  /\b(CYP\d\w*|DPYD|TPMT|NUDT15|SLCO1B1|VKORC1|HLA-?[AB](?:\*\d+:\d+)?|UGT1A1|RYR1|NAT2|G6PD|CYP4F2|IFNL[34]|CFTR|ABCG2|CACNA1S|SERPINA1|BRCA[12]|MT-RNR1|factor V|F5)\b/i;

/** Whether a question joins a drug with the patient's genes, or asks if a drug may be given. */
export function asksOfTherapy({ question }: DraftContext): boolean {
  if (question.asked.has('pgx') || question.genes.length > 0) return true;
  const drug = question.subjects.some(({ kind }) => kind === 'medication' || kind === 'class');
  return drug && MAY_GIVE.test(question.corrected);
}

const MAY_GIVE =
  /\b(can|could|may|should|shall|would|ok|okay|safe|fine|alright|possible|suitable|wants? to|thinking of|considering|what if)\b.{0,60}\b(have|take|give|gave|given|use|used|go|put|start|started|try|tried|get|prescribe|switch|restart\w*|be on|receive|dose)\b|\b(ok|okay|safe|alright|good idea)\b.{0,30}(\?|with|to|for)|\bwants?\b.{0,60}\b(ok|okay)\b/i;

/** The genotype with its phenotype and what the guideline or the notes advise for the drug. */
export function draftPgx(context: DraftContext): Draft | null {
  if (!asksOfTherapy(context) || context.question.asked.has('when') || context.question.asked.has('conflict'))
    return null;
  const drugs = context.question.subjects.filter(({ kind }) => kind === 'medication' || kind === 'class');
  const advice = adviceFor(context, drugs);
  const genes = relevantGenes(context, drugs, advice);
  if (genes.length === 0) return null;
  const claims = [...noteClaims(context, drugs, genes)];
  if (advice !== null) addGuideline(claims, advice.advice, advice.genes);
  if (claims.length === 0) return null;
  return { claims: claims.slice(0, 5), finding: 'affirmed', rule: 'therapy', confidence: 0.75 };
}

interface Advice {
  readonly advice: readonly TherapyAdvice[];
  readonly genes: readonly GeneResult[];
}

function adviceFor(context: DraftContext, drugs: readonly Subject[]): Advice | null {
  if (context.therapy === null || drugs.length === 0) return null;
  const names = drugs.flatMap(({ kind, key, members }) => (kind === 'class' ? members.slice(0, 8) : [key]));
  const report = context.therapy(names);
  return { advice: report.advice.filter(({ drug }) => names.includes(drug.toLowerCase())), genes: report.genes };
}

/** Genes that the question names, that the guideline uses for the drug, or that the notes name beside it. */
function relevantGenes(context: DraftContext, drugs: readonly Subject[], advice: Advice | null): string[] {
  if (context.question.genes.length > 0) return [...context.question.genes];
  const used = (advice?.advice ?? []).flatMap(({ recommendations }) =>
    recommendations.flatMap(({ genes }) => genes.map(({ gene }) => gene)),
  );
  const known = used.filter((gene) => advice!.genes.some((result) => result.gene === gene));
  if (known.length > 0) return [...new Set(known)];
  const beside = unitsOf(context, drugs).flatMap((unit) => {
    const next = context.index.units[unit.index + 1];
    return [unit, ...(next?.noteIndex === unit.noteIndex ? [next] : [])].flatMap(
      ({ text }) => GENE_WORD.exec(text)?.[1] ?? [],
    );
  });
  if (beside.length > 0) return [...new Set(beside.map((gene) => gene.toUpperCase()))].slice(0, 2);
  if (!context.question.asked.has('pgx')) return [];
  return [
    ...new Set(context.chart.genotypes.flatMap(({ text }) => GENE_WORD.exec(text)?.[1]?.toUpperCase() ?? [])),
  ].slice(0, 2);
}

function unitsOf(context: DraftContext, subjects: readonly Subject[]): Unit[] {
  return subjects.flatMap((subject) => matchesOf(context.index, subject.forms).map(({ unit }) => unit));
}

/** The sentence that gives the phenotype and the one that says what follows for the drug. */
function noteClaims(context: DraftContext, drugs: readonly Subject[], genes: readonly string[]): DraftClaim[] {
  const about = new Set(unitsOf(context, drugs).map(({ index }) => index));
  const others = new Set(
    [...context.hits, ...context.contextHits]
      .filter(({ subject }) => !drugs.includes(subject))
      .flatMap(({ byUnit }) => [...byUnit.keys()]),
  );
  const scored = context.index.units.map((unit) => {
    const gene = genes.some((name) => unit.text.toUpperCase().includes(name.replace(/\*.*/, '')));
    const drug = about.has(unit.index);
    const phenotype = PHENOTYPE.test(unit.text);
    const advises = ADVICE.test(unit.text);
    const recent = unit.noteIndex / Math.max(1, context.chart.notes.length);
    const other = others.has(unit.index) ? 0.5 : 0;
    return {
      unit,
      result: gene && phenotype ? 2 + (drug ? 1 : 0) + 0.6 * recent + other + (advises ? 0.4 : 0) : 0,
      advice:
        drug && advises
          ? 2 + (gene ? 1 : 0) + (phenotype ? 0.6 : 0) + 0.4 * recent + other
          : gene && advises && phenotype
            ? 1.2 + recent
            : 0,
    };
  });
  const best = (key: 'result' | 'advice', except: Unit | null): Unit | null => {
    const ranked = scored
      .filter((item) => item[key] > 0 && (except === null || !isRepeat(except, item.unit)))
      .sort((a, b) => b[key] - a[key] || b.unit.index - a.unit.index);
    return ranked[0]?.unit ?? null;
  };
  const result = best('result', null);
  const advice = best('advice', result);
  return [result, advice].flatMap((unit) => (unit === null ? [] : [quoted(unit, context, genes)]));
}

function quoted(unit: Unit, context: DraftContext, genes: readonly string[]): DraftClaim {
  const focus = [PHENOTYPE, ADVICE].flatMap((pattern) => {
    const match = pattern.exec(unit.text);
    return match === null ? [] : [{ start: unit.start + match.index, end: unit.start + match.index + match[0].length }];
  });
  for (const gene of genes) {
    const at = unit.text.toUpperCase().indexOf(gene);
    if (at >= 0) focus.push({ start: unit.start + at, end: unit.start + at + gene.length });
  }
  void context;
  const { text, citation } = quoteUnit(unit, focus, 24);
  return { text: `${sourceOf(unit)}: "${text}"`, citations: [citation], polarity: 'quoted' };
}

/** Adds the guideline's advice while words are left, and the phenotype where no note states it. */
function addGuideline(claims: DraftClaim[], advice: readonly TherapyAdvice[], genes: readonly GeneResult[]): void {
  let words = claims.reduce((sum, { text }) => sum + wordCount(text), 0);
  const add = (claim: DraftClaim): void => {
    if (words + wordCount(claim.text) > 58 || claims.length >= 5) return;
    words += wordCount(claim.text);
    claims.unshift(claim);
  };
  for (const { drug, recommendations, summary, citations } of advice) {
    const recommendation = recommendations.find(({ source }) => source === 'CPIC') ?? recommendations[0];
    const [first, ...rest] = citations;
    if (first === undefined) continue;
    add({
      text: inline(shorten(summary, drug)),
      citations: [first, ...rest],
      polarity: 'quoted',
      computed: ['guideline'],
    });
    if (recommendation !== undefined && !PHENOTYPE.test(summary)) addPhenotype(add, recommendation, genes);
  }
}

function addPhenotype(
  add: (claim: DraftClaim) => void,
  recommendation: DrugRecommendation,
  genes: readonly GeneResult[],
): void {
  for (const { gene } of recommendation.genes) {
    const result = genes.find((candidate) => candidate.gene === gene);
    if (result === undefined || result.source.kind !== 'note') continue;
    const evidence: NoteCitation = result.source.evidence;
    const phenotype = result.clinicalPhenotype?.phenotype ?? result.phenotype[0];
    if (phenotype === undefined) continue;
    const diplotype = result.diplotypes[0]?.join('/') ?? '';
    add({
      text: inline(`${gene} ${diplotype}: ${phenotype.toLowerCase()}.`),
      citations: [evidence],
      polarity: 'quoted',
      computed: ['phenotype'],
    });
  }
}

function shorten(summary: string, drug: string): string {
  const words = summary.split(/\s+/);
  const text = words.length <= 26 ? summary : `${words.slice(0, 26).join(' ')} …`;
  return text.toLowerCase().includes(drug.toLowerCase()) ? text : `${drug}: ${text}`;
}
