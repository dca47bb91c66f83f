import type {
  Citation,
  DrugRecommendationView,
  GeneResultView,
  PgxResponse,
  TherapyAdviceView,
} from '#server/contract/index.ts';
import { formatDate } from './dates.ts';

type Source = GeneResultView['source'];

/** Genes that have some result, by name. */
export function calledGenes(report: Pick<PgxResponse, 'genes'>): GeneResultView[] {
  return report.genes
    .filter((gene) => gene.diplotypes.length + gene.components.length + gene.phenotype.length > 0)
    .sort((a, b) => a.gene.localeCompare(b.gene));
}

/** Genes that were looked for and have no result, by name. */
export function uncalledGenes(report: Pick<PgxResponse, 'genes'>): GeneResultView[] {
  const called = new Set(calledGenes(report));
  return report.genes.filter((gene) => !called.has(gene)).sort((a, b) => a.gene.localeCompare(b.gene));
}

/** `*4/*5`, ties joined by "or"; components where the gene is called by lowest function. */
export function diplotypeWords(gene: Pick<GeneResultView, 'diplotypes' | 'components'>): string {
  const pairs = gene.diplotypes.map((pair) => pair.join('/'));
  const words = pairs.length > 0 ? pairs.join(' or ') : gene.components.join(' + ');
  return words || 'not stated';
}

/** Phenotype by genotype, then what it is with the medicines taken now. */
export function phenotypeWords(gene: GeneResultView): string {
  const genetic = gene.phenotype.join(' or ') || 'not determined';
  const clinical = gene.clinicalPhenotype;
  if (!clinical || gene.phenotype.includes(clinical.phenotype)) return genetic;
  const drugs = clinical.perpetrators.map(({ drug }) => drug).join(', ');
  return `${genetic} → ${clinical.phenotype}${drugs ? ` (with ${drugs})` : ''}`;
}

/** Where a gene's result comes from, in words. */
export function sourceWords(source: Source): string {
  switch (source.kind) {
    case 'vcf':
      return `VCF ${source.file}${source.sample ? `, sample ${source.sample}` : ''}`;
    case 'report':
      return `report ${source.file}`;
    case 'fhir':
      return `FHIR ${source.resource}`;
    case 'note':
      return `note of ${formatDate(source.date)}`;
    case 'given':
      return 'given';
  }
}

/** The words of the note that give a result; undefined for results from files. */
export function sourceCitation(source: Source): Citation | undefined {
  return source.kind === 'note' ? source.evidence : undefined;
}

export interface ActionWords {
  readonly text: string;
  readonly tone: 'danger' | 'look' | 'quiet';
}

/** How a medicine stands, in words; "no action needed" is quiet text, not praise. */
export function actionWords(action: TherapyAdviceView['action']): ActionWords {
  if (action === 'critical') return { text: 'critical', tone: 'danger' };
  if (action === 'warning') return { text: 'look', tone: 'look' };
  return action === 'none' ? { text: 'no action needed', tone: 'quiet' } : { text: 'not assessed', tone: 'quiet' };
}

const ORDER: readonly TherapyAdviceView['action'][] = ['critical', 'warning', 'none', 'not-assessed'];

/** Advice by urgency; within it, medicines taken now first, then by name. */
export function sortAdvice(advice: readonly TherapyAdviceView[]): TherapyAdviceView[] {
  return [...advice].sort(
    (a, b) =>
      ORDER.indexOf(a.action) - ORDER.indexOf(b.action) ||
      Number(b.current) - Number(a.current) ||
      a.drug.localeCompare(b.drug),
  );
}

/** Genes that bear on a medicine, each once. */
export function genesOf(recommendations: readonly DrugRecommendationView[]): string[] {
  return [...new Set(recommendations.flatMap(({ genes }) => genes.map(({ gene }) => gene)))].sort();
}

/** What a recommendation asks for, by the guideline's own flags. */
export function flagWords({ flags }: Pick<DrugRecommendationView, 'flags'>): string {
  const words = [
    flags.alternativeDrug && 'another drug',
    flags.changeDose && 'change of dose',
    flags.otherGuidance && 'other guidance',
  ];
  return words.filter(Boolean).join(', ');
}

/** Guideline, strength and release in one line, the guideline's name once. */
export function strengthWords(one: Pick<DrugRecommendationView, 'source' | 'classification' | 'release'>): string {
  const release = one.release.startsWith(one.source) ? one.release.slice(one.source.length).trim() : one.release;
  return [one.source, one.classification?.toLowerCase(), release && `release ${release}`].filter(Boolean).join(' · ');
}
