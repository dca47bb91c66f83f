import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import type { TermKind } from './query.ts';
import { cueSource, FUNCTION_WORDS, GENES } from './words.ts';

/** Words of a query that name something. */
export interface FoundTerm extends TextRange {
  readonly kind: TermKind;
  readonly words: string;
}

interface Token extends TextRange {
  readonly word: string;
}

/** Longest name in words. */
const LONGEST = 7;
const HABITS: ReadonlySet<string> = new Set(['tobacco', 'alcohol', 'drugs']);
/** A name may hold these inside, never at its ends; other function words end it. */
const INSIDE: ReadonlySet<string> = new Set([
  'of',
  'and',
  'the',
  'history',
  'no',
  'to',
  'level',
  'in',
  'post',
  'status',
  'use',
  'used',
  'old',
  'after',
  'treatment',
  'known',
  'past',
  'below',
  'above',
  'lower',
  'higher',
  'a',
]);

/** Finds what a query names, from left to right, the longest name first; other words that carry meaning become `words`. */
export function findTerms(text: string, terminology: Terminology): FoundTerm[] {
  const tokens = tokensOf(text);
  const found: FoundTerm[] = [];
  for (let at = 0; at < tokens.length;) {
    const next = longestName(text, tokens, at, terminology);
    if (next !== null) {
      found.push(next.term);
      at = next.to;
    } else {
      const token = tokens[at]!;
      if (carriesMeaning(token.word))
        found.push({ kind: 'words', words: token.word, start: token.start, end: token.end });
      at += 1;
    }
  }
  return shareHeads(withoutCues(text, joinWords(text, found)), terminology);
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{N}*:#][\p{L}\p{N}'’.+*:&/#-]*/gu)].map((match) => {
    const word = match[0].replace(/[.'’:,-]+$/, '');
    return { word, start: match.index, end: match.index + word.length };
  });
}

function longestName(
  text: string,
  tokens: readonly Token[],
  at: number,
  terminology: Terminology,
): { term: FoundTerm; to: number } | null {
  const first = tokens[at]!;
  if (FUNCTION_WORDS.has(first.word.toLowerCase()) || /^[\d.%]+$/.test(first.word)) return null;
  for (let to = Math.min(at + LONGEST, tokens.length); to > at; to -= 1) {
    const last = tokens[to - 1]!;
    const inner = tokens.slice(at + 1, to).map(({ word }) => word.toLowerCase());
    if (FUNCTION_WORDS.has(last.word.toLowerCase()) && to > at + 1) continue;
    if (inner.some((word) => FUNCTION_WORDS.has(word) && !INSIDE.has(word))) continue;
    const words = text.slice(first.start, last.end);
    if (/[,;]/.test(words)) continue;
    const kind = kindOf(words, text.slice(last.end), terminology);
    if (kind !== null) return { term: { kind, words, start: first.start, end: last.end }, to };
  }
  return null;
}

/** What words name, if anything; a number behind them makes a test of what could also be a drug (lithium, glucose). */
function kindOf(words: string, after: string, terminology: Terminology): TermKind | null {
  const lower = words.toLowerCase();
  if (isGene(lower)) return 'genotype';
  const test = terminology.test(words);
  if (test !== null && comparisonFollows(after)) return 'test';
  if (terminology.medication(words) !== null && !isListOfDrugs(words, terminology)) return 'medication';
  if (isDrugAllergy(words, terminology)) return null;
  if (terminology.condition(words) !== null) return 'problem';
  if (test !== null) return 'test';
  if (isProcedure(words, terminology)) return 'procedure';
  return HABITS.has(terminology.conceptKey('Habit', words)) && !words.includes(' ') ? 'habit' : null;
}

/** "Warfarin and amiodarone" names two drugs, "calcium and vitamin D" a product with names of its own. */
function isListOfDrugs(words: string, terminology: Terminology): boolean {
  return /\b(?:and|with|plus)\b/i.test(words) && terminology.synonyms('Medication', words).length <= 2;
}

/** "Penicillin allergy" is asked of the drug, not of a disease of that name. */
function isDrugAllergy(words: string, terminology: Terminology): boolean {
  const drug = words.replace(new RegExp(`\\s*${cueSource('allergyAfter')}$`, 'iu'), '');
  return drug !== words && drug !== '' && terminology.medication(drug) !== null;
}

export function isGene(lower: string): boolean {
  return GENES.has(lower) || /^cyp\d[a-z]\d{1,2}$/.test(lower) || /^hla-?[ab]\*?\d[\d:]*$/.test(lower);
}

/**
 * A procedure that the terminology knows: it has other names, or takes others in. Unknown words come back as they were,
 * perhaps with another spelling.
 */
function isProcedure(words: string, terminology: Terminology): boolean {
  const key = terminology.conceptKey('Procedure', words);
  const isOther = (name: string): boolean => name !== key && name !== words.toLowerCase();
  return (
    terminology.synonyms('Procedure', words).filter(isOther).length > 1 ||
    (terminology.narrower?.('Procedure', words) ?? []).some(isOther)
  );
}

const COMPARISON = new RegExp(
  `^\\s*(?:levels?|values?|results?|of|is|was|that is|score|counts?)?\\s*(?:${cueSource('under')}|${cueSource('over')}|[<>≤≥]=?|between)?\\s*\\d`,
  'iu',
);

function comparisonFollows(after: string): boolean {
  return COMPARISON.test(after);
}

function carriesMeaning(word: string): boolean {
  return word.length > 2 && !FUNCTION_WORDS.has(word.toLowerCase()) && !/\d/.test(word);
}

/** Neighbouring free words are one term: `giddy spells`. */
function joinWords(text: string, found: readonly FoundTerm[]): FoundTerm[] {
  const joined: FoundTerm[] = [];
  for (const term of found) {
    const last = joined.at(-1);
    if (term.kind === 'words' && last?.kind === 'words' && /^[\s-]*$/.test(text.slice(last.end, term.start))) {
      joined[joined.length - 1] = { ...last, words: text.slice(last.start, term.end), end: term.end };
    } else joined.push(term);
  }
  return joined;
}

/** Free words that only say how the names beside them are meant: `allergic`, `stopped`, `mother`. */
function withoutCues(text: string, found: readonly FoundTerm[]): FoundTerm[] {
  const ranges = CUES.flatMap((name) =>
    [...text.matchAll(new RegExp(cueSource(name), 'giu'))].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  return found.filter(
    (term) => term.kind !== 'words' || !ranges.some(({ start, end }) => start <= term.start && term.end <= end),
  );
}

const CUES = [
  ...([
    'allergyBefore',
    'allergyAfter',
    'family',
    'relatives',
    'stopped',
    'started',
    'held',
    'current',
    'ever',
  ] as const),
  ...(['cause', 'habitFormer', 'habitNever', 'low', 'high', 'negation', 'metabolizers'] as const),
];

/** `hip or knee replacement`: the first word shares the last word of the name behind it. */
function shareHeads(found: readonly FoundTerm[], terminology: Terminology): FoundTerm[] {
  return found.map((term, at) => {
    const next = found[at + 1];
    const head = next?.words.split(' ').slice(1).at(-1);
    if (term.kind !== 'words' || next === undefined || head === undefined || next.start - term.end > 8) return term;
    const words = `${term.words} ${head}`;
    const kind = kindOf(words, '', terminology);
    return kind === null || kind !== next.kind ? term : { ...term, kind, words };
  });
}
