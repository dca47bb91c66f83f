import type { GeneRules } from '../rules.ts';
import { lowestFunctionPair } from '../phenotyper/lowest-function.ts';
import { compareAlleleNames, comparePairs, distinctPairs, sortedPair } from '../allele-names.ts';
import type { CandidateAllele } from './candidate-alleles.ts';
import { allows, candidateAlleles, matchesSomeStrand } from './candidate-alleles.ts';
import type { CombinationPair, StrandMatch } from './combinations.ts';
import { combinationPairs, pairNames } from './combinations.ts';
import { exactPairs } from './exact-pairs.ts';
import type { Call } from './gene-match.ts';
import { NO_CALL } from './gene-match.ts';
import type { GeneSample } from './gene-sample.ts';
import type { HapB3Note, HapB3Sites } from './hapb3.ts';
import { HAPB3, HAPB3_INTRONIC, hapB3OfStrand, hapB3Sites, hapB3Unphased, hapB3Warnings, showsHapB3 } from './hapb3.ts';

/**
 * Calls DPYD and RYR1, whose variants combine freely and whose worst allele of each strand decides. Strands that are known
 * give diplotypes, of combinations where needed; phase sets give one for each arrangement, of which the worst is looked up;
 * otherwise the variants found are listed and the two worst looked up.
 */
export function callLowestFunction(sample: GeneSample): Call {
  if (sample.available === 0) return NO_CALL;
  const hapB3 = hapB3Sites(sample);
  const withHapB3 = hapB3 !== null && showsHapB3(sample, hapB3) ? hapB3 : null;
  if (sample.effectivelyPhased && withHapB3 === null) {
    const exact = exactPairs(sample);
    if (exact.length > 0) return exactCall(sample.gene, distinctPairs(exact.map(({ alleles }) => alleles)));
  }
  if (sample.effectivelyPhased || sample.usesPhaseSets) {
    const call = combinationCall(sample, withHapB3);
    if (call !== null) return call;
  }
  return listCall(sample, hapB3);
}

function exactCall(gene: GeneRules, diplotypes: readonly (readonly string[])[]): Call {
  return { diplotypes, lookup: [worstOf(gene, diplotypes)] };
}

function combinationCall(sample: GeneSample, hapB3: HapB3Sites | null): Call | null {
  const options = hapB3 === null ? {} : { leaveOut: [HAPB3, HAPB3_INTRONIC], ignoreSites: Object.values(hapB3) };
  const pairs = combinationPairs(sample, options);
  if (pairs === null) return null;
  const notes: HapB3Note[] = [];
  const merged = hapB3 === null ? pairs : pairs.map((pair) => withHapB3Of(sample, hapB3, pair, notes));
  const candidates = merged.map(({ strands }) =>
    sortedPair(
      lowestFunctionPair(
        sample.gene,
        strands.map(({ alleles }) => alleles),
      ),
    ),
  );
  return {
    diplotypes: distinctPairs(merged.map(pairNames)).toSorted(comparePairs),
    lookup: [worstOf(sample.gene, candidates)],
    warnings: hapB3 === null ? [] : hapB3Warnings(sample, hapB3, notes),
  };
}

function withHapB3Of(
  sample: GeneSample,
  hapB3: HapB3Sites,
  pair: CombinationPair,
  notes: HapB3Note[],
): CombinationPair {
  const merge = (strand: StrandMatch): StrandMatch => {
    const { allele, note } = hapB3OfStrand(sample, hapB3, strand.bases);
    notes.push(note);
    if (allele === null) return strand;
    const others = strand.alleles.filter((name) => name !== strand.reference);
    return { ...strand, alleles: [...others, allele].sort(compareAlleleNames) };
  };
  return { strands: [merge(pair.strands[0]), merge(pair.strands[1])] };
}

/** Strands not known: lists what any strand may hold. With more than two, the reference says nothing and is left out. */
function listCall(sample: GeneSample, hapB3: HapB3Sites | null): Call {
  const leaveOut = hapB3 === null ? [] : [HAPB3, HAPB3_INTRONIC];
  const found = candidateAlleles(sample, leaveOut).filter((allele) => matchesSomeStrand(sample, allele, 'anything'));
  const fromHapB3 = hapB3 === null ? { alleles: [], notes: [] } : hapB3Unphased(sample, hapB3);
  const crowded = found.length + fromHapB3.alleles.length > 2;
  const listed = found
    .filter(({ isReference }) => !(crowded && isReference))
    .sort((a, b) => compareAlleleNames(a.name, b.name))
    .flatMap((allele) => (isHomozygous(sample, allele) ? [allele.name, allele.name] : [allele.name]));
  const components = [...listed, ...fromHapB3.alleles];
  if (components.length === 0) return NO_CALL;
  return {
    diplotypes: [],
    components,
    lookup: [sortedPair(lowestFunctionPair(sample.gene, [components]))],
    warnings: hapB3 === null ? [] : hapB3Warnings(sample, hapB3, fromHapB3.notes),
  };
}

function isHomozygous(sample: GeneSample, allele: CandidateAllele): boolean {
  if (allele.isReference || allele.cells.length === 0) return false;
  return allele.cells.every((cell) => {
    const alleles = sample.sites[cell.index]?.alleles ?? [];
    return alleles.length === 2 && alleles.every((base) => allows(cell, base));
  });
}

/** Of several arrangements, the pair with the least function; equal ones by name. */
function worstOf(gene: GeneRules, pairs: readonly (readonly string[])[]): readonly string[] {
  const ranked = [...pairs].sort((a, b) => harmlessness(gene, a) - harmlessness(gene, b) || comparePairs(a, b));
  return ranked[0] ?? [];
}

function harmlessness(gene: GeneRules, pair: readonly string[]): number {
  const values = pair.map((name) => {
    const allele = gene.alleles.get(name);
    if (allele?.activityValue != null) return Number(allele.activityValue);
    return (allele?.function ?? '').includes('Malignant') ? 0 : 2;
  });
  return values.reduce((sum, value) => sum + (Number.isNaN(value) ? 2 : value), 0);
}
