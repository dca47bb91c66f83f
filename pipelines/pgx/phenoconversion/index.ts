import type { ClinicalPhenotype, GeneResult, Perpetrator } from '../../domain/pgx.ts';
import { formatScore, parseScore, phenotypeOfScore, scoresOfPhenotype } from '../phenotyper/index.ts';
import type { GeneRules, PerpetratorRule, PgxRules } from '../rules.ts';

/** A drug taken now, under its generic name, with the words of the chart that say so. */
export interface CurrentDrug {
  readonly name: string;
  readonly ingredients: readonly string[];
  readonly evidence?: Perpetrator['evidence'];
}

/**
 * How each strength changes the activity score, by CPIC's CYP2D6 guidelines: strong inhibitors leave none, moderate ones
 * half, weak ones all. The strongest counts once.
 */
const SCORE_FACTOR = { strong: 0, moderate: 0.5, weak: 1, 'not graded': 1 } as const;

/** For genes without such a rule the step is common practice (Cicali 2020), not a guideline's. */
const STEP_DOWN: Readonly<Record<string, string>> = {
  'Ultrarapid Metabolizer': 'Normal Metabolizer',
  'Rapid Metabolizer': 'Normal Metabolizer',
  'Normal Metabolizer': 'Intermediate Metabolizer',
  'Likely Intermediate Metabolizer': 'Poor Metabolizer',
  'Intermediate Metabolizer': 'Poor Metabolizer',
  'Likely Poor Metabolizer': 'Poor Metabolizer',
  'Poor Metabolizer': 'Poor Metabolizer',
};

const RANK = { strong: 3, moderate: 2, weak: 1, 'not graded': 0 } as const;

/** Genes whose perpetrators are listed under another name. */
const ENZYME_OF_GENE: Readonly<Record<string, string>> = { CYP3A4: 'CYP3A', CYP3A5: 'CYP3A' };

/** Days after which the enzyme is back, where the drug or its metabolite stays long. */
const SLOW_WASHOUT: Readonly<Record<string, string>> = {
  fluoxetine: 'up to 5 weeks, because norfluoxetine stays long',
};

/**
 * The perpetrators of a gene's enzyme among the drugs taken now, strongest first. Where sources disagree on a strength the
 * first of the release counts (regulators' tables before older compilations), and the row keeps the disagreement.
 */
export function perpetratorsOf(rules: PgxRules, gene: string, drugs: readonly CurrentDrug[]): readonly Perpetrator[] {
  const enzyme = ENZYME_OF_GENE[gene] ?? gene;
  const found = drugs.flatMap((drug) => {
    const names = new Set([drug.name, ...drug.ingredients].map((name) => name.toLowerCase()));
    return [...names].flatMap((name) => {
      const rule = rules.perpetrators.find((row) => row.enzyme === enzyme && row.drug === name && isGraded(row));
      return rule === undefined ? ungraded(rules, enzyme, name, drug) : [toPerpetrator(rule, drug)];
    });
  });
  return found.sort((a, b) => RANK[b.strength] - RANK[a.strength]);
}

/** A drug that a source lists for the enzyme without a strength: it is named, marked as not verified, and changes nothing. */
function ungraded(rules: PgxRules, enzyme: string, name: string, drug: CurrentDrug): readonly Perpetrator[] {
  const row = rules.perpetrators.find((one) => one.enzyme === enzyme && one.drug === name);
  if (row === undefined) return [];
  return [{ ...toPerpetrator(row, drug), strength: 'not graded', verified: false }];
}

/** Whether a perpetrator lowers the activity that a phenotype is read from: a moderate or strong inhibitor. */
export function lowersActivity({ effect, strength }: Perpetrator): boolean {
  return effect === 'inhibitor' && (strength === 'strong' || strength === 'moderate');
}

function isGraded(row: PerpetratorRule): row is PerpetratorRule & { readonly strength: Perpetrator['strength'] } {
  return row.strength !== 'unspecified';
}

function toPerpetrator(rule: PerpetratorRule, drug: CurrentDrug): Perpetrator {
  const conflict = rule.conflict === null ? '' : ` (sources disagree: ${rule.conflict.replace('|', ' or ')})`;
  return {
    drug: rule.drug,
    effect: rule.effect,
    strength: rule.strength as Perpetrator['strength'],
    verified: rule.verified,
    source: `${rule.source}${conflict}`,
    ...(drug.evidence === undefined ? {} : { evidence: drug.evidence }),
  };
}

/** Effect of an inhibitor on an activity score: CPIC's rule for CYP2D6. */
export function adjustScore(score: string, strength: Perpetrator['strength'] | 'none'): string {
  const parsed = parseScore(score);
  if (parsed === null || strength === 'none' || strength === 'weak' || strength === 'not graded') return score;
  const value = parsed.value * SCORE_FACTOR[strength];
  return formatScore(value, parsed.atLeast && value > 0);
}

/** Phenotype of an adjusted score; a lower bound is read at its bound, because the drug's effect is at least this strong. */
export function phenotypeOfAdjusted(gene: GeneRules, score: string): string {
  return phenotypeOfScore(gene, score.replace(/^≥/, ''));
}

/**
 * The phenotype that the drugs taken now leave of a genotype.
 *
 * @param result - Result by genotype; of several scores or phenotypes each is converted.
 * @param exclude - The drug that advice is given on: a guideline for it has its own inhibition in its figures already.
 * @returns Null where no perpetrator is taken or the gene's phenotype is not known.
 */
export function convert(
  rules: PgxRules,
  result: GeneResult,
  drugs: readonly CurrentDrug[],
  exclude?: string,
): ClinicalPhenotype | null {
  const gene = rules.genes.get(result.gene);
  const others = drugs.filter((drug) => exclude === undefined || !namesOf(drug).includes(exclude.toLowerCase()));
  const perpetrators = perpetratorsOf(rules, result.gene, others);
  if (gene === undefined || perpetrators.length === 0 || result.phenotype.length === 0) return null;
  const strongest = perpetrators.find(({ effect, strength }) => effect === 'inhibitor' && strength !== 'not graded');
  const genotype = result.phenotype.join(' or ');
  if (strongest === undefined) {
    return {
      phenotype: genotype,
      activityScore: result.activityScore[0] ?? null,
      perpetrators,
      whatIf: [...inducersSaid(result.gene, perpetrators), ...ungradedSaid(result.gene, perpetrators)],
    };
  }
  const converted = convertBy(gene, result, strongest.strength);
  if (converted === null) return null;
  const back = perpetrators.filter(lowersActivity);
  const changes = converted.phenotype !== genotype;
  return {
    ...converted,
    perpetrators,
    whatIf: [
      ...(changes ? whatIf(back, genotype) : []),
      ...inducersSaid(result.gene, perpetrators),
      ...ungradedSaid(result.gene, perpetrators),
      ...unsure(gene, strongest),
    ],
  };
}

function namesOf(drug: CurrentDrug): readonly string[] {
  return [drug.name, ...drug.ingredients].map((name) => name.toLowerCase());
}

type Converted = Pick<ClinicalPhenotype, 'phenotype' | 'activityScore'>;

function convertBy(gene: GeneRules, result: GeneResult, strength: Perpetrator['strength']): Converted | null {
  if (gene.phenotypeRule.kind === 'score') return convertScores(gene, result, strength);
  if (strength === 'weak')
    return { phenotype: result.phenotype.join(' or '), activityScore: result.activityScore[0] ?? null };
  const steps = result.phenotype.map((phenotype) =>
    strength === 'strong' && STEP_DOWN[phenotype] !== undefined ? 'Poor Metabolizer' : STEP_DOWN[phenotype],
  );
  if (steps.includes(undefined)) return null;
  return { phenotype: [...new Set(steps)].join(' or '), activityScore: null };
}

function convertScores(gene: GeneRules, result: GeneResult, strength: Perpetrator['strength']): Converted | null {
  const known = result.activityScore.filter((score) => parseScore(score) !== null);
  const scores = known.length > 0 ? known : result.phenotype.flatMap((phenotype) => scoresOfPhenotype(gene, phenotype));
  if (scores.length === 0) return null;
  const adjusted = [...new Set(scores.map((score) => adjustScore(score, strength)))];
  const phenotypes = [...new Set(adjusted.map((score) => phenotypeOfAdjusted(gene, score)))];
  return { phenotype: phenotypes.join(' or '), activityScore: adjusted.length === 1 ? (adjusted[0] ?? null) : null };
}

/** What would be without the drugs; never an order to stop one. */
function whatIf(inhibitors: readonly Perpetrator[], genotype: string): readonly string[] {
  const names = inhibitors.map((perpetrator) => perpetrator.drug);
  const slow = names.map((name) => SLOW_WASHOUT[name]).find((text) => text !== undefined);
  const washout = slow === undefined ? 'after washout' : `after washout (${slow})`;
  return [`without ${names.join(' and ')}: returns to ${genotype.toLowerCase()} ${washout}`];
}

function inducersSaid(gene: string, perpetrators: readonly Perpetrator[]): readonly string[] {
  const inducers = perpetrators
    .filter(({ effect, strength }) => effect === 'inducer' && strength !== 'not graded')
    .map((p) => p.drug);
  if (inducers.length === 0) return [];
  return [
    `${inducers.join(' and ')} may raise ${gene} activity above what the genotype predicts; no guideline converts the phenotype for that`,
  ];
}

function ungradedSaid(gene: string, perpetrators: readonly Perpetrator[]): readonly string[] {
  const named = perpetrators.filter(({ strength }) => strength === 'not graded');
  return named.map(
    ({ drug, effect }) =>
      `${drug} is listed as an ${effect} of ${gene} without a strength; the phenotype is not changed for it`,
  );
}

function unsure(gene: GeneRules, strongest: Perpetrator): readonly string[] {
  const rule =
    gene.phenotypeRule.kind === 'score'
      ? []
      : [`for ${gene.gene} the conversion is common practice, not a rule of a guideline`];
  const source = strongest.verified ? [] : [`the strength of ${strongest.drug} is not verified against its source`];
  return [...rule, ...source];
}
