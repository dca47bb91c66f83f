import type { Flag } from '../../domain/entity.ts';
import { FLAGS } from '../../domain/entity.ts';
import medspacy from '../../rules/context/1/medspacy.json' with { type: 'json' };
import negex from '../../rules/context/1/negex.json' with { type: 'json' };
import own from '../../rules/context/1/own.json' with { type: 'json' };
import { wordsOf } from '../../text/words.ts';

/** Signs what the rule reader read. */
export const CONTEXT_RULES = 'context/1';

/**
 * What a cue does: sets a flag on what follows (`forward`), on what stands before (`backward`) or on the entity that it is
 * glued to (`attached`); ends the reach of other cues of its flag (`terminate`); or only looks like a cue (`pseudo`).
 */
export type Direction = 'forward' | 'backward' | 'attached' | 'terminate' | 'pseudo';

/**
 * How far a cue reaches: to the end of the sentence; along a list whose items stand close together; within its clause; to
 * entities that touch it; to the next entity alone.
 */
export type Scope = 'sentence' | 'list' | 'clause' | 'touching' | 'next';

export interface CueRule {
  readonly flag: Flag;
  readonly direction: Direction;
  readonly scope: Scope;
  /** Labels that it speaks of; all that carry the flag where absent. */
  readonly labels?: readonly string[] | undefined;
  /** Only where the clause ends after it: "Edema: no." but not "Edema: no pitting". */
  readonly final?: boolean | undefined;
  /** Only where no white space divides it from what follows. */
  readonly glued?: boolean | undefined;
}

/** A cue phrase as lower-case words. */
interface Phrase {
  readonly words: readonly string[];
  readonly rules: CueRule[];
}

/** A section that says something of everything in it: family history, surgical history, plans. */
export interface SectionRule {
  readonly category: string;
  readonly flag: Flag;
  readonly labels: readonly string[];
  /** Only on a test to which no value belongs. */
  readonly withoutValue?: boolean;
  /** Else it holds for the header's own line alone, where that line goes on after the title. */
  readonly wholeSection?: boolean;
}

/** The rules, ready for look-up. */
export interface ContextRules {
  /** By first word, the longest phrase first. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  readonly sections: readonly SectionRule[];
  /** Labels that a flag is read on. */
  readonly labels: Readonly<Record<Flag, readonly string[]>>;
  /** Labels whose mentions are past where a year follows ("appendectomy 2009"). */
  readonly pastByYear: readonly { readonly flag: Flag; readonly labels: readonly string[] }[];
  /** Words that set a flag on the entity that holds them ("former smoker"). */
  readonly within: readonly { readonly flag: Flag; readonly phrases: readonly (readonly string[])[] }[];
}

interface RuleFile {
  readonly rules: readonly {
    readonly flag: string;
    readonly direction: string;
    readonly scope?: string;
    readonly labels?: readonly string[];
    readonly final?: boolean;
    readonly glued?: boolean;
    readonly phrases: readonly string[];
  }[];
}

let loaded: ContextRules | null = null;

/** The ConText rules of release 1: NegEx's and medspaCy's lists without the phrases that mislead here, and our own. */
export function contextRules(): ContextRules {
  return (loaded ??= {
    phrases: indexPhrases([withoutDropped(negex), withoutDropped(medspacy), own]),
    sections: own.sections as readonly SectionRule[],
    labels: own.labels,
    pastByYear: own.temporal as ContextRules['pastByYear'],
    within: own.within.map(({ flag, words }) => ({ flag: flag as Flag, phrases: words.map(phraseWords) })),
  });
}

/** Words of a phrase as the reader sees them in a text. */
export function phraseWords(phrase: string): string[] {
  const text = phrase.toLowerCase().replaceAll('’', "'");
  return wordsOf(text).map(({ start, end }) => text.slice(start, end));
}

function withoutDropped(file: RuleFile): RuleFile {
  const dropped = new Map(FLAGS.map((flag) => [flag as string, new Set<string>(own.drop[flag])]));
  return {
    rules: file.rules.map((rule) => ({
      ...rule,
      phrases: rule.phrases.filter((phrase) => !dropped.get(rule.flag)!.has(phrase)),
    })),
  };
}

function indexPhrases(files: readonly RuleFile[]): Map<string, Phrase[]> {
  const byWords = new Map<string, Phrase>();
  for (const { rules } of files) {
    for (const rule of rules) for (const phrase of rule.phrases) addPhrase(byWords, phraseWords(phrase), ruleOf(rule));
  }
  const byFirst = new Map<string, Phrase[]>();
  for (const phrase of byWords.values()) {
    byFirst.set(phrase.words[0]!, [...(byFirst.get(phrase.words[0]!) ?? []), phrase]);
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}

function ruleOf(rule: RuleFile['rules'][number]): CueRule {
  const flag = rule.flag as Flag;
  const direction = rule.direction as Direction;
  const scopes: Readonly<Record<string, string>> = own.defaultScopes[flag];
  const scope = (rule.scope ?? scopes[direction] ?? 'next') as Scope;
  return { flag, direction, scope, labels: rule.labels, final: rule.final, glued: rule.glued };
}

/** Later files win over earlier ones where they give the same phrase the same flag and direction. */
function addPhrase(byWords: Map<string, Phrase>, words: readonly string[], rule: CueRule): void {
  const key = words.join(' ');
  const phrase = byWords.get(key) ?? { words, rules: [] };
  const same = phrase.rules.findIndex(({ flag, direction }) => flag === rule.flag && direction === rule.direction);
  if (same >= 0) phrase.rules[same] = rule;
  else phrase.rules.push(rule);
  byWords.set(key, phrase);
}
