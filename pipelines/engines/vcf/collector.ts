import { ClinicalError } from '../../errors.ts';
import type { PositionsOfInterest, VcfRow, VcfSample } from '../../pgx/matcher/vcf-sample.ts';
import { RowBuildEvidence, chromosomeName } from './build.ts';
import type { VcfHeader } from './header.ts';
import { readHeader } from './header.ts';

const TAB = 9;
const NEWLINE = 10;
const HASH = 35;
const MOST_HEADER_BYTES = 64 * 2 ** 20;

/** Which samples of a file are kept. */
export type SampleChoice =
  /** The only sample, or the named one. */
  { readonly sample?: string } | 'all';

/**
 * Takes a VCF in pieces and keeps the rows at positions of interest. A line is looked at no further than its position
 * unless that is one of them, so that a whole genome passes through in constant memory.
 */
export class VcfCollector {
  readonly #wanted: PositionsOfInterest;
  readonly #choice: SampleChoice;
  readonly #evidence = new RowBuildEvidence();
  #rest: Buffer = Buffer.alloc(0);
  #headerLines: string[] = [];
  #headerBytes = 0;
  #header: VcfHeader | null = null;
  #kept: readonly number[] = [];
  #rows: VcfRow[][] = [];
  #rowsSeen = 0;
  #genotypesSeen = 0;
  #chromBytes: Buffer = Buffer.alloc(0);
  #chrom = '';
  #positions: ReadonlyMap<number, string> | null = null;

  constructor(wanted: PositionsOfInterest, choice: SampleChoice) {
    this.#wanted = wanted;
    this.#choice = choice;
  }

  /** @throws ClinicalError `VCF_NOT_VCF`, `VCF_NO_GENOTYPES`, `VCF_BUILD_UNSUPPORTED`, `VCF_SAMPLE_AMBIGUOUS`, `VCF_SAMPLE_UNKNOWN` */
  write(piece: Buffer): void {
    const data = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    let start = 0;
    for (let end = data.indexOf(NEWLINE, start); end >= 0; end = data.indexOf(NEWLINE, start)) {
      this.#line(data, start, end);
      start = end + 1;
    }
    // A copy, so that a small rest does not keep a large piece alive.
    this.#rest = Buffer.from(data.subarray(start));
    if (this.#header === null && this.#headerBytes + this.#rest.length > MOST_HEADER_BYTES) {
      throw new ClinicalError('VCF_NOT_VCF', { reason: 'its header does not end' });
    }
  }

  /** @throws ClinicalError as `write`. */
  finish(): readonly VcfSample[] {
    if (this.#rest.length > 0) this.#line(this.#rest, 0, this.#rest.length);
    const header = this.#header;
    if (header === null) throw new ClinicalError('VCF_NOT_VCF', { reason: 'it has no line that starts with #CHROM' });
    if (header.build === null) this.#evidence.check();
    if (this.#rowsSeen > 0 && this.#genotypesSeen === 0) throw new ClinicalError('VCF_NO_GENOTYPES');
    return this.#kept.map((index, i) => ({
      sample: header.samples[index] ?? '',
      rows: this.#rows[i] ?? [],
      allelicDepthUsable: header.allelicDepthUsable,
    }));
  }

  #line(data: Buffer, start: number, end: number): void {
    if (end === start || (end === start + 1 && data[start] === 13)) return;
    if (data[start] === HASH) this.#headerLine(data.toString('utf8', start, end).replace(/\r$/, ''));
    else if (this.#header === null) this.#refuseFirstLine(data, start, end);
    else this.#rowLine(this.#header, data, start, end);
  }

  #refuseFirstLine(data: Buffer, start: number, end: number): void {
    // A byte order mark before the first header line is forgiven.
    const text = data.toString('utf8', start, Math.min(end, start + 4096));
    if (this.#headerLines.length === 0 && text.startsWith('\ufeff#')) {
      this.#headerLine(data.toString('utf8', start + 3, end).replace(/\r$/, ''));
      return;
    }
    const reason =
      this.#headerLines.length === 0
        ? 'it does not start with ##fileformat=VCF'
        : 'its rows come before the column names';
    throw new ClinicalError('VCF_NOT_VCF', { reason });
  }

  #headerLine(line: string): void {
    if (this.#header !== null) return;
    if (this.#headerLines.length === 0 && !/^##fileformat=VCF|^#CHROM\t/i.test(line)) {
      throw new ClinicalError('VCF_NOT_VCF', { reason: 'it does not start with ##fileformat=VCF' });
    }
    this.#headerBytes += line.length;
    this.#headerLines.push(line);
    if (line.startsWith('##')) return;
    this.#header = readHeader(this.#headerLines);
    this.#headerLines = [];
    this.#kept = chooseSamples(this.#header.samples, this.#choice);
    this.#rows = this.#kept.map(() => []);
  }

  #rowLine(header: VcfHeader, data: Buffer, start: number, end: number): void {
    const chromEnd = data.indexOf(TAB, start);
    if (chromEnd < 0 || chromEnd >= end) return;
    this.#enterChromosome(data, start, chromEnd);
    if (this.#positions === null) return;
    let cursor = chromEnd + 1;
    let pos = 0;
    for (let digit = data[cursor] ?? TAB; digit !== TAB && cursor < end; digit = data[cursor] ?? TAB) {
      pos = pos * 10 + (digit - 48);
      cursor += 1;
    }
    const ref = this.#positions.get(pos);
    if (ref !== undefined) this.#keep(header, data.toString('latin1', start, end), pos, ref);
    else if (header.build === null) this.#checkRsid(data, cursor + 1, end, pos);
  }

  /** Rows of a chromosome follow each other, so its name is looked up once. */
  #enterChromosome(data: Buffer, start: number, end: number): void {
    if (this.#chromBytes.length === end - start && data.compare(this.#chromBytes, 0, end - start, start, end) === 0)
      return;
    this.#chromBytes = Buffer.from(data.subarray(start, end));
    this.#chrom = chromosomeName(this.#chromBytes.toString('latin1')) ?? '';
    this.#positions = this.#wanted.byChrom.get(this.#chrom) ?? null;
  }

  /** A known rs number at another position is a sign of another build. */
  #checkRsid(data: Buffer, start: number, end: number, pos: number): void {
    if (data[start] !== 114 || data[start + 1] !== 115) return;
    const idEnd = data.indexOf(TAB, start);
    if (idEnd < 0 || idEnd > end || idEnd - start > 16) return;
    const known = this.#wanted.byRsid.get(data.toString('latin1', start, idEnd));
    if (known !== undefined && known !== pos) this.#evidence.add(false);
  }

  #keep(header: VcfHeader, line: string, pos: number, ref: string): void {
    const variant = header.parser.parseLine(line);
    if (variant.REF === undefined || variant.FORMAT === undefined) return;
    this.#rowsSeen += 1;
    if (header.build === null && ref.length === 1 && variant.REF.length === 1) {
      this.#evidence.add(variant.REF.toUpperCase() === ref);
    }
    const common = {
      chrom: this.#chrom,
      pos,
      id: variant.ID?.[0] ?? null,
      ref: variant.REF,
      alts: variant.ALT ?? [],
    };
    variant.processFormatFields(['GT', 'PS', 'AD'], (text, ranges, sample) => {
      const row = this.#kept.length === 1 && this.#kept[0] === sample ? 0 : this.#kept.indexOf(sample);
      if (row < 0) return;
      const field = (k: number): string | null => {
        const [from, to] = [ranges[2 * k] ?? -1, ranges[2 * k + 1] ?? -1];
        return from < 0 ? null : text.slice(from, to);
      };
      const [gt, ps, ad] = [field(0), field(1), field(2)];
      if (gt !== null) this.#genotypesSeen += 1;
      this.#rows[row]?.push({ ...common, gt: gt === '' ? null : gt, ps: ps === '.' || ps === '' ? null : ps, ad });
    });
  }
}

function chooseSamples(samples: readonly string[], choice: SampleChoice): readonly number[] {
  if (choice === 'all') return samples.map((_, index) => index);
  if (choice.sample === undefined) {
    if (samples.length > 1) throw new ClinicalError('VCF_SAMPLE_AMBIGUOUS', { count: samples.length });
    return [0];
  }
  const found = samples.flatMap((name, index) => (name === choice.sample ? [index] : []));
  if (found.length === 0) throw new ClinicalError('VCF_SAMPLE_UNKNOWN');
  if (found.length > 1) throw new ClinicalError('VCF_SAMPLE_AMBIGUOUS', { count: found.length });
  return found;
}
