import type { VcfRow } from '../../pgx/matcher/vcf-sample.ts';

/** Columns before the first sample: CHROM POS ID REF ALT QUAL FILTER INFO FORMAT. */
const FIXED_COLUMNS = 9;
/** Engines keep shorter pieces of a text as copies, longer ones as a view of the whole. */
const LONGEST_COPIED = 12;

/** Where each column starts, up to the first sample; null for a line that has no sample column. */
export function columnStarts(data: string, start: number, end: number): readonly number[] | null {
  const starts = [start];
  for (let tab = data.indexOf('\t', start); starts.length <= FIXED_COLUMNS; tab = data.indexOf('\t', tab + 1)) {
    if (tab < 0 || tab >= end) return null;
    starts.push(tab + 1);
  }
  return starts;
}

/** Text of a fixed column, as a copy of its own: a view would keep a whole piece of the file in memory. */
export function cellAt(data: string, starts: readonly number[], column: number): string {
  return copied(data.slice(starts[column], (starts[column + 1] ?? 1) - 1));
}

function copied(text: string): string {
  return text.length <= LONGEST_COPIED ? text : Buffer.from(text, 'utf8').toString('utf8');
}

type Fields = Pick<VcfRow, 'gt' | 'ps' | 'ad'>;

/** Knows where GT, PS and AD stand in the sample columns. */
export class FormatLayout {
  readonly #gt: number;
  readonly #ps: number;
  readonly #ad: number;
  readonly #onlyGt: boolean;

  constructor(format: string) {
    const keys = format.split(':');
    this.#gt = keys.indexOf('GT');
    this.#ps = keys.indexOf('PS');
    this.#ad = keys.indexOf('AD');
    this.#onlyGt = format === 'GT';
  }

  /** Reads a sample column; what is absent or `.` is null. */
  read(column: string): Fields {
    if (this.#onlyGt) return { gt: column === '' ? null : copied(column), ps: null, ad: null };
    const fields = column.split(':');
    const gt = fields[this.#gt];
    return {
      gt: gt === undefined || gt === '' ? null : copied(gt),
      ps: given(fields[this.#ps]),
      ad: given(fields[this.#ad]),
    };
  }
}

function given(field: string | undefined): string | null {
  return field === undefined || field === '.' || field === '' ? null : copied(field);
}

const layouts = new Map<string, FormatLayout>();
const MOST_LAYOUTS = 500;

/** Layout of a FORMAT column; files use few different ones. */
export function formatLayout(format: string): FormatLayout {
  const known = layouts.get(format);
  if (known !== undefined) return known;
  const layout = new FormatLayout(format);
  if (layouts.size < MOST_LAYOUTS) layouts.set(format, layout);
  return layout;
}
