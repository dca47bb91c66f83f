import type { TextRange } from '../../../domain/span.ts';
import words from '../../../rules/genotype-mentions/1/words.json' with { type: 'json' };

/** Signs what this reader found. */
export const GENOTYPE_RULES = 'genotype-mentions/1';

const oneOf = (list: readonly string[]): string =>
  [...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s'))
    .join('|');

const GENE = `(?:${oneOf(words.genes)})`;
const RESULT = `(?:${oneOf(words.results)})`;
const PHENOTYPE = `(?:${oneOf(words.phenotypes)})(?:\\sstatus)?`;
const STAR = String.raw`\*\d{1,3}[A-Z]?(?:\.\d{3})?(?:\s?x\s?(?:\d|N)|xN)?(?:\s?\+\s?\*\d{1,3}[A-Z]?)?`;
const DIPLOTYPE = `${STAR}(?:\\s?/\\s?${STAR})?`;
const HLA_ALLELE = String.raw`\*\d{2,3}(?::\d{2,3}){1,3}`;
const VARIANT = String.raw`(?:c\.-?\d+(?:[+-]\d+)?(?:_\d+)?(?:[ACGT]\s?>\s?[ACGT]|del[ACGT]*|dup[ACGT]*|ins[ACGT]+)|rs\d{3,}|-?\d{2,5}\s?[ACGT]\s?>\s?[ACGT]|[A-Z]\d{2,4}[A-Z]|HapB3)`;
const BASES = String.raw`(?:[ACGT]\s?/\s?[ACGT]|[ACGT]{2}|G[12]/G[0-2]|[εe]?[234]/[εe]?[234])`;
const BETWEEN = String.raw`(?:\s?[:=|]\s?|,?\s{1,5}(?:genotype\s|diplotype\s|allele\s|is\s|result\s)?)`;
const ZYGOSITY = String.raw`(?:\s?\(?(?:heterozygous|homozygous|het|hom)\)?|,?\s(?:${oneOf(words.results)}))`;

/** The forms a statement of a genotype takes, from the most to the least specific. */
const FORMS: readonly RegExp[] = [
  `(?:HLA-)?[ABC]${HLA_ALLELE}(?:\\s?:?\\s?(?:${oneOf(words.results)}))?`,
  `${GENE}${BETWEEN}?${DIPLOTYPE}${ZYGOSITY}?`,
  `${GENE}${BETWEEN}${VARIANT}(?:\\s?:?\\s?${BASES})?${ZYGOSITY}?`,
  `${GENE}${BETWEEN}(?:${BASES}|${PHENOTYPE}|${RESULT})`,
  `(?:rs\\d{3,}|HapB3|c\\.\\d+(?:[+-]\\d+)?[ACGT]>[ACGT])(?:\\s?:?\\s?${BASES})?${ZYGOSITY}?`,
  `(?:${oneOf(words.standalone)})(?:\\s?:?\\s?(?:${oneOf(words.results)}))?`,
  `${RESULT}\\s(?:for\\s)?(?:HLA-[ABC]${HLA_ALLELE}|${oneOf(words.standalone)})`,
  `${STAR}\\s?/\\s?${STAR}`,
].map((form) => new RegExp(`(?<![\\p{L}\\p{N}*])${form}(?![\\p{L}\\p{N}*]|/\\*)`, 'giu'));

/**
 * Finds statements of genotypes by their form: gene with star alleles, variant, zygosity or phenotype; HLA alleles; named
 * variants. It knows notations that the model has not seen; it reads no meaning.
 *
 * @returns Ranges in order, without overlap; of two that overlap the longer one.
 */
export function findGenotypes(text: string): TextRange[] {
  const found = FORMS.flatMap((form) =>
    [...text.matchAll(form)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  ).filter(({ start, end }) => !text.slice(start, end).includes('\n'));
  found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: TextRange[] = [];
  for (const range of found) {
    if (kept.every((other) => range.end <= other.start || other.end <= range.start)) kept.push(range);
  }
  return kept.sort((a, b) => a.start - b.start);
}
