import crossRules from '../rules/answering/1/cross-reactivity.json' with { type: 'json' };
import englishRules from '../rules/answering/1/english.json' with { type: 'json' };
import kindRules from '../rules/answering/1/kinds.json' with { type: 'json' };
import rankingRules from '../rules/answering/1/ranking.json' with { type: 'json' };
import phraseRules from '../rules/answering/1/phrases.json' with { type: 'json' };
import treeRules from '../rules/answering/1/trees.json' with { type: 'json' };
import relatedRules from '../rules/answering/1/related.json' with { type: 'json' };
import scopeRules from '../rules/answering/1/scope.json' with { type: 'json' };
import wordRules from '../rules/answering/1/words.json' with { type: 'json' };
import type { Release } from '../domain/ids.ts';
import type { Trees } from './evidence/trees.ts';
import { stemOf, stemsOf } from './text/words.ts';

/** Release of the word lists and patterns below `pipelines/rules/answering`. */
export const ANSWERING_RULES: Release = 'answering/1';

const stems = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).flatMap(stemsOf));

/** Words that say nothing of the subject of a question. */
export const FUNCTION_WORDS = stems(wordRules.function);
/** Words that say what is asked about a subject, not what the subject is. */
export const QUESTION_WORDS = stems(wordRules.question);
export const FAMILY_WORDS = stems(wordRules.family);
export const RELATIVE_WORDS = stems(wordRules.relatives);
export const DENIAL_WORDS = stems(wordRules.denials);
export const REASON_CUES = stems(wordRules.reasonCues);

/** Shorthand of typed questions and what it stands for. */
export const SHORTHAND: Readonly<Record<string, string>> = wordRules.shorthand;
/** A full word of the lists for each stem, so that a repaired word is again a word. */
export const WORD_OF_STEM: ReadonlyMap<string, string> = new Map(
  [
    wordRules.function,
    wordRules.question,
    wordRules.family,
    ...Object.values(wordRules.actions),
    Object.keys(relatedRules.related).join(' '),
  ]
    .flatMap((list) => list.split(/\s+/))
    .reverse()
    .map((word) => [stemOf(word), word]),
);

/** Weights of the sentence ranker by feature. */
export const RANKING: Readonly<Record<string, number>> = rankingRules.weights;

const trees = treeRules as unknown as Readonly<Record<'sentence' | 'documented', Trees>>;
/** Which of the sentences that weights and pair ranker put first answers. */
export const SENTENCE_TREES = trees.sentence;
/** Whether any of them does. */
export const DOCUMENTED_TREES = trees.documented;

/** How far the pair ranker's judgement (0 to 1) carries: from where it answers by itself, and below where it refuses. */
export const JUDGEMENT: Readonly<Record<'certain' | 'sure' | 'enough' | 'doubtful', number>> = rankingRules.judgement;

/**
 * Chances of the trees: below which a chart does not document what is asked, from where it does, from where the guards for single details
 * need not ask, and from where a sentence is likely to answer.
 */
export const CHANCES: Readonly<Record<'undocumented' | 'documented' | 'beyondGuards' | 'likely', number>> =
  rankingRules.chances;

/** How the log-odds of a rule's own confidence and of the likeliest cited sentence add up to an answer's. */
export const CONFIDENCE: Readonly<Record<'intercept' | 'rule' | 'chance', number>> = rankingRules.confidence;

/** Common English words, which misspelling repair leaves alone. */
export const ENGLISH_WORDS: ReadonlySet<string> = new Set(englishRules.words.split(' '));

export type MedicationVerb = 'stop' | 'start' | 'change' | 'hold';
export const ACTION_WORDS: Readonly<Record<MedicationVerb, ReadonlySet<string>>> = {
  stop: stems(wordRules.actions.stop),
  start: stems(wordRules.actions.start),
  change: stems(wordRules.actions.change),
  hold: stems(wordRules.actions.hold),
};

/** A sort of asking and the words that show it. A question can ask in several ways at once. */
export const KIND_PATTERNS: readonly { readonly kind: string; readonly pattern: RegExp }[] = kindRules.kinds.map(
  ({ kind, pattern }) => ({ kind, pattern: new RegExp(pattern, 'i') }),
);
export const YES_NO = new RegExp(kindRules.yesNo, 'i');
/** Words that ask for more than yes or no. */
export const OPEN_WORD = new RegExp(kindRules.openWord, 'i');
/** A relative who is only compared with, or who tells: "lupus like her sister", "did she inherit her aunt's mutation?". */
export const LIKE_RELATIVE = new RegExp(kindRules.likeRelative, 'gi');
export const FOLLOW_UP = new RegExp(kindRules.followUp, 'i');
export const DEICTIC = new RegExp(kindRules.deictic, 'i');

export const SCOPE = {
  orders: new RegExp(scopeRules.orders, 'i'),
  ordersExcept: new RegExp(scopeRules.ordersExcept, 'i'),
  general: scopeRules.general.map((pattern) => new RegExp(pattern, 'i')),
  reference: new RegExp(scopeRules.reference, 'i'),
  chartWords: new RegExp(scopeRules.chartWords, 'i'),
  genericForms: scopeRules.genericForms.map((pattern) => new RegExp(pattern, 'i')),
  injection: scopeRules.injection.map((pattern) => new RegExp(pattern, 'i')),
  namedPerson: new RegExp(scopeRules.otherPatient, 'giu'),
  dosingHypothetical: new RegExp(scopeRules.dosingHypothetical, 'i'),
};

/** Phrase of a question (stems joined by blanks) to the phrases that notes use for it; the longer list adds to the shorter. */
export const RELATED: ReadonlyMap<string, readonly string[]> = relatedPhrases([
  relatedRules.related,
  phraseRules.phrases,
]);

function relatedPhrases(lists: readonly Readonly<Record<string, string>>[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const [phrase, list] of lists.flatMap((each) => Object.entries(each))) {
    const key = stemsOf(phrase).join(' ');
    all.set(key, [...(all.get(key) ?? []), ...list.split(/,\s*/)]);
  }
  return all;
}

export const PANELS = new Set(relatedRules.panels.map((phrase) => stemsOf(phrase).join(' ')));
export const CLASS_LIKE = new Set(
  [...relatedRules.classLike, ...phraseRules.drugGroups].map((phrase) => stemsOf(phrase).join(' ')),
);

/** Classes whose members share an allergy: one of them listed is a reason against the others. */
export const CROSS_REACTIVE_CLASSES: ReadonlySet<string> = new Set(crossRules.crossReactive);
/** Classes where a reaction to one member is told of another and decides nothing. */
export const CAUTION_CLASSES: ReadonlySet<string> = new Set(crossRules.caution);

/** Whether a word can carry the subject of a question. */
export function isContent(word: string): boolean {
  const stem = stemOf(word);
  return !FUNCTION_WORDS.has(stem) && !QUESTION_WORDS.has(stem);
}
