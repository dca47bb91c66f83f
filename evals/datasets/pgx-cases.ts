import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ClinicalError } from '#pipelines/errors.ts';
import type { GeneRules, PgxRules } from '#pipelines/pgx/rules.ts';

/** Where the open cases lie once the shared data is unpacked. */
export const PGX_CASES = '.data/data/pgx/cases/open';

/** One case as it stands in its file; each set's scorer knows the members beyond the id. */
export interface PgxCase {
  readonly id: string;
  readonly [member: string]: unknown;
}

export interface PgxSet {
  /** `a1`, `a4b`, `c2`, …: what the file name starts with. */
  readonly set: string;
  readonly file: string;
  readonly cases: readonly PgxCase[];
  /** Lines that cannot be read, by their number. */
  readonly unreadable: readonly { readonly line: number; readonly reason: string }[];
}

/** Reads every set of a folder. @throws ClinicalError `CORPUS_NOT_FOUND` */
export function readPgxSets(folder: string): { readonly sets: readonly PgxSet[]; readonly sha256: string } {
  if (!existsSync(folder)) throw new ClinicalError('CORPUS_NOT_FOUND', { name: folder });
  const hash = createHash('sha256');
  const names = readdirSync(folder)
    .filter((name) => /^[a-z]\d?[a-z]?_.*\.(jsonl|tsv)$/.test(name))
    .sort();
  if (names.length === 0) throw new ClinicalError('CORPUS_NOT_FOUND', { name: folder });
  const sets = names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    hash.update(name).update(text);
    return {
      set: name.split('_')[0] ?? name,
      file: name,
      ...(name.endsWith('.tsv') ? readTsv(text) : readJsonLines(text)),
    };
  });
  return { sets, sha256: hash.digest('hex') };
}

function readJsonLines(text: string): Pick<PgxSet, 'cases' | 'unreadable'> {
  const cases: PgxCase[] = [];
  const unreadable: { line: number; reason: string }[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    try {
      cases.push(JSON.parse(line) as PgxCase);
    } catch (error) {
      unreadable.push({ line: i + 1, reason: error instanceof Error ? error.message : String(error) });
    }
  });
  return { cases, unreadable };
}

/** A table of diplotypes: a case is a row, named by gene and alleles. */
function readTsv(text: string): Pick<PgxSet, 'cases' | 'unreadable'> {
  const [head, ...lines] = text.split('\n').filter((line) => line !== '');
  const columns = head?.split('\t') ?? [];
  const cases = lines.map((line) => {
    const cells = line.split('\t');
    const row = Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
    const alleles = [row['allele1'], row['allele2']].filter((allele) => allele !== undefined && allele !== '');
    return { id: `b:${row['gene'] ?? ''}:${alleles.join('/')}`, ...row };
  });
  return { cases, unreadable: [] };
}

/** Compact genotype of one gene: only what is not reference is listed. */
export interface CompactGenotype {
  readonly gene: string;
  readonly phased: boolean;
  /** Position -> alleles of the strands, `.` where not read. */
  readonly sites: Readonly<Record<string, readonly string[]>>;
  readonly missing?: readonly number[] | null;
  readonly ploidy?: number;
}

/**
 * Writes a compact genotype as VCF text: every definition position that is neither listed nor missing is homozygous
 * reference.
 */
export function expandGenotype(input: CompactGenotype, rules: PgxRules): string {
  const gene = rules.genes.get(input.gene);
  if (gene?.chrom == null) throw new ClinicalError('CORPUS_NOT_FOUND', { name: input.gene });
  const lines = [
    '##fileformat=VCFv4.2',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    `##contig=<ID=${gene.chrom},assembly=GRCh38.p13,species="Homo sapiens">`,
    '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tSAMPLE',
  ];
  for (const position of gene.positions) {
    if (!(input.missing ?? []).includes(position.pos)) lines.push(rowOf(gene, position, input));
  }
  return `${lines.join('\n')}\n`;
}

function rowOf(gene: GeneRules, position: GeneRules['positions'][number], input: CompactGenotype): string {
  const alleles = input.sites[String(position.pos)] ?? Array<string>(input.ploidy ?? 2).fill(position.ref);
  const all = [position.ref, ...position.alts];
  for (const allele of alleles) if (allele !== '.' && !all.includes(allele)) all.push(allele);
  const indexes = alleles.map((allele) => (allele === '.' ? -1 : all.indexOf(allele)));
  if (!input.phased) indexes.sort((a, b) => a - b);
  const gt = indexes.map((index) => (index < 0 ? '.' : String(index))).join(input.phased ? '|' : '/');
  const alts = all.slice(1).join(',') || '.';
  const cells = [gene.chrom, position.pos, position.rsid ?? '.', position.ref, alts, '.', 'PASS', '.', 'GT', gt];
  return cells.join('\t');
}
