import type { ClinicalPhenotype, DrugRecommendation, GeneResult, TherapyAction } from '../../domain/pgx.ts';
import { lowersActivity } from '../../pgx/phenoconversion/index.ts';
import { describe } from '../../pgx/reported/index.ts';
import type { ChartIndex } from '../evidence/chart-index.ts';
import { houseDate } from '../text/dates.ts';
import { inline, wordCount } from './wording.ts';

/** Classes of enzyme activity, by the words and abbreviations that notes use for them. */
const CLASSES: readonly (readonly [string, RegExp])[] = [
  ['ultrarapid', /\bultra-?\s?rapid\b|\bUM\b|\bURM\b/],
  ['rapid', /(?<!ultra-?\s?)\brapid (?:metab|acetyl)\w*|\bRM\b/],
  ['normal', /\b(?:normal|extensive) (?:CYP\w+ )?metab\w*|\bnormal function|\bNM\b|\bEM\b/],
  ['intermediate', /\bintermediate (?:CYP\w+ )?(?:metab|acetyl)\w*|\bdecreased function|\bIM\b/],
  ['poor', /\bpoor (?:CYP\w+ )?metab\w*|\bpoor function|\bslow acetyl\w*|\bPM\b/],
];

/** Classes of activity that a text names. */
export function classesIn(text: string): ReadonlySet<string> {
  const lower = text.replace(/\b[A-Z][a-z]+/g, (word) => word.toLowerCase());
  return new Set(CLASSES.flatMap(([name, pattern]) => (pattern.test(lower) ? [name] : [])));
}

/** `normal metabolizer`; names that are no plain words ("*57:01 positive") stay as they are. */
export function plainPhenotype(phenotype: string, britain: boolean): string {
  const plain = /^[A-Z][a-z]/.test(phenotype) ? phenotype.toLowerCase() : phenotype;
  return britain ? plain.replaceAll('metabolizer', 'metaboliser') : plain;
}

/** Whether the chart writes "metaboliser". */
export function isBritish({ units }: ChartIndex): boolean {
  return units.some(({ text }) => /metabolise/i.test(text));
}

/** `CYP2D6 *1/*1: normal metabolizer`, with what drugs make of it now, or made of it then. */
export function phenotypeWords(
  result: GeneResult,
  options: { readonly british: boolean; readonly past: boolean; readonly key?: string },
): string {
  const { british, past, key } = options;
  const say = (phenotype: string): string => plainPhenotype(phenotype, british);
  if (result.gene.startsWith('HLA-')) return `${result.gene}${key ?? result.phenotype.join(', ')}`;
  const alleles = describe({ diplotypes: result.diplotypes, phenotype: [] });
  const phenotype = result.phenotype.map(say).join(' or ');
  if (phenotype.startsWith('-')) return `${result.gene} ${phenotype}${key === undefined ? '' : sensitivity(phenotype)}`;
  if (result.gene === 'F5') return `Factor V Leiden ${zygosity(result.diplotypes[0] ?? [])}`;
  const own = [alleles, phenotype].filter((part) => part !== '').join(': ');
  const changed = changedPhenotype(result, past);
  if (changed === null) return `${result.gene} ${own}`;
  const when = changed === result.clinicalPhenotype ? 'with' : 'while on';
  return `${result.gene} ${own} by genotype, but ${say(changed.phenotype)} ${when} ${perpetrators(changed)}`;
}

/** What the drugs taken now make of a phenotype, or those of the past; null where they leave it as it is. */
export function changedPhenotype(result: GeneResult, past: boolean): ClinicalPhenotype | null {
  const clinical = result.clinicalPhenotype;
  if (clinical !== null && clinical.phenotype !== result.phenotype.join(' or ')) return clinical;
  return past ? (result.formerPhenotype ?? null) : null;
}

function zygosity(alleles: readonly string[]): string {
  const carried = alleles.filter((allele) => /leiden/i.test(allele)).length;
  return ['not found', 'heterozygous', 'homozygous'][carried] ?? '';
}

/** Warfarin sensitivity by VKORC1 -1639, as the FDA's label and CPIC group it. */
function sensitivity(genotype: string): string {
  const grade = { AA: 'high', AG: 'intermediate', GG: 'normal' }[genotype.replace(/^-1639 /, '')];
  return grade === undefined ? '' : ` (${grade} warfarin sensitivity)`;
}

/** `bupropion (strong inhibitor)`, two at most. */
function perpetrators(clinical: ClinicalPhenotype): string {
  const inhibitors = clinical.perpetrators.filter(lowersActivity);
  const strongest = inhibitors[0];
  if (strongest === undefined) return clinical.perpetrators.map(({ drug }) => drug).join(' and ');
  const unsure = strongest.verified ? '' : ', unverified';
  return `${inhibitors
    .slice(0, 2)
    .map(({ drug }) => drug)
    .join(' and ')} (${strongest.strength} inhibitor${unsure})`;
}

/** `(CPIC 2026-08-14, strong)`. */
export function strengthWords({ source, classification, release }: DrugRecommendation): string {
  const short = /\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?/.exec(release)?.[0] ?? release;
  const dated = `${source} ${short}`;
  const isStated = classification !== null && !/^n\/?a$/i.test(classification) && source === 'CPIC';
  return isStated ? `(${dated}, ${classification.toLowerCase()})` : `(${dated})`;
}

const CHANGE =
  /\b(alternative\w*|another|consider|choose|select|avoid|reduc\w+|decreas\w+|lower|increas\w+|limit|caution|contraindicated|not recommended|do not use|calculate|not be used)\b|\d ?%|≤/i;

/** Beginning of a guideline's advice from its first sentence that changes anything, whole sentences where they fit, never more than `most` words. */
export function adviceWords(text: string, most: number, action: TherapyAction): string {
  const all = inline(text).split(/(?<=[.;])\s+(?=[A-Z])/);
  const change = action === 'critical' || action === 'warning' ? all.findIndex((sentence) => CHANGE.test(sentence)) : 0;
  const sentences = all.slice(Math.max(0, change));
  let taken = '';
  for (const sentence of sentences) {
    const next = taken === '' ? sentence : `${taken} ${sentence}`;
    if (wordCount(next) > most) break;
    taken = next;
  }
  return (taken === '' ? clause(sentences[0] ?? '', most) : taken).replace(/[.;,\s]+$/, '');
}

/** A long sentence up to its last clause border that fits. */
function clause(sentence: string, most: number): string {
  const words = sentence.split(' ');
  const head = words.slice(0, most);
  for (let length = head.length; length > 5; length--) {
    const [last, next] = [head[length - 1]!, words[length] ?? ''];
    if (/[,;:)]$/.test(last) || /^(because|due|based|particularly|unless|\(|and|if)/i.test(next))
      return `${head.slice(0, length).join(' ')} …`;
  }
  return `${head.join(' ')} …`;
}

/** ISO days of a chart item's words in the house's form. */
export function withHouseDates(text: string): string {
  return text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => houseDate(day));
}
