import alleleData from '../../rules/pgx-reading/1/alleles.json' with { type: 'json' };
import contextData from '../../rules/pgx-reading/1/context.json' with { type: 'json' };
import geneData from '../../rules/pgx-reading/1/genes.json' with { type: 'json' };
import phenotypeData from '../../rules/pgx-reading/1/phenotypes.json' with { type: 'json' };

/** Release of the word lists by which reports are read. */
export const READING_RELEASE = 'pgx-reading/1';

/** A single variant that stands for an allele; bases are those of the strand that the names use. */
export interface TagVariant {
  readonly gene: string;
  readonly names: readonly string[];
  readonly allele: string;
  readonly ref: string;
  readonly alt: string;
}

type VariantRow = [gene: string, names: string[], allele: string, ref: string, alt: string];

export const TAG_VARIANTS: readonly TagVariant[] = (alleleData.variants as VariantRow[]).map(
  ([gene, names, allele, ref, alt]) => ({ gene, names, allele, ref, alt }),
);

const synonyms = new Map(
  Object.entries(alleleData.synonyms as unknown as Record<string, [string, string][]>).map(([gene, pairs]) => [
    gene,
    new Map(pairs.map(([from, to]) => [foldName(from), to])),
  ]),
);

/** Name of the release for another name of an allele; null where there is none. */
export function synonymOf(gene: string, name: string): string | null {
  return synonyms.get(gene)?.get(foldName(name)) ?? null;
}

/** Lower case without white space: for comparing names. */
export function foldName(name: string): string {
  return name.toLowerCase().replace(/\s+/g, '');
}

export const DEFAULT_VARIANT: Readonly<Record<string, string>> = alleleData.defaultVariant;
export const DPYD_PANEL: readonly string[] = alleleData.dpydPanel;
const wildTypeNames = new Set(alleleData.wildTypeNames.map(foldName));

/** Whether a word stands for the reference sequence ("wild type"). */
export function isWildTypeName(name: string): boolean {
  return wildTypeNames.has(foldName(name));
}

export const PHENOTYPES = {
  families: phenotypeData.families as Readonly<Record<string, readonly string[]>>,
  degrees: phenotypeData.degrees as Readonly<Record<string, string>>,
  abbreviations: phenotypeData.abbreviations as Readonly<Record<string, string>>,
  functionDegrees: phenotypeData.functionDegrees as Readonly<Record<string, string>>,
  phrases: phenotypeData.phrases as [gene: string, words: string, phenotypes: string][],
};

export const GENES = {
  patterns: geneData.patterns as [gene: string, pattern: string][],
  bareEnzymes: geneData.bareEnzymes,
  rsids: geneData.rsids as [rsid: string, gene: string][],
};

/** HGNC symbol for an HGNC identifier, with or without its prefix. */
export function geneOfHgnc(identifier: string): string | null {
  const id = identifier.startsWith('HGNC:') ? identifier : `HGNC:${identifier}`;
  return (geneData.hgnc as Readonly<Record<string, string>>)[id] ?? null;
}

/** Identifier of a symbol, `HGNC:2625`; null where it is not listed. */
export function hgncOfGene(gene: string): string | null {
  return Object.entries(geneData.hgnc).find(([, symbol]) => symbol === gene)?.[0] ?? null;
}

/** Gene whose activity a LOINC code asks about. */
export function geneOfLoinc(code: string): string | null {
  return (geneData.loinc as Readonly<Record<string, string>>)[code] ?? null;
}

const word = (pattern: string, flags = 'i'): RegExp => new RegExp(`(?<![\\w'])(?:${pattern})(?!\\w)`, flags);

export const CONTEXT = {
  relatives: word(contextData.relatives),
  patientWords: word(contextData.patientWords),
  familyHeading: new RegExp(`^[ \\t]*(?:#+\\s*)?(?:${contextData.familyHeading})\\b[ \\t]*:?`, 'i'),
  hypothetical: word(contextData.hypothetical),
  pending: word(contextData.pending),
  generic: word(contextData.generic),
  uncertain: new RegExp(
    `(?<!\\w)(?:${contextData.uncertain})[\\s"']*(?:an?\\s+|the\\s+|to be\\s+)*(?:[A-Z0-9-]+\\s+){0,2}$`,
    'i',
  ),
  functional: new RegExp(`(?<!\\w)(?:${contextData.functional})\\s+(?:an?\\s+|the\\s+)?(?:[A-Z0-9-]+\\s+){0,2}$`, 'i'),
  negation: new RegExp(`(?<!\\w)(?:${contextData.negation})(?:\\s+[\\w*:/-]+){0,4}\\s*$`, 'i'),
  informant: new RegExp(
    `^(?:'s)?(?:\\s+(?:also|who|has|had|and|father|mother))*\\s+(?:${contextData.informant})\\b`,
    'i',
  ),
  takenBackAfter: word(contextData.takenBackAfter),
  takenBackBefore: new RegExp(`(?<!\\w)(?:${contextData.takenBackBefore})\\s*:?\\s*$`, 'i'),
  earlierSource: word(contextData.earlierSource),
  settledLater: word(contextData.settledLater),
  somatic: word(contextData.somatic),
  drugContext: new RegExp(`(?<!\\w)(?:${contextData.drugContext})(?:\\s+(?:by|on|of|the|through|via)){0,2}\\s*$`, 'i'),
  notAResult: new RegExp(`^\\s*(?:${contextData.notAResult})\\b`, 'i'),
};

/** Every way of writing a gene, in one expression; the groups of a match name the gene. See `geneOfMatch`. */
const hla =
  '(?<hla>HLA)[\\s-]{0,2}(?<locus>A|B|C|DRB1|DQA1|DQB1|DPB1)(?![A-Za-z])|(?<![\\w*])(?<bareLocus>[AB]|DRB1|DQA1|DQB1)(?=\\*\\d{2})';
const numbered = GENES.patterns.map(([, pattern], index) => `(?<g${index}>${pattern})`).join('|');
const bare = `(?<bare>${GENES.bareEnzymes.join('|')})(?=\\s*(?:/|\\*|:|\\bpoor\\b|\\bnormal\\b|\\bintermediate\\b|\\brapid\\b|\\bultra|\\bPM\\b|\\bIM\\b|\\bNM\\b|\\bUM\\b|\\bRM\\b))`;
const rsid = `(?<rsid>${GENES.rsids.map(([id]) => id).join('|')})`;
const geneSource = `(?<![A-Za-z0-9])(?:${hla}|(?:${numbered}|${bare}|${rsid})(?![A-Za-z0-9]))`;

export interface GeneMention {
  readonly gene: string;
  readonly start: number;
  readonly end: number;
  /** The mention is itself a variant (an rs number, "factor V Leiden"). */
  readonly isVariant: boolean;
}

const genesWithVariantNames = new Set(['F5', 'F2']);
const rsidGenes = new Map(GENES.rsids);

/** Every mention of a gene, in order. */
export function findGenes(text: string): readonly GeneMention[] {
  return [...text.matchAll(new RegExp(geneSource, 'gi'))].flatMap((match) => {
    const groups = match.groups ?? {};
    const gene = geneOfGroups(groups);
    if (gene === null) return [];
    const isVariant = groups['rsid'] !== undefined || genesWithVariantNames.has(gene);
    return [{ gene, start: match.index, end: match.index + match[0].length, isVariant }];
  });
}

function geneOfGroups(groups: Readonly<Record<string, string | undefined>>): string | null {
  const locus = groups['locus'] ?? groups['bareLocus'];
  if (locus !== undefined) return `HLA-${locus.toUpperCase()}`;
  if (groups['bare'] !== undefined) return `CYP${groups['bare'].toUpperCase()}`;
  if (groups['rsid'] !== undefined) return rsidGenes.get(groups['rsid'].toLowerCase()) ?? null;
  const index = GENES.patterns.findIndex((_, i) => groups[`g${i}`] !== undefined);
  return GENES.patterns[index]?.[0] ?? null;
}
