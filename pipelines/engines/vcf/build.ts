import { ClinicalError } from '../../errors.ts';

/** Lengths of chromosomes that tell the two human builds apart. */
const GRCH37_LENGTHS: Readonly<Record<string, number>> = {
  chr1: 249250621,
  chr2: 243199373,
  chr4: 191154276,
  chr6: 171115067,
  chr7: 159138663,
  chr8: 146364022,
  chr10: 135534747,
  chr12: 133851895,
  chr13: 115169878,
  chr16: 90354753,
  chr19: 59128983,
  chr22: 51304566,
  chrX: 155270560,
};
const GRCH38_LENGTHS: Readonly<Record<string, number>> = {
  chr1: 248956422,
  chr2: 242193529,
  chr4: 190214555,
  chr6: 170805979,
  chr7: 159345973,
  chr8: 145138636,
  chr10: 133797422,
  chr12: 133275309,
  chr13: 114364328,
  chr16: 90338345,
  chr19: 58617616,
  chr22: 50818468,
  chrX: 156040895,
};

const NAMES: readonly (readonly [pattern: RegExp, build: string])[] = [
  [/grch38|hg38|hs38|b38/i, 'GRCh38'],
  [/grch37|hg19|b37|hs37|g1k_v37/i, 'GRCh37'],
  [/ncbi36|hg18|b36/i, 'NCBI36'],
  [/chm13|t2t/i, 'T2T-CHM13'],
];

export interface Contig {
  readonly id: string;
  readonly length: number | null;
  readonly assembly: string | null;
}

/**
 * The genome build that a header states: by contig lengths before names, by contig names before the reference line.
 *
 * @returns null where the header does not say.
 */
export function buildOfHeader(contigs: readonly Contig[], reference: string | null): string | null {
  const byLength = contigs.map(({ id, length }) => buildOfLength(id, length)).filter((build) => build !== null);
  if (byLength.length > 0) return byLength.find((build) => build !== 'GRCh38') ?? 'GRCh38';
  const byName = contigs.map(({ assembly }) => buildOfName(assembly)).filter((build) => build !== null);
  if (byName.length > 0) return byName.find((build) => build !== 'GRCh38') ?? 'GRCh38';
  return buildOfName(reference);
}

function buildOfLength(id: string, length: number | null): string | null {
  const chrom = chromosomeName(id);
  if (length === null || chrom === null) return null;
  if (GRCH38_LENGTHS[chrom] === length) return 'GRCh38';
  return GRCH37_LENGTHS[chrom] === length ? 'GRCh37' : null;
}

function buildOfName(name: string | null): string | null {
  if (name === null) return null;
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** `10`, `chr10`, `CHR10` -> `chr10`; `MT` -> `chrM`; null for what is no chromosome. */
export function chromosomeName(id: string): string | null {
  const match = /^(?:chr)?(\d{1,2}|x|y|mt?)$/i.exec(id);
  const name = match?.[1]?.toUpperCase();
  if (name === undefined) return null;
  return `chr${name === 'MT' ? 'M' : name}`;
}

/** Evidence about the build from rows. */
export class RowBuildEvidence {
  #agreeing = 0;
  #disagreeing = 0;

  /** Takes in whether a row agrees with GRCh38, by its reference base or by where its rs number stands. */
  add(agrees: boolean): void {
    if (agrees) this.#agreeing += 1;
    else this.#disagreeing += 1;
  }

  /**
   * Few rows that disagree are errors of a file, many are another genome, whatever the header says.
   *
   * @param stated - Whether the header states GRCh38; more evidence is then needed.
   * @throws ClinicalError `VCF_BUILD_UNSUPPORTED`
   */
  check(stated: boolean): void {
    if (this.#disagreeing < (stated ? 10 : 4) || this.#disagreeing <= this.#agreeing) return;
    throw new ClinicalError('VCF_BUILD_UNSUPPORTED', {
      build: `a build other than GRCh38 (${String(this.#disagreeing)} of ${String(this.#agreeing + this.#disagreeing)} known positions disagree)`,
    });
  }
}

/** @throws ClinicalError `VCF_BUILD_UNSUPPORTED` */
export function refuseOtherBuild(build: string | null): void {
  if (build !== null && build !== 'GRCh38') throw new ClinicalError('VCF_BUILD_UNSUPPORTED', { build });
}
