/** One row of a VCF at a position of interest, for one sample; text as in the file, not yet judged. */
export interface VcfRow {
  /** `chr10`, whatever the file writes. */
  readonly chrom: string;
  /** 1-based. */
  readonly pos: number;
  readonly id: string | null;
  readonly ref: string;
  readonly alts: readonly string[];
  /** The sample's GT; null where the row has none. */
  readonly gt: string | null;
  /** Phase set; null where absent or `.`. */
  readonly ps: string | null;
  /** Reads of each allele, `12,0`; null where absent. */
  readonly ad: string | null;
}

/** What a VCF says of one sample at the positions of interest. */
export interface VcfSample {
  readonly sample: string;
  /** In file order; a position may have several rows. */
  readonly rows: readonly VcfRow[];
  /** False where the header declares AD in a way that its numbers cannot be tied to alleles. */
  readonly allelicDepthUsable: boolean;
}

/** What a reader of VCF files has to keep, and by what it can tell another genome build. */
export interface PositionsOfInterest {
  /** `chr10` -> position -> reference base on GRCh38. */
  readonly byChrom: ReadonlyMap<string, ReadonlyMap<number, string>>;
  /** `rs4244285` -> position on GRCh38. */
  readonly byRsid: ReadonlyMap<string, number>;
}
