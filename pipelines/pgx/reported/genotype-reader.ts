import { nameAllele, wildType } from './allele-names.ts';
import { readHla } from './hla-reader.ts';
import { EMPTY } from './reading.ts';
import type { Genotype, Reading } from './reading.ts';
import { copiesUnknown, inferred, onlyTested, unknownAllele } from './reading-warnings.ts';
import * as tokens from './result-tokens.ts';
import { readVariants } from './variant-reader.ts';

/** Reads the alleles that a segment states, in whatever way it states them. */
export function readGenotype(reading: Reading): Genotype {
  if (reading.gene.startsWith('HLA-')) return readHla(reading);
  return (
    readDiplotype(reading) ??
    readVariants(reading) ??
    readSingleAllele(reading) ??
    readNamedAllele(reading) ??
    readWildType(reading) ??
    EMPTY
  );
}

/** `*1/*4`, `TA6/TA7`, and named pairs of genes without stars. */
function readDiplotype(reading: Reading): Genotype | null {
  const { text, segment, rules, gene, geneRules } = reading;
  const { start, end } = segment.after;
  const found = gene === 'UGT1A1' ? tokens.repeats(text, start, end) : [];
  const first =
    [...tokens.diplotypes(text, start, end), ...found].sort((a, b) => a.start - b.start)[0] ??
    leadingDiplotype(reading);
  if (first === undefined || first === null) return null;
  const named = first.haplotypes.map((haplotype) => nameAllele(rules, gene, haplotype));
  const unknown = geneRules === null ? [] : named.filter((allele) => !allele.known).map((allele) => allele.name);
  return {
    ...EMPTY,
    alleles: named.map((allele) => allele.name),
    lookupAlleles: named.map((allele) => allele.lookup),
    warnings: unknown.map((name) => unknownAllele(gene, name, rules.release)),
    ranges: [first],
  };
}

/** "*4/*5 for CYP2D6", "*4/*4 CYP2D6 genotype". */
function leadingDiplotype({ text, segment }: Reading): tokens.DiplotypeToken | null {
  const last = tokens.diplotypes(text, segment.before.start, segment.before.end).at(-1);
  if (last === undefined || segment.follows) return null;
  const between = text.slice(last.end, segment.mention.start);
  return /^\s*\)?\s*(?:\([^)]*\)\s*)?(?:genotype\s+|diplotype\s+|alleles\s+)?(?:for|of|at|in|on)?\s*$/i.test(between)
    ? last
    : null;
}

/** `*3A het`, `UGT1A1*28 homozygous`; a lone allele without its zygosity is a part of a result. */
function readSingleAllele(reading: Reading): Genotype | null {
  const { text, segment, rules, gene, geneRules } = reading;
  const star = tokens.starAlleles(text, segment.after.start, segment.after.end)[0];
  if (star === undefined) return readLeadingAllele(reading);
  const around = `${text.slice(Math.max(segment.before.start, segment.mention.start - 40), star.start)} ${text.slice(star.end, Math.min(segment.after.end, star.end + 40))}`;
  const allele = nameAllele(rules, gene, star.text);
  const unknown = allele.known || geneRules === null ? [] : [unknownAllele(gene, allele.name, rules.release)];
  const presence = tokens.presence(text.slice(star.end, Math.min(segment.after.end, star.end + 30)));
  if (presence === 'negative') {
    const statuses = [{ allele: allele.name, status: 'negative' as const }];
    return { ...EMPTY, statuses, partial: true, ranges: [star], warnings: [onlyTested(gene, statuses)] };
  }
  const zygosity = countedAlleles(text, segment.before.start, star) ?? tokens.zygosity(around);
  const reference = geneRules === null ? null : wildType(geneRules);
  if (zygosity === null || (zygosity === 'heterozygous' && reference === null)) {
    return {
      ...EMPTY,
      statuses: [{ allele: allele.name, status: 'positive' }],
      partial: true,
      ranges: [star],
      warnings: [...unknown, copiesUnknown(gene)],
    };
  }
  const other = zygosity === 'heterozygous' ? [reference!] : zygosity === 'homozygous' ? [allele.lookup] : [];
  const pair = zygosity === 'heterozygous' ? [...other, allele.lookup] : [allele.lookup, ...other];
  const assumed = zygosity === 'heterozygous' ? [inferred(gene, [allele.name])] : [];
  return { ...EMPTY, alleles: pair, lookupAlleles: pair, ranges: [star], warnings: [...unknown, ...assumed] };
}

/** "homozygous *2 for CYP2C19", "heterozygous for the *4 allele of CYP2D6". */
function readLeadingAllele({ text, segment, rules, gene, geneRules }: Reading): Genotype | null {
  if (segment.follows) return null;
  const { start, end } = segment.before;
  const star = tokens.starAlleles(text, start, end).at(-1);
  if (
    star === undefined ||
    !/^\s*(?:alleles?\s+|variants?\s+)?(?:for|of|at|in|on)\s+(?:the\s+)?$/i.test(text.slice(star.end, end))
  )
    return null;
  const zygosity = tokens.zygosity(text.slice(Math.max(start, star.start - 30), star.start));
  const reference = geneRules === null ? null : wildType(geneRules);
  if (zygosity === null || zygosity === 'hemizygous' || reference === null) return null;
  const allele = nameAllele(rules, gene, star.text);
  const unknown = allele.known ? [] : [unknownAllele(gene, allele.name, rules.release)];
  const pair = [zygosity === 'homozygous' ? allele.lookup : reference, allele.lookup];
  const assumed = zygosity === 'heterozygous' ? [inferred(gene, [allele.name])] : [];
  return { ...EMPTY, alleles: pair, lookupAlleles: pair, ranges: [star], warnings: [...unknown, ...assumed] };
}

/** "two CYP2C19 *2 alleles", "one *2 allele". */
function countedAlleles(text: string, from: number, star: tokens.Token): tokens.Zygosity | null {
  if (!/^\s*alleles?\b/i.test(text.slice(star.end, star.end + 12))) return null;
  const count = /\b(one|single|a|two|2|1)\s+(?:[A-Z0-9-]+\s*)?$/i
    .exec(text.slice(from, star.start))?.[1]
    ?.toLowerCase();
  return count === undefined ? null : count === 'two' || count === '2' ? 'homozygous' : 'heterozygous';
}

/** G6PD alleles go by names ("Mediterranean", "G551D") that stand right behind the gene. */
function readNamedAllele(reading: Reading): Genotype | null {
  const { text, segment, rules, gene, geneRules } = reading;
  if (geneRules === null || gene !== 'G6PD') return null;
  const tail = text.slice(segment.after.start, segment.after.end);
  const match =
    /^[\s:(,-]*(A[-−](?:\s?\(?202A[/_]376G\)?)?|A minus|B|[A-Z][a-z]{2,}(?: [A-Z][a-z]+)?)(?=[\s,.;:)]|$)/.exec(tail);
  const allele = match?.[1] === undefined ? null : nameAllele(rules, gene, match[1].replace('−', '-'));
  if (match === null || allele === null || !allele.known) return null;
  const range = { start: segment.after.start, end: segment.after.start + match[0].length };
  const zygosity = tokens.zygosity(tail.slice(match[0].length, match[0].length + 40));
  const reference = wildType(geneRules) ?? geneRules.reference;
  if (zygosity === null) {
    return {
      ...EMPTY,
      statuses: [{ allele: allele.name, status: 'positive' }],
      partial: true,
      ranges: [range],
      warnings: [copiesUnknown(gene)],
    };
  }
  const pair =
    zygosity === 'hemizygous'
      ? [allele.lookup]
      : zygosity === 'homozygous'
        ? [allele.lookup, allele.lookup]
        : [reference ?? '', allele.lookup];
  return { ...EMPTY, alleles: pair, lookupAlleles: pair, ranges: [range] };
}

/** "wild type", "no variants detected": the reference on both chromosomes, as far as was tested. */
function readWildType(reading: Reading): Genotype | null {
  const { text, segment, gene, geneRules } = reading;
  const found = tokens.wildTypes(text, segment.after.start, segment.after.end)[0];
  const reference = geneRules === null ? null : wildType(geneRules);
  if (found === undefined || reference === null) return null;
  const pair = geneRules?.chrom === null ? [reference] : [reference, reference];
  return { ...EMPTY, alleles: pair, lookupAlleles: pair, ranges: [found], warnings: [inferred(gene, ['no variant'])] };
}
