import type { TextRange } from '../../domain/span.ts';
import { wildType } from './allele-names.ts';
import { DPYD_PANEL } from './lexicon.ts';
import { EMPTY } from './reading.ts';
import type { Genotype, Reading } from './reading.ts';
import { copiesUnknown, inferred, onlyTested, phaseUnknown } from './reading-warnings.ts';
import * as tokens from './result-tokens.ts';
import { allelesOfCalls, copiesInLetters, copiesOfZygosity, defaultVariant, findVariant } from './variant-calls.ts';
import type { VariantCall } from './variant-calls.ts';

interface VariantPlace extends TextRange {
  /** Where the variant's name ends; \`end\` may hold its zygosity too. */
  readonly nameEnd: number;
  readonly call: VariantCall;
}

/** `c.1905+1G>A heterozygous`, `rs4149056 TC`, `-1639 A/A`; of several, those not found count as not carried. */
export function readVariants(reading: Reading): Genotype | null {
  const places = variantPlaces(reading);
  if (places.length === 0) return readLetters(reading);
  const calls = places.map((place) => place.call);
  const pair = readVariantPair(reading, places);
  if (pair !== null) return pair;
  const stated = calls.filter((call) => call.copies !== null || call.present !== null);
  if (stated.length === 0) return readLoneVariant(reading, places);
  const ranges = places.filter((place) => place.call.copies !== null || place.call.present !== null);
  return genotypeOfCalls(reading, stated, ranges);
}

/** `F508del/G551D`, `Reference/c.2846A>T`: one variant on each chromosome. */
function readVariantPair(reading: Reading, places: readonly VariantPlace[]): Genotype | null {
  const { text, segment, geneRules } = reading;
  const [first, second] = places;
  if (first === undefined || geneRules === null) return null;
  const isPair = second !== undefined && /^\s*\/\s*$/.test(text.slice(first.nameEnd, second.start));
  const beforeFirst = text.slice(segment.after.start, Math.max(segment.after.start, first.start));
  const withReference = /(?:reference|wild[\s-]?type|WT|normal|\*1)\s*\/\s*$/i.test(beforeFirst);
  const reference = wildType(geneRules);
  if (isPair)
    return pairOf([first.call.variant.allele, second.call.variant.allele], { start: first.start, end: second.nameEnd });
  if (withReference && reference !== null)
    return pairOf([reference, first.call.variant.allele], { start: first.start, end: first.nameEnd });
  return null;
}

function pairOf(alleles: readonly string[], range: TextRange): Genotype {
  return { ...EMPTY, alleles, lookupAlleles: alleles, ranges: [range] };
}

/**
 * A variant that is named as the result, without its copies. It decides for the mitochondrion, where there is one copy, and
 * for the genes in which one copy is enough; not where it is only asked for.
 */
function readLoneVariant(reading: Reading, places: readonly VariantPlace[]): Genotype | null {
  const { text, segment, gene } = reading;
  const [first] = places;
  if (first === undefined || !['MT-RNR1', 'RYR1', 'CACNA1S'].includes(gene)) return null;
  const around = `${text.slice(segment.sentence, segment.mention.start)} ${text.slice(first.nameEnd, first.nameEnd + 40)}`;
  if (/\b(?:test\w*|screen\w*|check\w*|pending|ordered|sent|await\w*|if|whether|rule out)\b/i.test(around)) return null;
  const call = { ...first.call, copies: 1, present: true };
  const warnings = gene === 'MT-RNR1' ? [] : [copiesUnknown(gene)];
  const genotype = genotypeOfCalls(reading, [call], [first]);
  return { ...genotype, warnings: [...genotype.warnings, ...warnings] };
}

function genotypeOfCalls(reading: Reading, calls: readonly VariantCall[], ranges: readonly TextRange[]): Genotype {
  const { gene, rules } = reading;
  const statuses = calls.map((call) => ({
    allele: call.variant.allele,
    status: call.present === false || call.copies === 0 ? ('negative' as const) : ('positive' as const),
  }));
  const absentOnly = statuses.every(({ status }) => status === 'negative');
  const tested = new Set(calls.map((call) => call.variant.allele));
  if (absentOnly && calls.every((call) => call.copies === null) && !coversPanel(gene, tested)) {
    return { ...EMPTY, statuses, partial: true, ranges, warnings: [onlyTested(gene, statuses)] };
  }
  const result = allelesOfCalls(rules, gene, gene === 'MT-RNR1' ? calls.map(onMitochondrion) : calls);
  if (result === null) return { ...EMPTY, statuses, partial: true, ranges, warnings: [copiesUnknown(gene)] };
  const phase = result.phaseUnknown ? [phaseUnknown(gene)] : [];
  return {
    ...EMPTY,
    alleles: result.alleles,
    lookupAlleles: result.alleles,
    statuses,
    ranges,
    warnings: [
      inferred(
        gene,
        calls.map((call) => call.variant.names[0] ?? call.variant.allele),
      ),
      ...phase,
    ],
  };
}

/** The mitochondrion has one copy: present is enough. */
function onMitochondrion(call: VariantCall): VariantCall {
  return call.copies === null && call.present === true ? { ...call, copies: 1 } : call;
}

/** Whether the named variants are all that guidance for the gene asks about. */
function coversPanel(gene: string, tested: ReadonlySet<string>): boolean {
  if (gene === 'DPYD') return DPYD_PANEL.every((allele) => tested.has(allele));
  return ['VKORC1', 'IFNL3', 'ABCG2', 'F5', 'F2', 'MT-RNR1'].includes(gene);
}

function variantPlaces(reading: Reading): readonly VariantPlace[] {
  const { text, segment, rules, gene } = reading;
  const own = segment.mention.isVariant
    ? [{ text: text.slice(segment.mention.start, segment.mention.end), ...segment.mention }]
    : [];
  const found = [...own, ...tokens.variants(text, segment.after.start, segment.after.end)];
  const known = found.flatMap((token) => {
    const variant =
      findVariant(rules, gene, token.text) ??
      (segment.mention.isVariant && token === found[0] ? defaultVariant(rules, gene) : null);
    return variant === null ? [] : [{ token, variant }];
  });
  const places = known.map(({ token, variant }, index) => {
    const end = known[index + 1]?.token.start ?? segment.after.end;
    const tail = text.slice(token.end, Math.min(end, token.end + 80));
    const lead = index === 0 ? text.slice(segment.before.start, segment.mention.start) : '';
    const gap = text.slice(known[index - 1]?.token.end ?? segment.mention.end, token.start);
    return {
      start: token.start,
      nameEnd: token.end,
      end: endOfAttribute(token.end, tail),
      tail,
      call: readCall(variant, tail, `${lead} ${token.start > segment.mention.end ? gap : ''}`),
    };
  });
  return shareForwards(text, shareBackwards(places));
}

/** "heterozygous for c.2846A>T and c.1679T>G": what opens a list holds for each of it. */
function shareForwards(text: string, places: readonly VariantPlace[]): readonly VariantPlace[] {
  const shared: VariantPlace[] = [];
  for (const place of places) {
    const previous = shared.at(-1);
    const silent = place.call.copies === null && place.call.present === null;
    const isListed = previous !== undefined && LISTED.test(text.slice(previous.nameEnd, place.start));
    shared.push(silent && isListed ? { ...place, call: { ...previous.call, variant: place.call.variant } } : place);
  }
  return shared;
}

const LISTED = /^[\s,/&;]*(?:and|or)?\s*$/i;

/** "c.2846A>T and HapB3: not detected": what closes a list holds for each of it. */
function shareBackwards(places: readonly (VariantPlace & { readonly tail: string })[]): readonly VariantPlace[] {
  const shared: VariantPlace[] = [];
  for (const { tail, ...place } of [...places].reverse()) {
    const next = shared[0];
    const silent = place.call.copies === null && place.call.present === null;
    const isListed = LISTED.test(tail);
    shared.unshift(
      silent && isListed && next !== undefined
        ? { ...place, call: { ...next.call, variant: place.call.variant } }
        : place,
    );
  }
  return shared;
}

function endOfAttribute(end: number, tail: string): number {
  const match = /^[\s:=,(–-]*(?:(?:genotype|is|was)\s+)?(?:(?:not\s+)?[A-Za-z]+(?:\/[ACGT])?)/.exec(tail);
  return end + (match?.[0].length ?? 0);
}

/** "wild type", "homozygous reference", "normal" right behind a variant: it was looked for and is not there. */
const NOT_CARRIED =
  /^[\s:=,(\-–—|]*(?:(?:is|was|result|genotype|status|both|alleles?)[\s:=]+)*(?:hom(?:o(?:zygous)?)?[\s-]+(?:for\s+(?:the\s+)?)?)?(?:wild[\s-]?type|WT|reference|ref|normal|none|no\s+(?:variant|mutation|change))(?![A-Za-z/])/i;

function readCall(variant: VariantCall['variant'], tail: string, lead: string): VariantCall {
  const letters = tokens.genotypeLetters(tail);
  const counted = letters === null ? null : copiesInLetters(variant, letters);
  if (NOT_CARRIED.test(tail)) return { variant, copies: null, hemizygous: false, present: false };
  // Words before a comma or a semicolon are of the variant before.
  const own = lead.split(/[;,.|\n]|\band\b/i).at(-1) ?? '';
  const zygosity = tokens.zygosity(tail) ?? tokens.zygosity(own.slice(-40));
  const before = leadingPresence(lead);
  // "No c.1905+1G>A variant detected": the "no" turns the word behind it round.
  const present = before === 'negative' ? before : (tokens.presence(tail) ?? before);
  const copies = counted ?? (present === 'negative' ? null : copiesOfZygosity(zygosity));
  return {
    variant,
    copies,
    hemizygous: zygosity === 'hemizygous',
    present: present === null ? null : present === 'positive',
  };
}

/** "negative for", "no", "carries". */
export function leadingPresence(lead: string): 'positive' | 'negative' | null {
  const end = '(?:\\s+(?:for|the|a|an|any|of|copy|HLA))*\\s*$';
  if (
    new RegExp(
      `(?:\\bnegative|\\bneg|\\bno|\\black(?:s|ing)|\\bwithout|\\bnot\\s+(?:carry|have|(?:a\\s+)?carrier(?:\\s+of)?))${end}`,
      'i',
    ).test(lead)
  )
    return 'negative';
  return new RegExp(`(?:\\bpositive|\\bpos|\\bcarries|\\bcarrying|\\bcarrier(?:\\s+of)?|\\bharbou?rs)${end}`, 'i').test(
    lead,
  )
    ? 'positive'
    : null;
}

/** Bare bases behind a gene that has one variant of interest: `VKORC1 A/A`. */
function readLetters(reading: Reading): Genotype | null {
  const { text, segment, rules, gene } = reading;
  const variant = defaultVariant(rules, gene);
  const tail = text.slice(segment.after.start, Math.min(segment.after.end, segment.after.start + 40));
  const letters = variant === null ? null : tokens.genotypeLetters(tail);
  const copies = variant === null || letters === null ? null : copiesInLetters(variant, letters);
  if (variant === null || copies === null) return null;
  const end = segment.after.start + /[ACGT]\s?[/|]?\s?[ACGT](?![A-Za-z])/.exec(tail)!.index + 3;
  return genotypeOfCalls(
    reading,
    [{ variant, copies, hemizygous: false, present: null }],
    [{ start: segment.after.start, end: Math.min(end, segment.after.end) }],
  );
}
