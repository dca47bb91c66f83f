import type { TextRange } from '../../domain/span.ts';
import { CONTEXT } from './lexicon.ts';
import { LONE_DEGREE, LONE_DEGREE_ANY_CASE, isPlural, phenotypePattern } from './phenotype-words.ts';

/** Something that a report says about a gene, with its place in the whole text. */
export interface Token extends TextRange {
  readonly text: string;
}

const atom =
  '(?:\\*|[Ss]tar[\\s-]?)\\s?\\d{1,3}(?!\\d|:\\d)[A-Za-z]?(?![A-Za-z])(?:\\.\\d{3})?(?:\\s?[x×X]\\s?(?:N\\b|n\\b|[≥>]=?\\s?\\d+|\\d+))?';
const looseAtom = atom.replace('(?:\\*|[Ss]tar[\\s-]?)', '(?:\\*|[Ss]tar[\\s-]?)?');
const counted = atom.replace('[A-Za-z]?(?![A-Za-z])', '(?:[A-WYZa-wyz](?![A-Za-z]))?');
const unit = (source: string): string => `(?:\\(${source}\\)|\\[${source}\\]|${source})(?:\\s?[x×]\\s?\\d+)?`;
const haplotype = (source: string): string =>
  `${unit(source)}(?:\\s?\\+\\s?${unit(looseAtom.replace('[A-Za-z]?(?![A-Za-z])', '(?:[A-WYZa-wyz](?![A-Za-z]))?'))})*`;
const looseCounted = counted.replace('(?:\\*|[Ss]tar[\\s-]?)', '(?:\\*|[Ss]tar[\\s-]?)?');

const DIPLOTYPE = new RegExp(
  `(${haplotype(counted)})\\s{0,3}[/|]\\s{0,3}(${haplotype(looseCounted)})(?!\\d|:\\d)`,
  'g',
);
const DIPLOTYPE_IN_WORDS = new RegExp(
  `(${haplotype(counted)})\\s+(?:and|&)\\s+(?:a\\s+)?(${haplotype(counted)})(?!\\d|:\\d)`,
  'g',
);
const STAR = new RegExp(haplotype(counted), 'g');
const VARIANT = new RegExp(
  [
    'IVS14\\s?\\+\\s?1\\s?G\\s?>\\s?A',
    '(?:[cgm]\\.\\s?)?\\*?-?\\d{1,6}(?:[+-]\\d+)?\\s?[ACGT]\\s?>\\s?[ACGT]',
    '[cm]\\.\\d+(?:_\\d+)?(?:del|dup|ins)[ACGT]*',
    'p\\.[A-Z][a-z]{2}\\d+(?:[A-Z][a-z]{2}|del|\\*)',
    '(?<![A-Za-z0-9])[A-Z]-?\\d{2,5}(?:[A-Z]|del)(?![A-Za-z0-9])',
    '(?<![A-Za-z0-9])(?:delta\\s?|Δ|d)F508(?:del)?',
    '(?<![A-Za-z])HapB3(?![A-Za-z])',
    'rs\\d{3,}',
    '(?<![\\w.])-?(?:1639|521|421|516)(?=\\s*[:=]?\\s*\\(?[ACGT]\\s?[/|]?\\s?[ACGT](?![A-Za-z]))',
  ].join('|'),
  'g',
);
const REPEATS =
  /\(?TA\)?\s?\(?n?\)?([5-8])\s?\/\s?\(?(?:TA)?\)?\s?([5-8])|(?<![\d/])([5-8])\s?TA\s?\/\s?([5-8])\s?TA/gi;
const HLA_ALLELE = /(?<![\d:/.])\*?\s?(\d{2}):?(\d{2})(?::\d{2,3}){0,2}[A-Z]?(?!\d|:\d)/g;
const SCORE =
  /\b(?:activity\s+(?:score|value)|AS|score)\s*(?:\([^)]*\)\s*)?(?:of|is|was|at|[=:])*\s*\(?((?:≥|>=|>)?\s?\d(?:[.,]\d{1,3})?)(?![\d/%-])/gi;
const ZYGOSITY =
  /(?<![A-Za-z])(compound\s+het\w*|het(?:ero(?:zyg(?:ous|ote|osity|ously))?)?|hom(?:o(?:zyg(?:ous|ote|osity|ously))?)?|hemi(?:zyg(?:ous|ote))?|(?:one|single|1)\s+cop(?:y|ies)|(?:two|2)\s+copies)(?![A-Za-z])/i;
const WILD_TYPE =
  /(?<![A-Za-z])(?:wild[\s-]?type|WT|no\s+(?:(?:pathogenic|reportable|actionable|deleterious|known|clinically significant|relevant|DPYD)\s+)*(?:variants?|mutations?)(?:\s+(?:were\s+|was\s+)?(?:detected|identified|found|present|seen))?)(?![A-Za-z])/gi;
const NEGATIVE =
  /(?<![A-Za-z])(?:not\s+(?:detected|present|identified|found|seen|a\s+carrier)|undetected|negative|neg|absent|non-?carrier)(?![A-Za-z])/i;
const POSITIVE =
  /(?<![A-Za-z])(?:positive|pos|detected|present|identified|found|carrier|carried)(?![A-Za-z])|^\s?\+(?![\w*])|(?<=\s)\+(?=\s|$|[.,;)])|(?<=[\d\w])\s?\(\+\)/i;
const GENOTYPE_LETTERS =
  /^[\s:=,(\-–|]*(?:(?:genotype|is|was|result|variant|polymorphism)[\s:=]*)*([ACGT])\s?[/|]?\s?([ACGT])(?![A-Za-z>])/;

function tokensOf(pattern: RegExp, text: string, from: number, to: number): readonly Token[] {
  return [...text.slice(from, to).matchAll(pattern)].map((match) => ({
    text: match[0],
    start: from + match.index,
    end: from + match.index + match[0].length,
  }));
}

export interface DiplotypeToken extends Token {
  readonly haplotypes: readonly [string, string];
}

/** Pairs of star alleles: `*1x2/*4`, `*36+*10 / *1`, `*1 and *17`. */
export function diplotypes(text: string, from: number, to: number): readonly DiplotypeToken[] {
  const slice = text.slice(from, to);
  const found = [...slice.matchAll(DIPLOTYPE), ...slice.matchAll(DIPLOTYPE_IN_WORDS)].map((match) => ({
    text: match[0],
    start: from + match.index,
    end: from + match.index + match[0].length,
    haplotypes: [match[1] ?? '', match[2] ?? ''] as const,
  }));
  return found.sort((a, b) => a.start - b.start);
}

/** TA repeats of the UGT1A1 promoter: `TA7/TA7`, `(TA)6/7`. */
export function repeats(text: string, from: number, to: number): readonly DiplotypeToken[] {
  return [...text.slice(from, to).matchAll(REPEATS)].map((match) => {
    const [first, second] = [match[1] ?? match[3] ?? '', match[2] ?? match[4] ?? ''];
    const start = from + match.index;
    return { text: match[0], start, end: start + match[0].length, haplotypes: [`TA${first}`, `TA${second}`] };
  });
}

export const starAlleles = (text: string, from: number, to: number): readonly Token[] => tokensOf(STAR, text, from, to);
export const variants = (text: string, from: number, to: number): readonly Token[] => tokensOf(VARIANT, text, from, to);
export const hlaAlleles = (text: string, from: number, to: number): readonly Token[] =>
  tokensOf(HLA_ALLELE, text, from, to);
export const wildTypes = (text: string, from: number, to: number): readonly Token[] =>
  tokensOf(WILD_TYPE, text, from, to);

/** The first activity score and the words that hold it. */
export function activityScore(text: string, from: number, to: number): (Token & { readonly score: string }) | null {
  for (const match of text.slice(from, to).matchAll(SCORE)) {
    const start = from + match.index;
    return {
      text: match[0],
      start,
      end: start + match[0].length,
      score: (match[1] ?? '').replace('>', '≥').replace('≥=', '≥'),
    };
  }
  return null;
}

export type Zygosity = 'heterozygous' | 'homozygous' | 'hemizygous';

/** What a few words say of the number of copies. */
export function zygosity(words: string): Zygosity | null {
  const match = ZYGOSITY.exec(words)?.[1]?.toLowerCase();
  if (match === undefined) return null;
  if (match.startsWith('hemi')) return 'hemizygous';
  return /^(?:hom|two|2)/.test(match) ? 'homozygous' : 'heterozygous';
}

/** Whether a few words say that the allele is there, or that it is not; null where they say neither. */
export function presence(words: string): 'positive' | 'negative' | null {
  const negative = NEGATIVE.exec(words);
  const positive = POSITIVE.exec(words);
  if (negative !== null && (positive === null || negative.index <= positive.index)) return 'negative';
  return positive === null ? null : 'positive';
}

/** Two bases directly after a variant: `TC`, `A/A`, `genotype C|T`. */
export function genotypeLetters(words: string): readonly [string, string] | null {
  const match = GENOTYPE_LETTERS.exec(words);
  return match?.[1] === undefined || match[2] === undefined ? null : [match[1], match[2]];
}

const connectors =
  /^(?:[\s:=|,("'\-–—>→/]|(?:is|was|are|status|genotypes?|phenotypes?|results?|resulted|metaboli[sz]er|predicted|reported|read|reads|as|an?|the|shows?|showed|returned|came back|back|level|activity|assay|enzyme|appears?|interpreted|remains)\b)*/i;

/**
 * The first phenotype that the text states of the patient, in whole words ("poor metabolizer") or as a lone degree right
 * behind the gene or its alleles ("PM", "ultrarapid"). Plurals speak of people in general; "functional" ones are the work
 * of other drugs; negated and supposed ones are no results.
 *
 * @param plurals - Whether a plural speaks of the patient's genes ("TPMT and NUDT15 normal metabolizers").
 * @param anchors - Where a lone degree may follow: the ends of the gene's name and of its alleles.
 */
export function phenotypeWords(
  gene: string,
  text: string,
  window: { readonly sentence: number; readonly from: number; readonly to: number },
  anchors: readonly number[],
  plurals: boolean,
): Token | null {
  for (const anchor of anchors) {
    const lone = loneDegree(text, anchor, window.to);
    if (lone !== null && isStatedOfPatient(text, window.sentence, lone)) return lone;
  }
  const full = tokensOf(phenotypePattern(gene), text, window.from, window.to);
  return (
    full.find((token) => (plurals || !isPlural(token.text)) && isStatedOfPatient(text, window.sentence, token)) ?? null
  );
}

function loneDegree(text: string, anchor: number, to: number): Token | null {
  const rest = text.slice(anchor, to);
  const skipped = connectors.exec(rest)?.[0].length ?? 0;
  const tail = rest.slice(skipped);
  const match = LONE_DEGREE.exec(tail) ?? LONE_DEGREE_ANY_CASE.exec(tail);
  if (
    match === null ||
    /^[\s-]*(?:range|limits?|saline|exam|dose|release|\([A-Za-z]{2,3}\)\s*metab|metab)/i.test(
      tail.slice(match[0].length),
    )
  )
    return null;
  // "PM/NM" behind two genes: which is whose is not certain.
  if (/^\s*\/\s*[A-Za-z*]/.test(tail.slice(match[0].length))) return null;
  const start = anchor + skipped;
  return { text: match[0], start, end: start + match[0].length };
}

export function isStatedOfPatient(text: string, sentence: number, token: Token): boolean {
  const before = text.slice(sentence, token.start);
  const after = text.slice(token.end, token.end + 40);
  const clause = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf('. ')) + 1);
  if (CONTEXT.hypothetical.test(clause)) return false;
  if (CONTEXT.negation.test(before) || CONTEXT.functional.test(before) || CONTEXT.uncertain.test(before)) return false;
  if (/deficiency$/i.test(token.text) && CONTEXT.notAResult.test(after)) return false;
  return !/^\s*(?:patients|individuals|people|persons|carriers|subjects|status (?:is|was) (?:unknown|not known))\b/i.test(
    after,
  );
}
