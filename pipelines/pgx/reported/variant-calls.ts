import type { PgxRules } from '../rules.ts';
import { nameAllele, wildType } from './allele-names.ts';
import { DEFAULT_VARIANT, TAG_VARIANTS, foldName } from './lexicon.ts';
import type { TagVariant } from './lexicon.ts';
import type { Zygosity } from './result-tokens.ts';

/** What a report says of one variant of a gene. */
export interface VariantCall {
  readonly variant: TagVariant;
  /** How many of the two chromosomes carry it; null where the report does not say. */
  readonly copies: number | null;
  readonly hemizygous: boolean;
  readonly present: boolean | null;
}

/** Knows a variant by any of its names, or by the allele that bears its name. */
export function findVariant(rules: PgxRules, gene: string, name: string): TagVariant | null {
  const folded = foldName(name);
  const bare = folded.replace(/^[cgm]\./, '');
  const tagged = TAG_VARIANTS.find(
    (tag) =>
      tag.gene === gene &&
      tag.names.some(
        (known) => [folded, bare].includes(foldName(known).replace(/^c\./, '')) || foldName(known) === folded,
      ),
  );
  if (tagged !== undefined) return tagged;
  if (/^\*?\d/.test(folded) && !folded.includes('>')) return null;
  const allele = nameAllele(rules, gene, name);
  if (allele.known) return { gene, names: [allele.name], allele: allele.lookup, ...basesOf(allele.name) };
  return byRsid(rules, gene, name);
}

/** The variant that bare genotype letters behind this gene speak of (VKORC1, IFNL3, SLCO1B1, …). */
export function defaultVariant(rules: PgxRules, gene: string): TagVariant | null {
  const name = DEFAULT_VARIANT[gene];
  return name === undefined ? null : findVariant(rules, gene, name);
}

function basesOf(name: string): { readonly ref: string; readonly alt: string } {
  const match = /([ACGT]+)>([ACGT]+)/.exec(name);
  return { ref: match?.[1] ?? '', alt: match?.[2] ?? '' };
}

/** An rs number of the release: the allele that this one position defines. */
function byRsid(rules: PgxRules, gene: string, name: string): TagVariant | null {
  if (!/^rs\d+$/i.test(name)) return null;
  const known = rules.genes.get(gene);
  const index = known?.positions.findIndex((position) => position.rsid === name.toLowerCase()) ?? -1;
  const position = known?.positions[index];
  if (known === undefined || position === undefined) return null;
  for (const allele of known.alleles.values()) {
    const [only, ...others] = allele.variants ?? [];
    if (only !== undefined && others.length === 0 && only[0] === index) {
      return { gene, names: [name], allele: allele.name, ref: position.ref, alt: only[1] };
    }
  }
  return null;
}

const COMPLEMENT: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' };

/** Counts the variant base in two reported bases, on either strand; null where they fit neither. */
export function copiesInLetters(variant: TagVariant, letters: readonly [string, string]): number | null {
  const strands = [
    [variant.ref, variant.alt],
    [COMPLEMENT[variant.ref] ?? '', COMPLEMENT[variant.alt] ?? ''],
  ] as const;
  for (const [ref, alt] of strands) {
    if (alt !== '' && letters.every((base) => base === ref || base === alt))
      return letters.filter((base) => base === alt).length;
  }
  return null;
}

export function copiesOfZygosity(zygosity: Zygosity | null): number | null {
  if (zygosity === null) return null;
  return zygosity === 'homozygous' ? 2 : 1;
}

/** The pair of alleles that the calls amount to; null where they leave it open. */
export function allelesOfCalls(
  rules: PgxRules,
  gene: string,
  calls: readonly VariantCall[],
): { readonly alleles: readonly string[]; readonly phaseUnknown: boolean } | null {
  const known = rules.genes.get(gene);
  const reference = known === undefined ? 'wild type' : wildType(known);
  if (reference === null) return null;
  const carried = onePerAllele(calls).filter((call) => call.copies !== 0 && call.present !== false);
  if (carried.some((call) => call.copies === null)) return null;
  const found = carried.flatMap((call) => Array.from({ length: call.copies ?? 0 }, () => call.variant.allele));
  if (carried.length === 1 && carried[0]?.hemizygous === true) return { alleles: found, phaseUnknown: false };
  if (known?.chrom === null && found.length > 0) return { alleles: found.slice(0, 1), phaseUnknown: false };
  const missing = Array.from({ length: Math.max(0, 2 - found.length) }, () => reference);
  return { alleles: [...missing, ...found], phaseUnknown: carried.length > 1 };
}

/** Two names of one allele (HapB3 and its intron variant) are one call: the one that says more. */
function onePerAllele(calls: readonly VariantCall[]): readonly VariantCall[] {
  const byAllele = new Map<string, VariantCall>();
  for (const call of calls) {
    const known = byAllele.get(call.variant.allele);
    if (
      known === undefined ||
      (known.copies === null && known.present === null) ||
      (known.copies === null && call.copies !== null)
    ) {
      byAllele.set(call.variant.allele, call);
    }
  }
  return [...byAllele.values()];
}
