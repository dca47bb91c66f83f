import type { DefinitionPosition, PgxRules } from '../rules.ts';
import { resultOfMatch } from '../vcf-results.ts';
import type { GeneMatch } from './gene-match.ts';
import { matchGenes } from './index.ts';
import type { VcfRow, VcfSample } from './vcf-sample.ts';

/** For tests: genotypes written as a laboratory would, by rs number or position. */
export interface GenotypeOfGene {
  /** rs number or position -> bases, `G/A` unphased, `G|A` phased, `A` haploid, `G|A:7` in phase set 7. */
  readonly variants?: Readonly<Record<string, string>>;
  /** rs numbers or positions that the file does not have. */
  readonly missing?: readonly string[];
  /** Copies of the chromosome where nothing is stated: two, or one for chromosome X of a man. */
  readonly ploidy?: 1 | 2;
  readonly phased?: boolean;
  /** Rows as they stand, added after the others. */
  readonly extraRows?: readonly VcfRow[];
}

/** Genotypes tried on one release. */
export class GenotypeBench {
  readonly rules: PgxRules;

  constructor(rules: PgxRules) {
    this.rules = rules;
  }

  /** A sample that is reference at every position of the gene but where something else is stated. */
  sampleOf = (gene: string, genotype: GenotypeOfGene): VcfSample => {
    const definition = this.rules.genes.get(gene);
    if (definition?.chrom == null) throw new Error(`no positions for ${gene}`);
    const { chrom } = definition;
    const positions = [...definition.positions, ...definition.calling.extraPositions];
    const rows = positions
      .filter((position) => !(genotype.missing ?? []).some((name) => isNamed(position, name)))
      .map((position) => rowOf(chrom, position, statedFor(position, genotype)));
    return { sample: 'S1', rows: [...rows, ...(genotype.extraRows ?? [])], allelicDepthUsable: true };
  };

  /** What the matcher makes of one gene. */
  matchOf = (gene: string, genotype: GenotypeOfGene): GeneMatch => {
    const matches = matchGenes(this.sampleOf(gene, genotype), this.rules);
    const match = matches.find((candidate) => candidate.gene === gene);
    if (match === undefined) throw new Error(`no result for ${gene}`);
    return match;
  };

  /** The calls as people write them, with the phenotype that they mean: `*1/*2: Intermediate Metabolizer`. */
  callOf = (gene: string, genotype: GenotypeOfGene): string => {
    const result = resultOfMatch(this.matchOf(gene, genotype), this.rules, { kind: 'given' });
    const pairs = result.diplotypes.map((pair) => pair.join('/'));
    const calls = result.components.length > 0 ? [result.components.join(', ')] : pairs;
    const score = result.activityScore.length > 0 ? ` (${result.activityScore.join(', ')})` : '';
    return `${calls.join(' or ') || 'no call'}: ${result.phenotype.join(', ') || 'no phenotype'}${score}`;
  };
}

export function codesOf(match: Pick<GeneMatch, 'warnings'>): readonly string[] {
  return match.warnings.map(({ code }) => code);
}

function isNamed(position: DefinitionPosition, name: string): boolean {
  return position.rsid === name || String(position.pos) === name;
}

function statedFor(position: DefinitionPosition, genotype: GenotypeOfGene): string {
  const stated = Object.entries(genotype.variants ?? {}).find(([name]) => isNamed(position, name));
  const copies = Array<string>(genotype.ploidy ?? 2).fill(position.ref);
  return stated?.[1] ?? copies.join(genotype.phased === true ? '|' : '/');
}

function rowOf(chrom: string, position: DefinitionPosition, stated: string): VcfRow {
  const [bases = '', ps] = stated.split(':');
  const alleles = [position.ref, ...position.alts];
  const indexes = bases.split(/[|/]/).map((base) => {
    if (base === '.') return '.';
    if (!alleles.includes(base)) alleles.push(base);
    return String(alleles.indexOf(base));
  });
  return {
    chrom,
    pos: position.pos,
    id: position.rsid,
    ref: position.ref,
    alts: alleles.slice(1),
    gt: indexes.join(bases.includes('|') ? '|' : '/'),
    ps: ps ?? null,
    ad: null,
  };
}
