import VCFParser from '@gmod/vcf';
import { ClinicalError } from '../../errors.ts';
import type { Contig } from './build.ts';
import { buildOfHeader, refuseOtherBuild } from './build.ts';

export interface VcfHeader {
  readonly samples: readonly string[];
  /** Build that the header states; null where it is silent. */
  readonly build: string | null;
  readonly allelicDepthUsable: boolean;
}

/**
 * Reads the header of a VCF.
 *
 * @param lines - All lines that start with `#`, in order, without their ends.
 * @throws ClinicalError `VCF_NOT_VCF`, `VCF_NO_GENOTYPES`, `VCF_BUILD_UNSUPPORTED`
 */
export function readHeader(lines: readonly string[]): VcfHeader {
  const parser = parse(lines);
  const build = buildOfHeader(contigsOf(parser), textOf(parser.getMetadata('reference')));
  refuseOtherBuild(build);
  if (parser.samples.length === 0) throw new ClinicalError('VCF_NO_GENOTYPES');
  const number = fieldOf(parser.getMetadata('FORMAT', 'AD'), 'Number');
  const declared = lines.some((line) => line.startsWith('##FORMAT=<ID=AD,'));
  return { samples: parser.samples, build, allelicDepthUsable: !declared || number === 'R' };
}

function parse(lines: readonly string[]): VCFParser {
  try {
    return new VCFParser({ header: lines.join('\n'), strict: false });
  } catch (cause) {
    throw new ClinicalError('VCF_NOT_VCF', { reason: 'its header cannot be read' }, cause);
  }
}

function contigsOf(parser: VCFParser): readonly Contig[] {
  const contigs = parser.getMetadata('contig');
  if (typeof contigs !== 'object') return [];
  return Object.entries(contigs).map(([id, contig]) => {
    const length = Number(fieldOf(contig, 'length') ?? NaN);
    return { id, length: Number.isNaN(length) ? null : length, assembly: fieldOf(contig, 'assembly') };
  });
}

function fieldOf(section: unknown, key: string): string | null {
  if (typeof section !== 'object' || section === null) return null;
  return textOf((section as Record<string, unknown>)[key]);
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}
