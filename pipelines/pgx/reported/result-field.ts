import type { PgxRules } from '../rules.ts';
import { NOT_APPLICABLE, normaliseScore } from '../phenotyper/index.ts';
import { nameAllele, splitDiplotype } from './allele-names.ts';
import { readFreeText } from './free-text.ts';
import { GENES, findGenes } from './lexicon.ts';
import { readPhenotype } from './phenotype-words.ts';
import { unknownAllele } from './reading-warnings.ts';
import type { ReportedFinding } from './types.ts';

/** Upper-case symbol of a gene however it is written in a field of its own; the words themselves where it is not known. */
export function readGeneName(words: string): string {
  const trimmed = words.trim();
  const bare = trimmed.toUpperCase();
  if (GENES.bareEnzymes.includes(bare)) return `CYP${bare}`;
  const [mention] = findGenes(trimmed);
  return mention !== undefined && mention.start === 0 ? mention.gene : trimmed.toUpperCase();
}

/** Fields of one line of a report; each may be missing. */
export interface ResultFields {
  readonly gene: string;
  readonly diplotype?: string | undefined;
  readonly phenotype?: string | undefined;
  readonly activityScore?: string | undefined;
}

/** Reads the fields of one gene in a table, an "outside call" line, or an observation. */
export function readFields(rules: PgxRules, fields: ResultFields): ReportedFinding {
  const gene = readGeneName(fields.gene);
  const reported = [fields.diplotype, fields.phenotype, fields.activityScore]
    .filter((f) => f !== undefined && f.trim() !== '')
    .join(' ');
  const genotype = readDiplotypeField(rules, gene, fields.diplotype?.trim() ?? '');
  const phenotype = readPhenotypeField(rules, gene, fields.phenotype?.trim() ?? '');
  const score = fields.activityScore?.trim() ?? '';
  const activityScore = score === '' ? null : (normaliseScore(score) ?? NOT_APPLICABLE);
  return {
    gene,
    reported,
    range: null,
    alleles: genotype.alleles,
    lookupAlleles: genotype.lookupAlleles,
    phenotypes: phenotype.phenotypes.length > 0 ? phenotype.phenotypes : genotype.phenotypes,
    activityScore: activityScore ?? genotype.activityScore,
    statuses: [...genotype.statuses, ...phenotype.statuses],
    partial: genotype.partial,
    warnings: [...genotype.warnings, ...phenotype.warnings],
  };
}

type Part = Pick<
  ReportedFinding,
  'alleles' | 'lookupAlleles' | 'phenotypes' | 'activityScore' | 'statuses' | 'partial' | 'warnings'
>;

const NOTHING: Part = {
  alleles: null,
  lookupAlleles: null,
  phenotypes: [],
  activityScore: null,
  statuses: [],
  partial: false,
  warnings: [],
};

/**
 * A result in one field: names of one or two alleles, and if they are not all known, the same words read as free text
 * ("*3A het", "521TC", "57:01 pos").
 */
function readDiplotypeField(rules: PgxRules, gene: string, field: string): Part {
  if (field === '') return NOTHING;
  const words = stripGene(gene, field);
  const parts = splitDiplotype(words);
  const named = parts.map((part) => nameAllele(rules, gene, part));
  const plausible = parts.length <= 2 && (rules.genes.has(gene) || gene.startsWith('HLA-'));
  if (plausible && named.every((allele) => allele.known)) return allelePart(rules, gene, named);
  const read = readFreeText(rules, `${gene} ${words}`).findings.filter((finding) => finding.gene === gene);
  const [first] = read;
  if (first !== undefined && !first.partial) return { ...first, statuses: read.flatMap((finding) => finding.statuses) };
  if (plausible && looksLikeAlleles(parts)) return allelePart(rules, gene, named);
  if (first !== undefined) return { ...first };
  return { ...NOTHING, warnings: [notUnderstood(gene)] };
}

function allelePart(rules: PgxRules, gene: string, named: readonly ReturnType<typeof nameAllele>[]): Part {
  const unknown = named.filter((allele) => !allele.known);
  return {
    ...NOTHING,
    alleles: named.map((allele) => allele.name),
    lookupAlleles: named.map((allele) => allele.lookup),
    warnings: unknown.map((allele) => unknownAllele(gene, allele.name, rules.release)),
  };
}

function looksLikeAlleles(parts: readonly string[]): boolean {
  return parts.length > 0 && parts.every((part) => /\d|reference|wild/i.test(part) && part.length <= 60);
}

/** Takes the gene's own name off the front: `HLA-B*57:01/HLA-B*07:02`, `CYP2D6 *1/*4`, `hla#3.33.0#HLA-B*08:01/…`. */
function stripGene(gene: string, field: string): string {
  const bare = field.replace(/^hla#[\d.]+#/i, '');
  const escaped = gene.replace(/[-/\\^$*+?.()|[\]{}]/g, '\\$&');
  return bare.replace(new RegExp(`(^|[/|])\\s*${escaped}(?![A-Za-z0-9])[\\s:]*`, 'gi'), '$1').trim();
}

function readPhenotypeField(
  rules: PgxRules,
  gene: string,
  field: string,
): Pick<Part, 'phenotypes' | 'statuses' | 'warnings'> {
  if (field === '') return NOTHING;
  if (gene.startsWith('HLA-')) {
    const statuses = readFreeText(rules, `${gene} ${stripGene(gene, field)}`).findings.flatMap(
      (finding) => finding.statuses,
    );
    return statuses.length > 0 ? { ...NOTHING, statuses } : { ...NOTHING, warnings: [notUnderstood(gene)] };
  }
  const phenotypes = readPhenotype(gene, rules.genes.get(gene) ?? null, stripGene(gene, field));
  if (phenotypes.length > 0) return { ...NOTHING, phenotypes };
  const read = readFreeText(rules, `${gene} ${stripGene(gene, field)}`).findings.find(
    (finding) => finding.gene === gene,
  );
  if (read !== undefined && read.phenotypes.length > 0) return { ...NOTHING, phenotypes: read.phenotypes };
  return { ...NOTHING, warnings: [notUnderstood(gene)] };
}

function notUnderstood(gene: string): { code: string; message: string } {
  return {
    code: 'RESULT_NOT_UNDERSTOOD',
    message: `The ${gene} result could not be read; it is shown as reported and not used.`,
  };
}

/**
 * Reads one call, `{gene, result}`: a diplotype, a phenotype, a score, or an allele status.
 */
export function readCall(rules: PgxRules, gene: string, result: string): ReportedFinding {
  const symbol = readGeneName(gene);
  const words = stripGene(symbol, result.trim());
  const scoreOnly = /^(?:activity\s+score|AS|score)?\s*[:=]?\s*((?:≥|>=|>)?\s*\d+(?:[.,]\d+)?)$/i.exec(words);
  const finding =
    scoreOnly?.[1] !== undefined
      ? readFields(rules, { gene: symbol, activityScore: scoreOnly[1] })
      : readPhenotype(symbol, rules.genes.get(symbol) ?? null, words).length > 0
        ? readFields(rules, { gene: symbol, phenotype: words })
        : readFields(rules, { gene: symbol, diplotype: words });
  return { ...finding, reported: result };
}

/** Reads lines of "gene, diplotype, phenotype, activity score" between tabs; comments and headings are passed over. */
export function readOutsideCalls(rules: PgxRules, text: string): readonly ReportedFinding[] {
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [gene = '', diplotype, phenotype, activityScore] = line.split('\t');
    if (gene.trim() === '' || /^genes?$/i.test(gene.trim())) return [];
    return [readFields(rules, { gene, diplotype, phenotype, activityScore })];
  });
}

/** Whether every line that is not empty has a known gene and a tab: the layout that `readOutsideCalls` reads. */
export function isOutsideCallFile(rules: PgxRules, text: string): boolean {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#') && !/^genes?\t/i.test(line));
  const isCall = (line: string): boolean => {
    const [gene = '', ...rest] = line.split('\t');
    return rest.length > 0 && rest.length <= 3 && (rules.genes.has(readGeneName(gene)) || gene.startsWith('HLA-'));
  };
  return lines.length > 0 && lines.every(isCall);
}
