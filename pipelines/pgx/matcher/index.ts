import type { PgxWarning } from '../../domain/pgx.ts';
import type { GeneRules, PgxRules } from '../rules.ts';
import type { Call, GeneMatch } from './gene-match.ts';
import { prepareSample } from './gene-sample.ts';
import { callLowestFunction } from './lowest-function.ts';
import type { MatcherOptions } from './options.ts';
import type { RowIndex } from './sites.ts';
import { indexRows, placeOf, readSites } from './sites.ts';
import { inferSlco1b1 } from './slco1b1.ts';
import { callStandard } from './standard.ts';
import type { PositionsOfInterest, VcfSample } from './vcf-sample.ts';

export { compareAlleleNames } from '../allele-names.ts';
export type { GeneMatch } from './gene-match.ts';
export type { MatcherOptions } from './options.ts';
export type { PositionsOfInterest, VcfRow, VcfSample } from './vcf-sample.ts';

/**
 * First stage: the diplotypes of every gene of the release, from one sample of a VCF on GRCh38.
 *
 * @returns One record a gene, in the order of the release, also for genes that could not be called or that no VCF shows.
 */
export function matchGenes(sample: VcfSample, rules: PgxRules, options: MatcherOptions = {}): readonly GeneMatch[] {
  const index = indexRows(sample);
  return [...rules.genes.values()].map((gene) =>
    isCallable(gene, options) ? matchGene(gene, index, sample, options) : notCallable(gene),
  );
}

/** Every position that any gene of the release needs. */
export function positionsOfInterest(rules: PgxRules): PositionsOfInterest {
  const byChrom = new Map<string, Map<number, string>>();
  const byRsid = new Map<string, number>();
  for (const gene of rules.genes.values()) {
    if (gene.chrom === null) continue;
    const positions = byChrom.get(gene.chrom) ?? new Map<number, string>();
    byChrom.set(gene.chrom, positions);
    for (const { pos, ref, rsid } of [...gene.positions, ...gene.calling.extraPositions]) {
      positions.set(pos, ref);
      if (rsid !== null) byRsid.set(rsid, pos);
    }
  }
  return { byChrom, byRsid };
}

function isCallable(gene: GeneRules, options: MatcherOptions): boolean {
  return gene.callableFromVcf || (gene.gene === 'CYP2D6' && options.cyp2d6 === true);
}

function notCallable(gene: GeneRules): GeneMatch {
  const message = `${gene.gene} is not callable from this file: short variants do not show its alleles. A reported result is needed.`;
  return {
    gene: gene.gene,
    callableFromVcf: false,
    called: false,
    diplotypes: [],
    components: [],
    lookup: [],
    inferred: false,
    effectivelyPhased: false,
    missingPositions: [],
    extraPositions: [],
    warnings: [{ code: 'NOT_CALLABLE_FROM_VCF', message }],
  };
}

function matchGene(gene: GeneRules, index: RowIndex, file: VcfSample, options: MatcherOptions): GeneMatch {
  const chrom = gene.chrom ?? '';
  const reading = {
    chrom,
    undocumentedAsReference:
      gene.calling.undocumentedAsReference && (options.combinations !== true || gene.calling.lowestFunction),
    allelicDepthUsable: file.allelicDepthUsable,
  };
  const { sites, warnings } = readSites(index, gene.positions, reading);
  const extra = readSites(index, gene.calling.extraPositions, { ...reading, undocumentedAsReference: false });
  const sample = prepareSample(gene, sites);
  const direct = gene.calling.lowestFunction ? callLowestFunction(sample) : callStandard(sample, options);
  const call = direct.diplotypes.length === 0 ? (inferSlco1b1(sample) ?? direct) : direct;
  const components = call.components ?? [];
  const called = call.diplotypes.length > 0 || components.length > 0;
  return {
    gene: gene.gene,
    callableFromVcf: true,
    called,
    diplotypes: call.diplotypes,
    components,
    lookup: call.lookup ?? call.diplotypes,
    inferred: call.inferred ?? false,
    effectivelyPhased: sample.effectivelyPhased,
    missingPositions: gene.positions.filter((_, i) => sites[i] === null),
    extraPositions: gene.calling.extraPositions.map((position, i) => ({
      position,
      alleles: extra.sites[i]?.alleles ?? null,
    })),
    warnings: [
      ...warnings,
      ...extra.warnings,
      ...(call.warnings ?? []),
      ...missingWarnings(gene, sites),
      ...uncalledWarnings(gene, called, sample.available, sample.mixedPloidy, call),
    ],
  };
}

/** Says which positions were not read and which alleles could therefore not be looked for. */
function missingWarnings(gene: GeneRules, sites: readonly unknown[]): readonly PgxWarning[] {
  const missing = new Set([...gene.positions.keys()].filter((i) => sites[i] === null));
  if (missing.size === 0 || missing.size === gene.positions.length) return [];
  const hidden = [...gene.alleles.values()].filter(({ variants }) =>
    variants?.some(([index, base]) => missing.has(index) && base !== gene.positions[index]?.ref),
  );
  const names = hidden.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = hidden.length > names.length ? ` and ${String(hidden.length - names.length)} more` : '';
  const message = `${String(missing.size)} of ${String(gene.positions.length)} positions were not read and are not taken for reference. Alleles that need them cannot be told: ${names.join('; ')}${more}.`;
  const positions = gene.positions
    .filter((_, i) => missing.has(i))
    .map((position) => placeOf(gene.chrom ?? '', position));
  return [{ code: 'POSITIONS_MISSING', message, positions }];
}

const MOST_NAMED = 8;

function uncalledWarnings(
  gene: GeneRules,
  called: boolean,
  available: number,
  mixedPloidy: boolean,
  call: Call,
): readonly PgxWarning[] {
  if (called || (call.warnings ?? []).length > 0) return [];
  if (available === 0) {
    return [{ code: 'NOT_CALLED', message: `${gene.gene} is not called: the file has none of its positions.` }];
  }
  const reason = mixedPloidy
    ? 'some positions have one allele and some two'
    : 'no pair of defined alleles explains the variants found';
  return [{ code: 'NOT_CALLED', message: `${gene.gene} is not called: ${reason}.` }];
}
