import type { GeneRules } from '../rules.ts';
import { knownPhenotypes } from '../phenotyper/index.ts';
import { PHENOTYPES } from './lexicon.ts';

const { degrees, abbreviations, families, functionDegrees, phrases } = PHENOTYPES;

const degreeWords = Object.keys(degrees)
  .sort((a, b) => b.length - a.length)
  .map((words) => words.replace(/\./g, '\\.').replace(/ /g, '[\\s-]*'))
  .join('|');
const metabolizer = 'metaboli[sz](?:er|or|ing|ation)|metab(?:olizer)?\\.?';
const standard = new RegExp(
  `^(?:(likely|possible)\\s+)?(${degreeWords})[\\s-]+(?:${metabolizer})s?(?:\\s*\\([A-Za-z]{2,3}\\))?$`,
  'i',
);

/**
 * Brings a phenotype's words to CPIC's: white space, plural, British spelling, abbreviation ("NM"), "extensive". Other words
 * come back with their white space made single.
 */
export function normalisePhenotypeText(text: string): string {
  const words = text.trim().replace(/\s+/g, ' ');
  const abbreviated = abbreviations[words];
  if (abbreviated !== undefined) return `${abbreviated} Metabolizer`;
  const match = standard.exec(words);
  const degree = match?.[2] === undefined ? undefined : degreeOf(match[2]);
  if (match === null || degree === undefined) return words;
  const prefix = match[1] === undefined ? '' : `${match[1][0]!.toUpperCase()}${match[1].slice(1).toLowerCase()} `;
  return `${prefix}${degree} Metabolizer`;
}

function degreeOf(words: string): string | undefined {
  const folded = fold(words);
  return degrees[folded] ?? degrees[folded.replace(/ /g, '')];
}

function fold(words: string): string {
  return words
    .toLowerCase()
    .replace(/[\s-]+/g, ' ')
    .trim();
}

const familyOf = (gene: string): string | null =>
  Object.entries(families).find(([, genes]) => genes.includes(gene))?.[0] ?? null;

/**
 * The phenotypes that the words of a report stand for in this gene; empty where they are not understood.
 *
 * @param gene - Its rules; null for a gene without rules, of which only metabolizer words are read.
 */
export function readPhenotype(geneName: string, gene: GeneRules | null, text: string): readonly string[] {
  const words = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(new RegExp(`^${geneName}\\s*:?\\s*`, 'i'), '');
  const known = gene === null ? new Set<string>() : knownPhenotypes(gene);
  const exact = [...known].find((phenotype) => phenotype.toLowerCase() === words.toLowerCase());
  if (exact !== undefined) return [exact];
  const phrase =
    phrases.find(([of, phrased]) => of === geneName && phrased === fold(words).replace(/s$/, '')) ??
    phrases.find(([of, phrased]) => of === geneName && phrased === fold(words));
  if (phrase !== undefined) return phrase[2].split('|');
  const family = familyOf(geneName);
  if (family === 'function') return readFunction(words);
  if (family !== 'metabolizer') return [];
  return readMetabolizer(words, known);
}

function readMetabolizer(words: string, known: ReadonlySet<string>): readonly string[] {
  const normalised = normalisePhenotypeText(words);
  const degree = degreeOf(
    words.replace(/\s*\([A-Za-z]{2,3}\)$/, '').replace(/\s+(?:function|activity|status|phenotype)s?$/i, ''),
  );
  const candidates = [normalised, degree === undefined ? '' : `${degree} Metabolizer`];
  if (known.size === 0) return candidates.filter((candidate) => candidate.endsWith(' Metabolizer')).slice(0, 1);
  return candidates.filter((candidate) => known.has(candidate)).slice(0, 1);
}

const functionWords = new RegExp(
  `^(${Object.keys(functionDegrees).join('|')})(?:[\\s-]+(?:transporter\\s+)?(?:function|activity|transport|metaboli[sz]er|transporter)s?)?$`,
  'i',
);

function readFunction(words: string): readonly string[] {
  const normalised = words.replace(/\s*\([A-Za-z]{2,3}\)$/, '');
  const degree =
    functionWords.exec(normalised)?.[1] ?? (abbreviations[words] === undefined ? undefined : abbreviations[words]);
  const phenotype = degree === undefined ? undefined : functionDegrees[degree.toLowerCase()];
  return phenotype === undefined ? [] : [phenotype];
}

/** Words that mean a phenotype only right behind their gene. */
const LONE_ONLY = new Set(['normal', 'variable', 'intermediate', 'sufficient']);

const boundary = (source: string): string => `(?<![A-Za-z-])(?:${source})(?![A-Za-z])`;
const phraseWords = (gene: string): string =>
  phrases
    .filter(([of, words]) => of === gene && !LONE_ONLY.has(words))
    .map(([, words]) => words)
    .sort((a, b) => b.length - a.length)
    .map((words) => words.replace(/ /g, '[\\s-]+'))
    .join('|');

const fullSource = (gene: string): string => {
  const sources = [
    `(?:(?:likely|possible)\\s+)?(?:${degreeWords})[\\s-]*(?:\\([A-Za-z]{2,3}\\)\\s*)?(?:\\((?:${degreeWords})\\)\\s*)?(?:${metabolizer})s?`,
  ];
  if (familyOf(gene) === 'function')
    sources.unshift(
      `(?:possible\\s+)?(?:${Object.keys(functionDegrees).join('|')})[\\s-]+(?:transporter\\s+)?(?:function|activity)`,
    );
  const phrased = phraseWords(gene);
  if (phrased !== '') sources.unshift(`(?:${phrased})s?`);
  return sources.map(boundary).join('|');
};

const fullPatterns = new Map<string, RegExp>();

/** Finds whole phenotype phrases of a gene ("poor metaboliser", "decreased function", "slow acetylator") in running text. */
export function phenotypePattern(gene: string): RegExp {
  const known = fullPatterns.get(gene);
  if (known !== undefined) return known;
  const pattern = new RegExp(fullSource(gene), 'gi');
  fullPatterns.set(gene, pattern);
  return pattern;
}

/** A lone degree ("ultrarapid", "PM") that stands close to a gene or a diplotype. */
export const LONE_DEGREE = new RegExp(
  `^(?:(${Object.keys(abbreviations).join('|')})(?![A-Za-z])|(${degreeWords}|decreased|reduced|low)(?:\\s+(?:function|activity|status|phenotype))?(?![A-Za-z-]))`,
  '',
);
export const LONE_DEGREE_ANY_CASE = new RegExp(
  `^(${degreeWords}|decreased|reduced)(?:\\s+(?:function|activity|status|phenotype))?(?![A-Za-z-])`,
  'i',
);

/** Whether the words are in the plural and so speak of people in general. */
export function isPlural(words: string): boolean {
  return /(?:ers|ors)$/i.test(words.trim());
}
