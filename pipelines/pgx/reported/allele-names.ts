import type { GeneRules, PgxRules } from '../rules.ts';
import { foldName, isWildTypeName, synonymOf } from './lexicon.ts';

/** An allele of a report under the names of the release. */
export interface NamedAllele {
  /** As the release writes it; as the report writes it where the release does not know it. */
  readonly name: string;
  /** The name that guidelines look up. */
  readonly lookup: string;
  readonly known: boolean;
}

/**
 * Brings one allele name to the spelling of the release: missing asterisks, blanks around `+`, letters of old sub-alleles
 * (`*4A`), suballele numbers (`*4.001`), copies (`×2`), historic names (`*1B`), HLA fields beyond the second, and the word
 * "wild type". A part in brackets means that the laboratory is not sure of it; such a name is left unknown.
 */
export function nameAllele(rules: PgxRules, geneName: string, raw: string): NamedAllele {
  const written = raw
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^\(([^()+]*)\)$/, '$1')
    .trim();
  if (rules.alleleStatus.has(geneName) || geneName.startsWith('HLA-')) return nameHla(written);
  const gene = rules.genes.get(geneName);
  if (gene === undefined) return { name: written, lookup: written, known: false };
  const name = findName(gene, written);
  if (name !== null) return { name, lookup: name, known: true };
  const counted = copiesOfCommonAllele(gene, written);
  if (counted !== null) return counted;
  return { name: written, lookup: written, known: false };
}

/** Two fields decide: `*57:01:01` and `B*5701` are `*57:01`. */
function nameHla(written: string): NamedAllele {
  const match = /^(?:HLA-?)?(?:[A-Z]{1,3}\d?\*?)?\*?(\d{2,3}):?(\d{2,3})(?::\d{2,3}){0,2}[A-Z]?$/i.exec(
    written.replace(/\s+/g, ''),
  );
  if (match === null) return { name: written, lookup: written, known: false };
  const name = `*${match[1]}:${match[2]}`;
  return { name, lookup: name, known: true };
}

function findName(gene: GeneRules, written: string): string | null {
  if (gene.alleles.has(written)) return gene.reportAs.get(written) ?? written;
  const synonym = synonymOf(gene.gene, written);
  if (synonym !== null) return synonym;
  if (isWildTypeName(written)) return wildType(gene);
  return findStarName(gene, written) ?? findFolded(gene, written);
}

/** The allele that laboratories call wild type: `*1` where there is one, else the reference sequence. */
export function wildType(gene: GeneRules): string | null {
  if (gene.gene === 'NAT2') return '*4';
  for (const name of ['*1', gene.reference, 'Reference']) if (name !== null && gene.alleles.has(name)) return name;
  return null;
}

const starAtom = /^(?:\*|star\s*)?\s*(\d+)\s*([A-Za-z]?)(?:\.(\d+))?(?:\s*[x×X]\s*(N|n|[≥>]=?\s*\d+|\d+))?$/;

/** `*36x2+*10` -> `*36x2 + *10`, part by part. */
function findStarName(gene: GeneRules, written: string): string | null {
  const parts = written.split('+').map((part) => starPart(gene, part.trim()));
  if (parts.includes(null)) return null;
  const orders = parts.length === 2 ? [parts, [...parts].reverse()] : [parts];
  for (const order of orders) {
    for (const joint of [' + ', '+']) {
      const name = order.join(joint);
      if (gene.alleles.has(name)) return gene.reportAs.get(name) ?? name;
    }
  }
  return null;
}

function starPart(gene: GeneRules, part: string): string | null {
  const match = starAtom.exec(part);
  if (match === null) return null;
  const [, number, letter = '', sub, copies] = match;
  const count = copies === undefined ? '' : `x${copies.replace(/\s+/g, '').replace(/^[≥>]=?/, '≥')}`;
  const plain = `*${Number(number)}`;
  const full = `${plain}${letter.toUpperCase()}${sub === undefined ? '' : `.${sub}`}`;
  if (letter === '' && sub === undefined) return `${plain}${count}`;
  if (gene.alleles.has(full)) return `${full}${count}`;
  const historic = synonymOf(gene.gene, full);
  return `${historic ?? plain}${count}`;
}

/** Names that differ only in case or blanks; and one member of a joint name (`Dallas`) or its label (`*2A`). */
function findFolded(gene: GeneRules, written: string): string | null {
  const folded = foldName(written);
  const variants = [folded, `c.${folded}`, `m.${folded}`];
  for (const name of gene.alleles.keys()) {
    if (variants.includes(foldName(name))) return name;
    const label = /^(.*?)\s*\(([^)]*)\)$/.exec(name);
    if (label !== null && [label[1], label[2]].some((part) => part !== undefined && variants.includes(foldName(part))))
      return name;
    if (name.includes(',') && !name.includes('>') && name.split(',').some((part) => foldName(part) === folded))
      return name;
  }
  return null;
}

const countedStar = /^\*?\s*(\d+)[A-Za-z]?\s*[x×X]\s*([≥>]=?\s*)?(\d+|N|n)$/;

/** Three or more copies are looked up together where the release does so: `*1x3` -> `*1x≥3`. */
function copiesOfCommonAllele(gene: GeneRules, written: string): NamedAllele | null {
  const match = countedStar.exec(written);
  if (match === null) return null;
  const [, number, atLeast, count] = match;
  const base = `*${Number(number)}`;
  if (count === undefined || /n/i.test(count)) return copiesNotCounted(gene, base);
  const name = `${base}x${atLeast === undefined ? '' : '≥'}${count}`;
  const bucket = `${base}x≥3`;
  if (Number(count) < 3 || !gene.alleles.has(bucket)) return { name, lookup: name, known: false };
  return { name, lookup: bucket, known: true };
}

/** `*4xN`: copies of an allele without function change nothing; of others the number has to be known. */
function copiesNotCounted(gene: GeneRules, base: string): NamedAllele {
  const name = `${base}xN`;
  const alone = gene.alleles.get(base);
  return alone?.activityValue === '0.0' ? { name, lookup: base, known: true } : { name, lookup: name, known: false };
}

/** Splits a diplotype at the slash between its alleles; slashes inside brackets or names stay. */
export function splitDiplotype(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '(' || char === '[') depth += 1;
    else if (char === ')' || char === ']') depth -= 1;
    else if ((char === '/' || char === '|') && depth <= 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
