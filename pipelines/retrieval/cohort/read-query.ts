import type { Terminology } from '#pipelines/contracts/terminology.ts';
import { comparisonByRange, readComparison } from './comparison.ts';
import { readDemographics } from './demographics.ts';
import { findTerms } from './find-terms.ts';
import type { FoundTerm } from './find-terms.ts';
import type { CohortQuery, Term, TermGroup, TermMode } from './query.ts';
import { cue, cueSource, PHENOTYPES } from './words.ts';

/** Labels of the terminology for each kind of term. */
export const LABELS: Readonly<Record<Term['kind'], string>> = {
  problem: 'Condition',
  medication: 'Medication',
  test: 'Test',
  procedure: 'Procedure',
  habit: 'Habit',
  genotype: 'Genotype',
  words: 'Condition',
};

interface ReadTerm {
  readonly term: Term;
  readonly negated: boolean;
  readonly joined: 'and' | 'or';
  readonly caused: boolean;
}

/**
 * Reads a cohort query: what has to hold, what must not, alternatives, comparisons, sex, age and years. Words that name
 * nothing known are kept as terms of their own, so that nothing that was asked for is silently left out.
 */
export function readCohortQuery(query: string, terminology: Terminology): CohortQuery {
  const { sex, age, window, rest } = readDemographics(query);
  const found = findTerms(rest, terminology);
  const reader = new TermReader(rest, found, terminology);
  const terms = found.flatMap((_, index) => reader.read(index));
  return { groups: groupsOf(terms), sex, age, window };
}

function groupsOf(terms: readonly ReadTerm[]): TermGroup[] {
  const groups: { anyOf: Term[]; negated: boolean; sameNote: boolean }[] = [];
  for (const { term, negated, joined, caused } of terms) {
    const last = groups.at(-1);
    if (joined === 'or' && last !== undefined) last.anyOf.push(term);
    else groups.push({ anyOf: [term], negated, sameNote: caused });
  }
  return groups;
}

/** Reads the words around each found name: negation, alternatives, comparison and mode. */
class TermReader {
  readonly #text: string;
  readonly #found: readonly FoundTerm[];
  readonly #terminology: Terminology;
  /** Where the reading of the term before ended, its comparison included. */
  #readUpTo = 0;
  #last: ReadTerm | null = null;
  /** Whether all alternatives of the group that is being read come and go. */
  #episode = false;

  constructor(text: string, found: readonly FoundTerm[], terminology: Terminology) {
    this.#text = text;
    this.#found = found;
    this.#terminology = terminology;
  }

  read(index: number): ReadTerm[] {
    const found = this.#found[index]!;
    const before = this.#text.slice(this.#readUpTo, found.start);
    const next = this.#found[index + 1]?.start ?? this.#text.length;
    const after = this.#text.slice(found.end, next);
    if (found.start < this.#readUpTo) return [];
    this.#readUpTo = found.end + (found.kind === 'medication' ? (SAID_BEHIND.exec(after)?.[0].length ?? 0) : 0);
    const read = this.#readTerm(found, before, after);
    const episode = found.kind === 'problem' && isEpisode(found.words, this.#terminology);
    this.#episode = episode && (read.joined === 'and' || this.#episode);
    this.#last = read;
    return [read];
  }

  #readTerm(found: FoundTerm, before: string, after: string): ReadTerm {
    const last = this.#last;
    const joined =
      last !== null && /^[\s,]*(?:and\/or|or)\s*(?:(?:on|with|has|have|having|had|to|a|an|the)\s+)*$/i.test(before)
        ? 'or'
        : 'and';
    const listed = last !== null && /^\s*(?:,|and|or|,\s*and|,\s*or|\/)\s*(?:a|an|the|also)?\s*$/i.test(before);
    const negated = cue('negation').test(before) || (listed && last.negated && sameSort(last.term.kind, found.kind));
    const caused =
      found.kind === 'medication' && last?.term.kind === 'problem' && !negated && isCause(before) && this.#episode;
    const carried = listed && last.term.kind === found.kind ? last.term.mode : null;
    const isLasting = last !== null && last.term.kind === 'problem' && !this.#episode;
    const isTreatment = isLasting && /\btreated with\b/i.test(before);
    const own = isTreatment ? 'current' : modeOf(found, before, after, this.#text);
    const mode = caused && own === 'current' ? 'any' : own === 'any' || own === 'current' ? (carried ?? own) : own;
    return {
      term: this.#term(found, before, after, mode),
      negated: negated && mode !== 'never',
      joined: listed && negated && joined === 'and' && last.negated ? 'or' : joined,
      caused: caused && mode === 'any',
    };
  }

  #term(found: FoundTerm, before: string, after: string, mode: TermMode): Term {
    const { kind, words } = found;
    const label = LABELS[kind];
    const key = this.#terminology.conceptKey(label, words);
    const keys = new Set([key, ...(this.#terminology.narrower?.(label, words) ?? [])]);
    return {
      kind,
      words,
      keys,
      names: kind === 'words' ? [] : this.#terminology.synonyms(label, words),
      mode,
      comparison: kind === 'test' ? this.#comparison(found, key, before) : null,
      phenotype: kind === 'genotype' ? phenotypeIn(after) : null,
    };
  }

  /** The query behind a name up to the next name; a unit is none. */
  #untilNextName(found: FoundTerm): string {
    const next = this.#found.find(({ start, kind }) => start >= found.end && kind !== 'words');
    return this.#text.slice(found.end, next?.start);
  }

  #comparison(found: FoundTerm, key: string, before: string): Term['comparison'] {
    const stated = readComparison(key, this.#untilNextName(found));
    if (stated === null) return comparisonByRange(before, found.words, this.#terminology);
    this.#readUpTo = Math.max(this.#readUpTo, found.end + stated.length);
    return stated.comparison;
  }
}

/** What is said of a drug right behind its name, and so of no name that follows. */
const SAID_BEHIND = new RegExp(
  `^\\s*(?:was |were |has been |had been |been )?(?:${cueSource('allergyAfter')}|stopped|discontinued|ceased|withdrawn|started|commenced|held|withheld|on hold)`,
  'iu',
);

/** A list goes on only among things of a sort: `no MI or stroke`, but not `no statin and diabetes`. */
function sameSort(one: Term['kind'], other: Term['kind']): boolean {
  return one === other || (one !== 'medication' && other !== 'medication' && one !== 'test' && other !== 'test');
}

function isCause(before: string): boolean {
  return cue('cause').test(before) && !/\b(?:and|but|who|not)\b/i.test(before);
}

/** Symptoms, bleeding, infections, injuries and reactions come and go: a drug beside one is its setting, not its treatment. */
function isEpisode(words: string, terminology: Terminology): boolean {
  const key = terminology.conceptKey('Condition', words);
  const isOneOf = (broader: string): boolean => (terminology.narrower?.('Condition', broader) ?? []).includes(key);
  if (isOneOf('hemorrhage') || isOneOf('infection')) return true;
  return (terminology.condition(words)?.codes ?? []).some(({ code }) => /^(?:R|S|T|L5|E16)/.test(code));
}

function modeOf(found: FoundTerm, before: string, after: string, query: string): TermMode {
  if (found.kind === 'medication') return medicationMode(before, after, query);
  if (found.kind === 'habit') return habitMode(found.words, before, after);
  return cue('family').test(before) || cue('relatives').test(before) || /^\s*in (?:the |their )?family\b/i.test(after)
    ? 'family'
    : 'any';
}

function medicationMode(before: string, after: string, query: string): TermMode {
  const behind = new RegExp(`^\\s*(?:${cueSource('allergyAfter')})`, 'iu');
  if (cue('allergyBefore').test(before) || behind.test(after)) return 'allergy';
  if (
    cue('stopped').test(before) ||
    /^\s*(?:was |were |has been |been )?(?:stopped|discontinued|ceased|withdrawn)\b/i.test(after)
  )
    return 'stopped';
  if (cue('started').test(before) || /^\s*(?:was |were )?(?:started|commenced)\b/i.test(after)) return 'started';
  if (cue('held').test(before) || /^\s*(?:was |were )?(?:held|on hold|withheld)\b/i.test(after)) return 'held';
  if (cue('ever').test(before) || /\b(?:had|did|was|were)\b/i.test(query)) return 'any';
  return cue('current').test(before) || cue('negation').test(before) ? 'current' : 'any';
}

function habitMode(words: string, before: string, after: string): TermMode {
  const around = `${before.slice(-20)} ${words} ${after.slice(0, 12)}`;
  if (cue('habitNever').test(around)) return 'never';
  return cue('habitFormer').test(around) ? 'former' : 'current';
}

/** What is said of a gene right behind its name: a phenotype, a diplotype or an allele. */
function phenotypeIn(after: string): string | null {
  const lower = after.toLowerCase();
  for (const [name, names] of PHENOTYPES) {
    const pattern = names.map((text) => text.replace(/[.*+?^$()[\]{}|\\/]/g, '\\$&')).join('|');
    if (new RegExp(`^[\\s,:-]*(?:${pattern})(?![a-z])`, 'i').test(lower)) return name;
  }
  return /^\s*(\*\d+[a-z]?(?:\s*\/\s*\*\d+[a-z]?)?)/i.exec(lower)?.[1]?.replace(/\s/g, '') ?? null;
}
