import { readFileSync } from 'node:fs';
import type { GeneRules, PgxRules } from '#pipelines/pgx/rules.ts';

interface DefinitionFile {
  readonly gene: string;
  readonly chromosome: string;
  readonly variants: readonly {
    readonly position: number;
    readonly ref: string;
    readonly alts: readonly string[];
    readonly rsid: string | null;
  }[];
  readonly namedAlleles: readonly {
    readonly name: string;
    readonly alleles: readonly (string | null)[];
    readonly reference: boolean;
  }[];
}

/**
 * Reads an allele definition in the reference caller's format, as some of its tests bring their own.
 *
 * @param like - Gives what the file does not say: functions are those of the release.
 */
export function readDefinition(path: string, like: PgxRules): GeneRules {
  const file = JSON.parse(readFileSync(path, 'utf8')) as DefinitionFile;
  const known = like.genes.get(file.gene);
  const order = file.variants.map((_, i) => i).sort((a, b) => position(file, a) - position(file, b));
  const positions = order.flatMap((from) => {
    const variant = file.variants[from];
    if (variant === undefined) return [];
    return [{ pos: variant.position, ref: variant.ref, alts: variant.alts, rsid: variant.rsid }];
  });
  const alleles = file.namedAlleles.map((allele) => {
    const cells = order.flatMap((from, index) => {
      const base = allele.alleles[from];
      return base === null || base === undefined ? [] : [[index, base] as const];
    });
    const same = known?.alleles.get(allele.name);
    return {
      name: allele.name,
      // The reference is spelled out in full; only cells that allow more than the reference base say anything.
      variants: allele.reference ? cells.filter(([index, base]) => base !== positions[index]?.ref) : cells,
      function: same?.function ?? null,
      activityValue: same?.activityValue ?? null,
    };
  });
  return {
    gene: file.gene,
    chrom: file.chromosome,
    callableFromVcf: true,
    positions,
    reference: file.namedAlleles.find(({ reference }) => reference)?.name ?? null,
    alleles: new Map(alleles.map((allele) => [allele.name, allele])),
    reportAs: new Map(),
    phenotypeRule: known?.phenotypeRule ?? { kind: 'none' },
    phenotypes: known?.phenotypes ?? new Map(),
    calling: {
      requiredPositions: [],
      extraPositions: [],
      tiePicks: [],
      undocumentedAsReference: known?.calling.undocumentedAsReference ?? false,
      lowestFunction: known?.calling.lowestFunction ?? false,
      haploid: known?.calling.haploid ?? false,
    },
  };
}

function position(file: DefinitionFile, index: number): number {
  return file.variants[index]?.position ?? 0;
}
