import type { TextRange } from '#pipelines/domain/span.ts';
import { WORDS, alternatives, anyOf } from '../words.ts';
import { ground } from './concepts.ts';
import type { ReadingContext } from './mention.ts';

/** A drug with what it did, told side by side: "lisinopril angioedema", "codeine nausea". Offsets are into the note. */
export interface DrugReaction {
  readonly drug: TextRange;
  readonly reaction: TextRange;
  /** Only an allergy does this; of other reactions the words alone are kept. */
  readonly isHypersensitivity: boolean;
}

const { hypersensitivity, toldReactions } = WORDS.clinical;
const CLASS_REACTIONS = Object.entries(WORDS.clinical.classReactions);
const ANY = anyOf([
  ...hypersensitivity,
  ...toldReactions,
  ...CLASS_REACTIONS.flatMap(([, words]) => words),
  'reaction*',
  'reacted',
  'cannot take',
  "can't take",
]);
const BESIDE = '^[ \\t]*(?:[:(–-]|->|=)?[ \\t]*(?:induced[ \\t]+|related[ \\t]+)?';
const behind = (between: string, words: readonly string[]): RegExp =>
  new RegExp(`${between}(${alternatives(words)})(?!\\p{L})`, 'iu');
const HYPERSENSITIVE = behind(BESIDE, hypersensitivity);
/** "Penicillin gave her a rash." */
const TOLD = behind(
  '^[ \\t]+(?:causes?|caused|gives|gave|makes|made|brings|brought)[ \\t]+(?:(?:him|her|them|me|pt|the patient|a|an|some|bad|severe|terrible|feel|come out in|on|out in)[ \\t]+){0,4}',
  [...hypersensitivity, ...toldReactions],
);
const OF_CLASS = new Map(CLASS_REACTIONS.map(([name, words]) => [name, behind(BESIDE, words)]));
/** "Rash with penicillin", "bad reaction to morphine", "cannot take aspirin". */
const AHEAD = new RegExp(
  `(?<!\\p{L})((?:${alternatives([...hypersensitivity, 'rash'])})[ \\t]+(?:with|from|to|after|on|2/2|due to|secondary to)|(?:bad |adverse |severe |nasty |previous )?(?:reactions?|reacted|reacts) (?:to|with)|(?:cannot|can't|can not|must not) (?:take|have))[ \\t]+(?:the |her |his |any |a |oral |iv )?$`,
  'iu',
);
const OPENS = /^\W*(?:(?:known|previous|prior|past|h\/o|hx of|history of)\s+)?$/i;
const DENIED = /\b(?:no|not|never|denies|denied|without|nor)\s+(?:\w+\s+){0,2}$/i;
const RISK = /^[^.;\n]{0,30}\b(?:risks?|resolved|prophylaxis|prevention|controlled|warning)\b/i;
const RELATIVE = anyOf([...WORDS.clinical.relatives, 'sons', 'daughters', 'relative*', 'family']);
/** "Call for rash on the sulfa": of what may come. */
const ADVICE = /^\W*(?:\d+[.)]\s*)?(?:call|return|report|seek|watch|monitor|stop|if)\b|\b(?:911|999)\b/i;
/** A note of an intolerance is short; in a longer sentence "codeine nausea" may be anything. */
const MOST_WORDS = 8;

/**
 * Finds a drug that a sentence names with its reaction right behind it, where nothing else says allergy. What only an
 * allergy does counts anywhere; what drugs of a class commonly do (`classReactions`) only at the head of a short sentence,
 * since in other words it is a side effect told in passing.
 */
export function drugReactionIn({ view, terminology }: ReadingContext, place: TextRange): DrugReaction | null {
  const words = view.words(place);
  if (!ANY.test(words)) return null;
  const isShort = words.split(/\s+/).length <= MOST_WORDS;
  for (const match of words.matchAll(/\p{L}[\p{L}\d-]+/gu)) {
    const [before, after] = [words.slice(0, match.index), words.slice(match.index + match[0].length)];
    if (terminology.medication(match[0]) === null || DENIED.test(before) || RELATIVE.test(before)) continue;
    const classes = ['any', match[0].toLowerCase(), ...ground(terminology, 'Medication', match[0]).classes];
    const ofClass = isShort && OPENS.test(before) ? classes.flatMap((name) => OF_CLASS.get(name) ?? []) : [];
    const found = firstOf([HYPERSENSITIVE, TOLD, ...ofClass], after);
    const drug = { start: place.start + match.index, end: place.start + match.index + match[0].length };
    if (found !== null && !RISK.test(after.slice(found[0].length))) {
      const start = drug.end + found[0].length - found[1]!.length;
      const reaction = { start, end: start + found[1]!.length };
      return { drug, reaction, isHypersensitivity: HYPERSENSITIVE.test(after) };
    }
    const ahead = ADVICE.test(words) ? null : AHEAD.exec(before);
    if (ahead === null || DENIED.test(before.slice(0, ahead.index))) continue;
    const start = place.start + ahead.index;
    return { drug, reaction: { start, end: start + ahead[1]!.length }, isHypersensitivity: false };
  }
  return null;
}

function firstOf(patterns: readonly RegExp[], text: string): RegExpExecArray | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (found !== null) return found;
  }
  return null;
}
