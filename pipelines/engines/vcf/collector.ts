import { ClinicalError } from '../../errors.ts';
import type { PositionsOfInterest, VcfRow, VcfSample } from '../../pgx/matcher/vcf-sample.ts';
import { RowBuildEvidence, chromosomeName } from './build.ts';
import type { VcfHeader } from './header.ts';
import { readHeader } from './header.ts';
import { cellAt, columnStarts, formatLayout } from './row.ts';

const HASH = 35;
const TAB = 9;
const CARRIAGE_RETURN = 13;
const MOST_HEADER_LENGTH = 64 * 2 ** 20;

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
  readonly #isLatin1: boolean;
  readonly #evidence = new RowBuildEvidence();
  #rest = '';
  #headerLines: string[] = [];
  #headerLength = 0;
  #header: VcfHeader | null = null;
  #kept: readonly number[] = [];
  #rows: VcfRow[][] = [];
  #rowsSeen = 0;
  #genotypesSeen = 0;
  #chromWritten = '';
  #chrom = '';
  #positions: ReadonlyMap<number, string> | null = null;

  /** @param isLatin1 - Whether the pieces are bytes read as Latin-1, so that names of samples are still to be decoded. */
  constructor(wanted: PositionsOfInterest, choice: SampleChoice, isLatin1: boolean) {
    this.#wanted = wanted;
    this.#choice = choice;
    this.#isLatin1 = isLatin1;
  }

  /** @throws ClinicalError `VCF_NOT_VCF`, `VCF_NO_GENOTYPES`, `VCF_BUILD_UNSUPPORTED`, `VCF_SAMPLE_AMBIGUOUS`, `VCF_SAMPLE_UNKNOWN` */
  write(piece: string): void {
    const data = this.#rest === '' ? piece : this.#rest + piece;
    let start = 0;
    for (let end = data.indexOf('\n', start); end >= 0; end = data.indexOf('\n', start)) {
      this.#line(data, start, end);
      start = end + 1;
    }
    this.#rest = data.slice(start);
    if (this.#header === null && this.#headerLength + this.#rest.length > MOST_HEADER_LENGTH) {
      throw new ClinicalError('VCF_NOT_VCF', { reason: 'its header does not end' });
    }
  }

  /** @throws ClinicalError as `write`. */
  finish(): readonly VcfSample[] {
    if (this.#rest !== '') this.#line(this.#rest, 0, this.#rest.length);
    const header = this.#header;
    if (header === null) throw new ClinicalError('VCF_NOT_VCF', { reason: 'it has no line that starts with #CHROM' });
    this.#evidence.check(header.build !== null);
    if (this.#rowsSeen > 0 && this.#genotypesSeen === 0) throw new ClinicalError('VCF_NO_GENOTYPES');
    return this.#kept.map((index, i) => ({
      sample: header.samples[index] ?? '',
      rows: this.#rows[i] ?? [],
      allelicDepthUsable: header.allelicDepthUsable,
    }));
  }

  #line(data: string, start: number, lineEnd: number): void {
    const end = data.charCodeAt(lineEnd - 1) === CARRIAGE_RETURN && lineEnd > start ? lineEnd - 1 : lineEnd;
    if (end === start) return;
    if (data.charCodeAt(start) === HASH) this.#headerLine(this.#decode(data.slice(start, end)));
    else if (this.#header === null) this.#refuseFirstLine(this.#decode(data.slice(start, Math.min(end, start + 4096))));
    else this.#rowLine(this.#header, data, start, end);
  }

  #decode(text: string): string {
    return this.#isLatin1 ? Buffer.from(text, 'latin1').toString('utf8') : text;
  }

  #refuseFirstLine(line: string): void {
    // A byte order mark before the first header line is forgiven.
    if (this.#headerLines.length === 0 && line.startsWith('\ufeff#')) {
      this.#headerLine(line.slice(1));
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
    this.#headerLength += line.length;
    this.#headerLines.push(line);
    if (line.startsWith('##')) return;
    this.#header = readHeader(this.#headerLines);
    this.#headerLines = [];
    this.#kept = chooseSamples(this.#header.samples, this.#choice);
    this.#rows = this.#kept.map(() => []);
  }

  #rowLine(header: VcfHeader, data: string, start: number, end: number): void {
    const chromEnd = data.indexOf('\t', start);
    if (chromEnd < 0 || chromEnd >= end) return;
    this.#enterChromosome(data, start, chromEnd);
    if (this.#positions === null) return;
    let cursor = chromEnd + 1;
    let pos = 0;
    for (let digit = data.charCodeAt(cursor); digit !== TAB && cursor < end; digit = data.charCodeAt(cursor)) {
      pos = pos * 10 + (digit - 48);
      cursor += 1;
    }
    const ref = this.#positions.get(pos);
    if (ref !== undefined) this.#keep(header, data, start, end, pos, ref);
    else if (header.build === null) this.#checkRsid(data, cursor + 1, pos);
  }

  /** Rows of a chromosome follow each other, so its name is looked up once. */
  #enterChromosome(data: string, start: number, end: number): void {
    if (this.#chromWritten.length === end - start && data.startsWith(this.#chromWritten, start)) return;
    this.#chromWritten = data.slice(start, end);
    this.#chrom = chromosomeName(this.#chromWritten) ?? '';
    this.#positions = this.#wanted.byChrom.get(this.#chrom) ?? null;
  }

  /** A known rs number at another position is a sign of another build. */
  #checkRsid(data: string, start: number, pos: number): void {
    if (!data.startsWith('rs', start)) return;
    const known = this.#wanted.byRsid.get(data.slice(start, Math.min(data.indexOf('\t', start), start + 16)));
    if (known !== undefined && known !== pos) this.#evidence.add(false);
  }

  #keep(header: VcfHeader, data: string, start: number, end: number, pos: number, expectedRef: string): void {
    const starts = columnStarts(data, start, end);
    if (starts === null) return;
    this.#rowsSeen += 1;
    const id = cellAt(data, starts, 2);
    const ref = cellAt(data, starts, 3);
    const alt = cellAt(data, starts, 4);
    const alts = alt === '.' || alt === '' ? [] : alt.split(',');
    const layout = formatLayout(cellAt(data, starts, 8));
    if (expectedRef.length === 1 && ref.length === 1) this.#evidence.add(ref.toUpperCase() === expectedRef);
    let cursor = starts[9] ?? end;
    let column = 0;
    for (let i = 0; i < this.#kept.length; i += 1) {
      const wantedColumn = this.#kept[i] ?? 0;
      for (; column < wantedColumn; column += 1) {
        const tab = data.indexOf('\t', cursor);
        cursor = tab < 0 || tab >= end ? end : tab + 1;
      }
      const tab = data.indexOf('\t', cursor);
      const fields = layout.read(data.slice(cursor, tab < 0 || tab > end ? end : tab));
      if (fields.gt !== null) this.#genotypesSeen += 1;
      this.#rows[i]?.push({ chrom: this.#chrom, pos, id: id === '.' ? null : id, ref, alts, ...fields });
    }
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
