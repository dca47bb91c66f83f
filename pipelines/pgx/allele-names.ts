/**
 * Orders allele names as people list them: `Reference` first, numbers as numbers (`*2` before `*10`), HGVS names by their
 * coordinate, combinations last and shorter ones first.
 */
export function compareAlleleNames(a: string, b: string): number {
  if (a === b) return 0;
  const [partsA, partsB] = [componentsOf(a), componentsOf(b)];
  if (partsA.length !== partsB.length) return partsA.length - partsB.length;
  const [first, second] = [partsA[0] ?? a, partsB[0] ?? b];
  if ((first === 'Reference') !== (second === 'Reference')) return first === 'Reference' ? -1 : 1;
  const [hgvsA, hgvsB] = [hgvsCoordinate(first), hgvsCoordinate(second)];
  if (hgvsA !== null && hgvsB !== null) return hgvsA - hgvsB || plainOrder(a, b);
  return naturalOrder(first, second) || plainOrder(a, b);
}

/** `[a + b]` -> `a`, `b`; any other name stands for itself. */
export function componentsOf(name: string): readonly string[] {
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1).split(' + ') : [name];
}

/** Joins alleles found on one strand: `[a + b]`; one allele keeps its name. */
export function combinationName(components: readonly string[]): string {
  return components.length === 1 ? (components[0] ?? '') : `[${components.join(' + ')}]`;
}

/** A diplotype in a fixed order, so that equal pairs are equal lists. */
export function sortedPair(alleles: readonly string[]): readonly string[] {
  return [...alleles].sort(compareAlleleNames);
}

/** Orders diplotypes by their alleles. */
export function comparePairs(a: readonly string[], b: readonly string[]): number {
  return compareAlleleNames(a[0] ?? '', b[0] ?? '') || compareAlleleNames(a[1] ?? '', b[1] ?? '');
}

/** Removes repeated diplotypes, keeping the order. */
export function distinctPairs(diplotypes: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(diplotypes.map((pair) => [pair.join('/'), pair])).values()];
}

function hgvsCoordinate(name: string): number | null {
  const match = /^[cgnmopr]\.(\d+)/.exec(name);
  return match === null ? null : Number(match[1]);
}

function naturalOrder(a: string, b: string): number {
  const [tokensA, tokensB] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.min(tokensA.length, tokensB.length); i += 1) {
    const [tokenA, tokenB] = [tokensA[i] ?? '', tokensB[i] ?? ''];
    if (tokenA === tokenB) continue;
    const [numberA, numberB] = [Number(tokenA), Number(tokenB)];
    if (!Number.isNaN(numberA) && !Number.isNaN(numberB)) return numberA - numberB;
    return plainOrder(tokenA, tokenB);
  }
  return tokensA.length - tokensB.length;
}

function plainOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
