import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { DefinitionPosition, GeneRules, PgxRules } from '#pipelines/pgx/rules.ts';
import { randomFrom } from '../metrics/interval.ts';

const HEADER = [
  '##fileformat=VCFv4.2',
  '##contig=<ID=chr10,assembly=GRCh38.p14,length=133797422>',
  '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
];

/**
 * An invented VCF with every position of every gene that is called from VCF.
 *
 * @param samples - How many sample columns.
 * @param variantShare - Share of genotypes that are not homozygous reference.
 */
export function inventVcf(rules: PgxRules, samples: number, variantShare: number, seed: number): string {
  const random = randomFrom(seed);
  const names = Array.from({ length: samples }, (_, i) => `S${String(i + 1)}`);
  const lines = [...HEADER, columnLine(names)];
  for (const gene of rules.genes.values()) {
    if (!gene.callableFromVcf) continue;
    for (const position of [...gene.positions, ...gene.calling.extraPositions]) {
      lines.push(rowOf(gene, position, names, random, variantShare));
    }
  }
  return `${lines.join('\n')}\n`;
}

function columnLine(names: readonly string[]): string {
  return ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT', ...names].join('\t');
}

function rowOf(
  gene: GeneRules,
  position: DefinitionPosition,
  names: readonly string[],
  random: () => number,
  variantShare: number,
): string {
  const genotypes = names.map(() => (random() < variantShare ? (random() < 0.8 ? '0/1' : '1/1') : '0/0'));
  const { pos, rsid, ref, alts } = position;
  return [gene.chrom, pos, rsid ?? '.', ref, alts.join(','), '.', 'PASS', '.', 'GT', ...genotypes].join('\t');
}

/**
 * Writes an invented whole-genome file of about this many bytes: rows of every chromosome in order, those of interest
 * among them.
 */
export async function writeGenomeVcf(path: string, rules: PgxRules, bytes: number): Promise<void> {
  const wanted = new Map<string, Map<number, string>>();
  for (const line of inventVcf(rules, 1, 0.01, 7).split('\n')) {
    const [chrom, pos] = line.split('\t');
    if (line.startsWith('#') || chrom === undefined || pos === undefined) continue;
    const rows = wanted.get(chrom) ?? new Map<number, string>();
    wanted.set(chrom, rows.set(Number(pos), line));
  }
  const out = createWriteStream(path);
  out.write([...HEADER, columnLine(['S1'])].join('\n') + '\n');
  const chromosomes = [...Array.from({ length: 22 }, (_, i) => `chr${String(i + 1)}`), 'chrX'];
  for (const chrom of chromosomes) {
    await writeChromosome(out, chrom, wanted.get(chrom) ?? new Map<number, string>(), bytes / chromosomes.length);
  }
  out.end();
  await once(out, 'finish');
}

async function writeChromosome(
  out: NodeJS.WritableStream,
  chrom: string,
  wanted: ReadonlyMap<number, string>,
  bytes: number,
): Promise<void> {
  const tail =
    '.\tA\tG\t512.8\tPASS\tAC=1;AF=0.5;AN=2;DP=34;FS=0;MQ=60;QD=15.1\tGT:AD:DP:GQ:PL\t0/1:17,17:34:99:541,0,560';
  let written = 0;
  const step = 170;
  for (let pos = 10_000; written < bytes; pos += step) {
    const line = `${chrom}\t${String(pos)}\t${tail}\n`;
    written += line.length;
    if (!out.write(line)) await once(out, 'drain');
  }
  // Out of order, which no reader may mind.
  for (const line of wanted.values()) out.write(`${line}\n`);
}
