import type { GeneRules } from '../rules.ts';
import type { GeneSample, PhaseBlock } from './gene-sample.ts';

const IUPAC: Readonly<Record<string, string>> = {
  R: 'AG',
  Y: 'CT',
  S: 'CG',
  W: 'AT',
  K: 'GT',
  M: 'AC',
  B: 'CGT',
  D: 'AGT',
  H: 'ACT',
  V: 'ACG',
  N: 'ACGT',
};

/** A definition cell: a base string, or an ambiguity code that allows several bases. */
export interface Cell {
  readonly index: number;
  readonly base: string;
  /** Set for an ambiguity code. */
  readonly allowed: string | null;
}

/** An allele as far as the sample's positions can show it. */
export interface CandidateAllele {
  readonly name: string;
  readonly isReference: boolean;
  /** Defined cells at positions that the sample has. */
  readonly cells: readonly Cell[];
}

interface PreparedAllele {
  readonly name: string;
  readonly isReference: boolean;
  readonly cells: readonly Cell[];
}

const prepared = new WeakMap<GeneRules, readonly PreparedAllele[]>();

function allelesOf(gene: GeneRules): readonly PreparedAllele[] {
  const known = prepared.get(gene);
  if (known !== undefined) return known;
  const alleles = [...gene.alleles.values()].flatMap((allele) => {
    if (allele.variants === null) return [];
    const cells = allele.variants.map(([index, base]) => ({ index, base, allowed: IUPAC[base] ?? null }));
    return [{ name: allele.name, isReference: allele.name === gene.reference, cells }];
  });
  prepared.set(gene, alleles);
  return alleles;
}

/**
 * The alleles that the sample's positions can tell. Positions that the sample lacks are taken out of every definition; an
 * allele that is left without any is not a candidate. Nothing is assumed about missing positions.
 */
export function candidateAlleles(sample: GeneSample, leaveOut: readonly string[] = []): readonly CandidateAllele[] {
  const { sites } = sample;
  const complete = sample.available === sites.length;
  const candidates: CandidateAllele[] = [];
  for (const allele of allelesOf(sample.gene)) {
    if (leaveOut.includes(allele.name)) continue;
    const cells = complete ? allele.cells : allele.cells.filter(({ index }) => sites[index] !== null);
    if (cells.length > 0 || allele.isReference) candidates.push({ ...allele, cells });
  }
  return candidates;
}

export function allows(cell: Cell, base: string | undefined): boolean {
  if (base === undefined) return false;
  return cell.allowed === null ? cell.base === base : base.length === 1 && cell.allowed.includes(base);
}

/** What a blank cell of a definition means: the reference base, or anything. */
export type Blank = 'reference' | 'anything';

/** Whether an allele fits a strand's base at a variant site. Strand 0 and 1 are as written in the file. */
export function fits(
  sample: GeneSample,
  allele: CandidateAllele,
  siteIndex: number,
  strand: number,
  blank: Blank,
): boolean {
  const site = sample.sites[siteIndex];
  if (site === null || site === undefined) return true;
  const base = site.alleles[strand];
  const cell = allele.cells.find(({ index }) => index === siteIndex);
  if (cell !== undefined) return allows(cell, base);
  return blank === 'anything' && !allele.isReference ? true : base === site.position.ref;
}

/**
 * Whether some reading of the strands holds the allele. Every block may be read either way round.
 */
export function matchesSomeStrand(sample: GeneSample, allele: CandidateAllele, blank: Blank): boolean {
  return (
    definedCellsMatchReference(sample, allele) &&
    sample.homozygousVariantSites.every((index) => fits(sample, allele, index, 0, blank)) &&
    sample.blocks.every((block) => orientationsOf(sample, allele, block, blank).length > 0)
  );
}

/** The ways round, 0 or 1, in which an allele fits every site of a block. */
export function orientationsOf(
  sample: GeneSample,
  allele: CandidateAllele,
  block: PhaseBlock,
  blank: Blank,
): readonly number[] {
  return [0, 1].filter((strand) => block.every((index) => fits(sample, allele, index, strand, blank)));
}

/** Cells at sites that are reference on every strand must allow the reference base. */
export function definedCellsMatchReference(sample: GeneSample, allele: CandidateAllele): boolean {
  return allele.cells.every((cell) => {
    const site = sample.sites[cell.index];
    if (site === null || site === undefined) return true;
    const isReference = site.alleles.every((base) => base === site.position.ref);
    return !isReference || allows(cell, site.position.ref);
  });
}
