import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPgxRules } from '../../engines/pgx-rules/index.ts';
import { sortedPair } from '../allele-names.ts';
import type { GeneRules } from '../rules.ts';
import { allows, candidateAlleles } from './candidate-alleles.ts';
import { exactPairs } from './exact-pairs.ts';
import type { GeneSample } from './gene-sample.ts';
import { prepareSample } from './gene-sample.ts';
import type { Site } from './sites.ts';

const rules = loadPgxRules();
const genes = [...rules.genes.values()].filter((gene) => gene.callableFromVcf && !gene.calling.lowestFunction);

/** The plain way: write out every reading of the two strands and compare each with every allele, position by position. */
function pairsByWritingOut(sample: GeneSample): readonly string[] {
  const alleles = candidateAlleles(sample);
  const found = new Set<string>();
  for (let arrangement = 0; arrangement < 2 ** sample.blocks.length; arrangement += 1) {
    const ways = new Map(sample.blocks.flatMap((block, i) => block.map((index) => [index, (arrangement >> i) & 1])));
    const names = [0, 1].map((side) => {
      const strand = sample.sites.map((site, index) => site?.alleles[(ways.get(index) ?? 0) ^ side] ?? null);
      return alleles.filter((allele) => lies(allele, strand, sample)).map(({ name }) => name);
    });
    for (const a of names[0] ?? []) for (const b of names[1] ?? []) found.add(sortedPair([a, b]).join('/'));
  }
  return [...found].sort();
}

function lies(
  allele: ReturnType<typeof candidateAlleles>[number],
  strand: readonly (string | null)[],
  sample: GeneSample,
): boolean {
  return strand.every((base, index) => {
    if (base === null) return true;
    const cell = allele.cells.find((candidate) => candidate.index === index);
    return cell === undefined ? base === sample.gene.positions[index]?.ref : allows(cell, base);
  });
}

/** Two alleles of the gene laid on the strands, some positions lost, phase known, unknown or in sets. */
const genotypes = fc
  .record({
    gene: fc.constantFrom(...genes),
    first: fc.nat(),
    second: fc.nat(),
    third: fc.nat(),
    lost: fc.array(fc.nat(), { maxLength: 3 }),
    phase: fc.constantFrom('unphased', 'phased', 'sets'),
  })
  .map(({ gene, first, second, third, lost, phase }) => {
    const names = [...gene.alleles.values()].filter(({ variants }) => variants !== null);
    const [a, b, c] = [first, second, third].map((n) => names[n % names.length]?.name ?? '');
    const strands = [basesOf(gene, [a ?? '', c ?? '']), basesOf(gene, [b ?? ''])];
    const sites = gene.positions.map((position, index): Site | null => {
      if (lost.some((n) => n % gene.positions.length === index)) return null;
      const alleles = strands.map((strand) => strand[index] ?? position.ref);
      return { position, alleles, phased: phase !== 'unphased', phaseSet: phase === 'sets' ? String(index % 2) : null };
    });
    return prepareSample(gene, sites);
  })
  .filter((sample) => sample.blocks.length <= 8);

function basesOf(gene: GeneRules, names: readonly string[]): readonly string[] {
  const bases = gene.positions.map(({ ref }) => ref);
  for (const name of names) {
    for (const [index, base] of gene.alleles.get(name)?.variants ?? []) {
      if (/^[ACGT]+$/.test(base)) bases[index] = base;
    }
  }
  return bases;
}

describe('pairs of named alleles', () => {
  it('are those that writing out every reading of the strands finds', () => {
    fc.assert(
      fc.property(genotypes, (sample) => {
        const found = exactPairs(sample).map(({ alleles }) => alleles.join('/'));
        expect([...found].sort()).toEqual(pairsByWritingOut(sample));
      }),
      { numRuns: 400 },
    );
  });

  it('come best first', () => {
    fc.assert(
      fc.property(genotypes, (sample) => {
        const scores = exactPairs(sample).map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
      { numRuns: 100 },
    );
  });
});
