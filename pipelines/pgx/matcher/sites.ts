import type { PgxWarning } from '../../domain/pgx.ts';
import type { DefinitionPosition } from '../rules.ts';
import { ROW_PROBLEM_TEXT, readGenotype } from './genotype.ts';
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

/** Rows of a sample by chromosome and position, built once for all genes. */
export type RowIndex = ReadonlyMap<string, ReadonlyMap<number, VcfRow | readonly VcfRow[]>>;

export function indexRows(sample: VcfSample): RowIndex {
  const index = new Map<string, Map<number, VcfRow | VcfRow[]>>();
  let chrom = '';
  let rows = new Map<number, VcfRow | VcfRow[]>();
  for (const row of sample.rows) {
    if (row.chrom !== chrom) {
      chrom = row.chrom;
      rows = index.get(chrom) ?? new Map<number, VcfRow | VcfRow[]>();
      index.set(chrom, rows);
    }
    const known = rows.get(row.pos);
    if (known === undefined) rows.set(row.pos, row);
    else rows.set(row.pos, Array.isArray(known) ? [...known, row] : [known, row]);
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
  const rows = index.get(reading.chrom);
  const sites = positions.map((position) => {
    const found = rows?.get(position.pos);
    if (found === undefined) return null;
    if (!Array.isArray(found)) return readSite(found as VcfRow, position, reading, warnings);
    return firstUsable(found as readonly VcfRow[], position, reading, warnings);
  });
  return { sites, warnings };
}

function firstUsable(
  rows: readonly VcfRow[],
  position: DefinitionPosition,
  reading: SiteReading,
  warnings: PgxWarning[],
): Site | null {
  let site: Site | null = null;
  for (const row of rows) {
    if (site === null) {
      site = readSite(row, position, reading, warnings);
    } else {
      const message = 'A further row for this position is left out; the first usable one counts.';
      warnings.push(warning('VCF_ROW_DUPLICATE', message, reading, position));
    }
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

function warning(
  code: string,
  message: string,
  reading: SiteReading,
  position: DefinitionPosition,
  base?: string,
): PgxWarning {
  return { code, message, positions: [placeOf(reading.chrom, position, base)] };
}

function readSite(
  row: VcfRow,
  position: DefinitionPosition,
  reading: SiteReading,
  warnings: PgxWarning[],
): Site | null {
  if (row.ref !== position.ref && row.ref.toUpperCase() !== position.ref) {
    const message = `The file has the reference base ${row.ref}, the definition ${position.ref}; the position counts as missing.`;
    warnings.push(warning('VCF_REFERENCE_MISMATCH', message, reading, position));
    return null;
  }
  const { genotype, problems } = readGenotype(row, reading.allelicDepthUsable);
  for (const problem of problems) warnings.push(warning(problem, ROW_PROBLEM_TEXT[problem], reading, position));
  if (genotype === null) return null;
  const alleles = allelesOf(row, position, genotype.indexes, reading, warnings);
  return { position, alleles, phased: genotype.phased, phaseSet: genotype.phased ? row.ps : null };
}

function allelesOf(
  row: VcfRow,
  position: DefinitionPosition,
  indexes: readonly (number | null)[],
  reading: SiteReading,
  warnings: PgxWarning[],
): readonly string[] {
  if (indexes.every((index) => index === 0))
    return indexes.length === 1 ? [position.ref] : [position.ref, position.ref];
  const alleles = indexes.map((index) => alleleOf(row, index));
  const undocumented = undocumentedBases(row, position, alleles, reading, warnings);
  if (undocumented.length === 0) return alleles;
  for (const base of undocumented) warnings.push(undocumentedWarning(base, position, reading));
  if (!reading.undocumentedAsReference) return alleles;
  return alleles.map((allele) => (undocumented.includes(allele) ? position.ref : allele));
}

function alleleOf(row: VcfRow, index: number | null): string {
  if (index === null) return UNREAD;
  return (index === 0 ? row.ref : (row.alts[index - 1] ?? UNREAD)).toUpperCase();
}

/** Called bases that no allele defines here. A base where an insertion or deletion is expected is kept, and never matches. */
function undocumentedBases(
  row: VcfRow,
  position: DefinitionPosition,
  alleles: readonly string[],
  reading: SiteReading,
  warnings: PgxWarning[],
): readonly string[] {
  const expectsLong = position.alts.some((alt) => alt.length > 1);
  if (expectsLong && !row.alts.some((alt) => alt.length > 1 && !alt.startsWith('<'))) {
    const message = 'An insertion, deletion or repeat is defined here; the row shows none.';
    warnings.push(warning('VCF_INDEL_EXPECTED', message, reading, position));
    return [];
  }
  const unknown = alleles.filter(
    (allele) => allele !== UNREAD && allele !== position.ref && !position.alts.includes(allele),
  );
  return [...new Set(unknown)];
}

function undocumentedWarning(base: string, position: DefinitionPosition, reading: SiteReading): PgxWarning {
  const start = `The base ${base} is in no allele definition of this gene`;
  if (!reading.undocumentedAsReference) {
    return warning('UNDOCUMENTED_BASE', `${start}; no allele matches it.`, reading, position, base);
  }
  const message = `${start}; it was read as the reference base ${position.ref}.`;
  return warning('UNDOCUMENTED_BASE_READ_AS_REFERENCE', message, reading, position, base);
}
