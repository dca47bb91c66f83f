import type { PgxWarning } from '../../domain/pgx.ts';
import type { DefinitionPosition } from '../rules.ts';
import type { Warn } from './genotype.ts';
import { readGenotype } from './genotype.ts';
import type { VcfRow, VcfSample } from './vcf-sample.ts';

/** Stands for the unread strand of a half call; equals no base. */
export const UNREAD = '.';

/** A usable genotype at a definition position. */
export interface Site {
  readonly position: DefinitionPosition;
  /** Two alleles, or one where the call is haploid. Undocumented bases are already replaced where the gene's rule says so. */
  readonly alleles: readonly string[];
  readonly phased: boolean;
  readonly phaseSet: string | null;
}

export interface SitesOfGene {
  /** By index of the definition position; null where nothing usable is there, which is never taken for reference. */
  readonly sites: readonly (Site | null)[];
  readonly warnings: readonly PgxWarning[];
}

/** Rows of a sample by `chrom:pos`, built once for all genes. */
export type RowIndex = ReadonlyMap<string, readonly VcfRow[]>;

export function indexRows(sample: VcfSample): RowIndex {
  const index = new Map<string, VcfRow[]>();
  for (const row of sample.rows) {
    const key = `${row.chrom}:${String(row.pos)}`;
    const known = index.get(key);
    if (known === undefined) index.set(key, [row]);
    else known.push(row);
  }
  return index;
}

export interface SiteReading {
  readonly chrom: string;
  /** Reads a base that no allele defines as the reference base. */
  readonly undocumentedAsReference: boolean;
  readonly allelicDepthUsable: boolean;
}

/**
 * Reads the genotype at every position of a gene. Quality and filters are not looked at. Of several rows at a position the
 * first usable one counts.
 */
export function readSites(
  index: RowIndex,
  positions: readonly DefinitionPosition[],
  reading: SiteReading,
): SitesOfGene {
  const warnings: PgxWarning[] = [];
  const sites = positions.map((position) => {
    const rows = index.get(`${reading.chrom}:${String(position.pos)}`);
    return rows === undefined ? null : firstUsable(rows, position, reading, warnings);
  });
  return { sites, warnings };
}

function firstUsable(
  rows: readonly VcfRow[],
  position: DefinitionPosition,
  reading: SiteReading,
  warnings: PgxWarning[],
): Site | null {
  const warn: Warn = (code, message, base) => {
    warnings.push({ code, message, positions: [placeOf(reading.chrom, position, base)] });
  };
  let site: Site | null = null;
  for (const row of rows) {
    if (site === null) site = readSite(row, position, reading, warn);
    else warn('VCF_ROW_DUPLICATE', 'A further row for this position is left out; the first usable one counts.');
  }
  return site;
}

/** Names a position in a warning. */
export function placeOf(
  chrom: string,
  position: DefinitionPosition,
  base?: string,
): NonNullable<PgxWarning['positions']>[number] {
  return {
    chrom,
    pos: position.pos,
    ...(position.rsid === null ? {} : { rsid: position.rsid }),
    ...(base === undefined ? {} : { base }),
  };
}

function readSite(row: VcfRow, position: DefinitionPosition, reading: SiteReading, warn: Warn): Site | null {
  if (row.ref.toUpperCase() !== position.ref) {
    const message = `The file has the reference base ${row.ref}, the definition ${position.ref}; the position counts as missing.`;
    warn('VCF_REFERENCE_MISMATCH', message);
    return null;
  }
  const genotype = readGenotype(row, reading.allelicDepthUsable, warn);
  if (genotype === null) return null;
  const undocumented = undocumentedBases(row, position, genotype.indexes, warn);
  for (const base of undocumented) warnOfUndocumented(base, position, reading, warn);
  const alleles = genotype.indexes.map((index) => {
    const allele = alleleOf(row, index);
    return reading.undocumentedAsReference && undocumented.includes(allele) ? position.ref : allele;
  });
  return { position, alleles, phased: genotype.phased, phaseSet: genotype.phased ? row.ps : null };
}

function alleleOf(row: VcfRow, index: number | null): string {
  if (index === null) return UNREAD;
  return (index === 0 ? row.ref : (row.alts[index - 1] ?? UNREAD)).toUpperCase();
}

/** Called bases that no allele defines here. A base where an insertion or deletion is expected is kept, and never matches. */
function undocumentedBases(
  row: VcfRow,
  position: DefinitionPosition,
  indexes: readonly (number | null)[],
  warn: Warn,
): readonly string[] {
  const isLong = (allele: string): boolean => allele.length > 1;
  const plainAlts = row.alts.filter((alt) => !alt.startsWith('<'));
  if (position.alts.some(isLong) && !plainAlts.some(isLong)) {
    warn('VCF_INDEL_EXPECTED', 'An insertion, deletion or repeat is defined here; the row shows none.');
    return [];
  }
  const called = indexes.filter((index) => index !== null && index > 0).map((index) => alleleOf(row, index));
  return [...new Set(called)].filter((allele) => !position.alts.includes(allele));
}

function warnOfUndocumented(base: string, position: DefinitionPosition, reading: SiteReading, warn: Warn): void {
  const start = `The base ${base} is in no allele definition of this gene`;
  if (reading.undocumentedAsReference) {
    const message = `${start}; it was read as the reference base ${position.ref}.`;
    warn('UNDOCUMENTED_BASE_READ_AS_REFERENCE', message, base);
  } else {
    warn('UNDOCUMENTED_BASE', `${start}; no allele matches it.`, base);
  }
}
