import { readSource } from './sources.ts';

/** Rules of one flag and direction, as `context/<release>/*.json` holds them. */
interface Group {
  readonly flag: string;
  readonly direction: string;
  readonly phrases: readonly string[];
}

/** Files of the rule set that come from published lists, by name; `own.json` beside them is written by hand. */
export function buildContextFiles(): Record<string, { readonly source: string; readonly rules: readonly Group[] }> {
  return {
    'negex.json': { source: 'negex-triggers, github mongoose54/negex 1c19939, Apache-2.0', rules: readNegex() },
    'medspacy.json': {
      source: 'medspaCy context_rules.json, github medspacy/medspacy 692b32b, MIT',
      rules: readMedspacy(),
    },
  };
}

const NEGEX_TAGS: Readonly<Record<string, readonly [flag: string, direction: string]>> = {
  PREN: ['neg', 'forward'],
  POST: ['neg', 'backward'],
  PREP: ['unc', 'forward'],
  POSP: ['unc', 'backward'],
  CONJ: ['neg', 'terminate'],
  PSEU: ['neg', 'pseudo'],
};
const LIST_TAGS: Readonly<Record<string, string>> = {
  PREN: 'forward',
  ONEW: 'forward',
  CONJ: 'terminate',
  PSEU: 'pseudo',
};

function readNegex(): Group[] {
  const groups = new Groups();
  for (const [phrase, tag] of triggers('negex_triggers.txt')) groups.add(...NEGEX_TAGS[tag]!, [phrase]);
  for (const [list, flag] of [
    ['history', 'hist'],
    ['hypothetical', 'hyp'],
    ['experiencer', 'fam'],
  ] as const) {
    for (const [phrase, tag] of triggers(`${list}_triggers.txt`)) groups.add(flag, LIST_TAGS[tag]!, [phrase]);
  }
  return groups.all();
}

/** `phrase <tab> [TAG]` a line; the white space and case of the lists vary. */
function triggers(file: string): [phrase: string, tag: string][] {
  return readSource(`terminologies/negex-triggers/${file}`)
    .split(/\r?\n/)
    .map((line) => /^(.*?)\s*\[\s*(\w+)\s*\]/.exec(line.trim()))
    .filter((match) => match !== null)
    .map((match) => [match[1]!, match[2]!]);
}

const MEDSPACY_FLAGS: Readonly<Record<string, string>> = {
  NEGATED_EXISTENCE: 'neg',
  POSSIBLE_EXISTENCE: 'unc',
  HYPOTHETICAL: 'hyp',
  HISTORICAL: 'hist',
  FAMILY: 'fam',
};

interface MedspacyRule {
  readonly category: string;
  readonly direction: string;
  readonly literal: string;
  readonly pattern: readonly PatternWord[] | null;
}

interface PatternWord {
  readonly LOWER: string | { readonly IN: readonly string[] };
  readonly OP?: string;
}

function readMedspacy(): Group[] {
  const file = JSON.parse(readSource('terminologies/medspacy-rules/context_rules.json')) as {
    readonly context_rules: readonly MedspacyRule[];
  };
  const groups = new Groups();
  for (const { category, direction, literal, pattern } of file.context_rules) {
    groups.add(MEDSPACY_FLAGS[category]!, direction.toLowerCase(), pattern ? phrasesOf(pattern) : [literal]);
  }
  return groups.all();
}

/** Every phrase that a pattern of alternatives and optional words stands for. */
function phrasesOf(pattern: readonly PatternWord[]): string[] {
  let phrases = [''];
  for (const { LOWER, OP } of pattern) {
    const words = [...(typeof LOWER === 'string' ? [LOWER] : LOWER.IN), ...(OP === '?' ? [''] : [])];
    phrases = phrases.flatMap((phrase) => words.map((word) => `${phrase} ${word}`.trim()));
  }
  return phrases;
}

/** Phrases by flag and direction, in order of first appearance. */
class Groups {
  readonly #phrases = new Map<string, Set<string>>();

  add(flag: string, direction: string, phrases: readonly string[]): void {
    const key = `${flag} ${direction}`;
    const group = this.#phrases.get(key) ?? new Set<string>();
    for (const phrase of phrases) group.add(phrase);
    this.#phrases.set(key, group);
  }

  all(): Group[] {
    return [...this.#phrases].map(([key, phrases]) => {
      const [flag = '', direction = ''] = key.split(' ');
      return { flag, direction, phrases: [...phrases].sort((a, b) => (a < b ? -1 : 1)) };
    });
  }
}
