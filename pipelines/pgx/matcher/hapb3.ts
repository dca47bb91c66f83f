import type { PgxWarning } from '../../domain/pgx.ts';
import type { GeneSample } from './gene-sample.ts';
import { UNREAD, placeOf } from './sites.ts';

/**
 * DPYD HapB3. Its intronic variant (rs75017182) alters splicing and is the cause; the exonic one (rs56038477) travels with
 * it and only stands in for it. Where both are read, the intronic one decides.
 */
export const HAPB3 = 'c.1129-5923C>G, c.1236G>A (HapB3)';
export const HAPB3_INTRONIC = 'c.1129-5923C>G';

const INTRONIC = 'rs75017182';
const EXONIC = 'rs56038477';

export interface HapB3Sites {
  readonly intronic: number;
  readonly exonic: number;
}

/** Site indexes of the two variants; null for a gene or a release that has no HapB3. */
export function hapB3Sites(sample: GeneSample): HapB3Sites | null {
  if (!sample.gene.alleles.has(HAPB3)) return null;
  const intronic = sample.gene.positions.findIndex(({ rsid }) => rsid === INTRONIC);
  const exonic = sample.gene.positions.findIndex(({ rsid }) => rsid === EXONIC);
  return intronic < 0 || exonic < 0 ? null : { intronic, exonic };
}

/** Whether any strand shows, or may show, one of the variants. */
export function showsHapB3(sample: GeneSample, sites: HapB3Sites): boolean {
  return [sites.intronic, sites.exonic].some((index) => sample.variantSites.includes(index));
}

export type HapB3Note = 'exonic-only' | 'mismatch' | null;

/** The HapB3 allele of one strand, and whether the two variants disagree on it. Bases are null where not read. */
export function hapB3OfStrand(
  sample: GeneSample,
  sites: HapB3Sites,
  bases: readonly (string | null)[],
): { readonly allele: string | null; readonly note: HapB3Note } {
  const state = (index: number): 'variant' | 'reference' | 'unread' => {
    const base = bases[index];
    if (base === null || base === undefined || base === UNREAD) return 'unread';
    return base === sample.gene.positions[index]?.ref ? 'reference' : 'variant';
  };
  const [intron, exon] = [state(sites.intronic), state(sites.exonic)];
  if (intron === 'variant') return { allele: exon === 'variant' ? HAPB3 : HAPB3_INTRONIC, note: null };
  if (exon !== 'variant') return { allele: null, note: null };
  return intron === 'reference' ? { allele: null, note: 'mismatch' } : { allele: HAPB3, note: 'exonic-only' };
}

/**
 * HapB3 alleles of a sample whose strands cannot be told apart: both variants on one strand are taken to travel together.
 */
export function hapB3Unphased(
  sample: GeneSample,
  sites: HapB3Sites,
): { readonly alleles: readonly string[]; readonly notes: readonly HapB3Note[] } {
  const [intron, exon] = [sample.sites[sites.intronic] ?? null, sample.sites[sites.exonic] ?? null];
  if (strandsTogether(sample, sites)) return bothStrands(sample, sites);
  const introns = intron === null ? null : countVariants(intron);
  const exons = exon === null ? null : countVariants(exon);
  if (introns === null) {
    if (exons === null) return { alleles: [], notes: [] };
    return {
      alleles: Array<string>(exons.variants).fill(HAPB3),
      notes: exons.read === 2 && exons.variants > 0 ? ['exonic-only'] : [],
    };
  }
  if (exons === null || exons.read === 0)
    return { alleles: Array<string>(introns.variants).fill(HAPB3_INTRONIC), notes: [] };
  if (introns.read === 0) return { alleles: Array<string>(exons.variants).fill(HAPB3), notes: ['mismatch'] };
  if (introns.read < 2 || exons.read < 2) return { alleles: [], notes: [] };
  const together = Math.min(introns.variants, exons.variants);
  const alleles = [
    ...Array<string>(together).fill(HAPB3),
    ...Array<string>(introns.variants - together).fill(HAPB3_INTRONIC),
  ];
  return { alleles, notes: exons.variants > introns.variants ? ['mismatch'] : [] };
}

function strandsTogether(sample: GeneSample, sites: HapB3Sites): boolean {
  const [intron, exon] = [sample.sites[sites.intronic], sample.sites[sites.exonic]];
  if (!intron || !exon || !sample.usesPhaseSets) return sample.effectivelyPhased;
  return intron.phased && exon.phased && intron.phaseSet === exon.phaseSet;
}

function bothStrands(
  sample: GeneSample,
  sites: HapB3Sites,
): { readonly alleles: readonly string[]; readonly notes: readonly HapB3Note[] } {
  const calls = [0, 1].map((strand) => {
    const bases = sample.sites.map((site) => site?.alleles[strand] ?? null);
    return hapB3OfStrand(sample, sites, bases);
  });
  return {
    alleles: calls.flatMap(({ allele }) => (allele === null ? [] : [allele])),
    notes: calls.map(({ note }) => note),
  };
}

function countVariants(site: { readonly alleles: readonly string[]; readonly position: { readonly ref: string } }): {
  readonly read: number;
  readonly variants: number;
} {
  const read = site.alleles.filter((allele) => allele !== UNREAD);
  return { read: read.length, variants: read.filter((allele) => allele !== site.position.ref).length };
}

/** Warnings for the notes, each once. */
export function hapB3Warnings(
  sample: GeneSample,
  sites: HapB3Sites,
  notes: readonly HapB3Note[],
): readonly PgxWarning[] {
  const chrom = sample.gene.chrom ?? '';
  const positions = [sites.intronic, sites.exonic].flatMap((index) => {
    const position = sample.gene.positions[index];
    return position === undefined ? [] : [placeOf(chrom, position)];
  });
  const warnings: PgxWarning[] = [];
  if (notes.includes('exonic-only')) {
    const message = `HapB3 was called from the exonic variant ${EXONIC} alone: the intronic variant ${INTRONIC} that causes the effect was not read. Confirm it before dosing.`;
    warnings.push({ code: 'HAPB3_EXONIC_ONLY', message, positions });
  }
  if (notes.includes('mismatch')) {
    const message = `The exonic HapB3 variant ${EXONIC} is present without the intronic variant ${INTRONIC} that causes the effect; the intronic one was followed.`;
    warnings.push({ code: 'HAPB3_INTRONIC_MISMATCH', message, positions });
  }
  return warnings;
}
