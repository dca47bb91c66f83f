import type { Terminology } from '../../contracts/terminology.ts';
import type { ChartIndex } from '../evidence/chart-index.ts';
import {
  ACTION_WORDS,
  ENGLISH_WORDS,
  FAMILY_WORDS,
  FUNCTION_WORDS,
  QUESTION_WORDS,
  RELATED,
  SHORTHAND,
  WORD_OF_STEM,
} from '../rules.ts';
import { editDistance, wordsOf } from '../text/words.ts';

/** Words in which things are asked. */
const ASKING: ReadonlySet<string> = new Set([
  ...FUNCTION_WORDS,
  ...QUESTION_WORDS,
  ...FAMILY_WORDS,
  ...Object.values(ACTION_WORDS).flatMap((set) => [...set]),
]);

const LIST_WORDS: ReadonlySet<string> = new Set([
  ...ASKING,
  ...[...RELATED.keys()].flatMap((phrase) => phrase.split(' ')),
]);

/**
 * Puts misspelt words of a question right against the chart's own words and the word lists. A word that anything knows
 * stays as it is; one that nothing knows takes the nearest known word within one edit, or two from eight letters on, by the word or by its
 * stem.
 */
export function correctSpelling(typed: string, index: ChartIndex, terminology: Terminology): string {
  const text = writtenOut(typed);
  let corrected = '';
  let position = 0;
  for (const word of wordsOf(text)) {
    if (word.text.length < 4 || /[\d*]/.test(word.text) || isKnown(word.text, word.stem, index, terminology)) continue;
    const better = nearest(word.text, word.stem, index);
    if (better === null) continue;
    corrected += text.slice(position, word.start) + better;
    position = word.end;
  }
  return corrected + text.slice(position);
}

/** A capital that stands for a side of the body, and for no potassium or respiration: "the R arm", "acuity L eye". */
const SIDE =
  /\b([RL])(?= (?:\p{Ll}+ )?(?:arms?|legs?|eyes?|ears?|hands?|f(?:oo|ee)t|knees?|hips?|shoulders?|elbows?|wrists?|ankles?|sides?|lungs?|kidneys?|breasts?|ovar\p{Ll}+|thighs?|calf|groin|finger|thumb|toes?|heel|face|chest|neck|flank|temple|carotid|ica|hemisphere|lobe)\b)/gu;

/** Writes shorthand out: `b4` is before, `w/` is with, `R arm` the right one. */
function writtenOut(text: string): string {
  return text
    .replace(/\bw\/(?=[a-z]{2})/gi, 'with ')
    .replace(SIDE, (letter) => (letter === 'R' ? 'right' : 'left'))
    .split(/(\s+)/)
    .map((word) => {
      const [, head, tail] = /^(.*?)([?.,!]*)$/.exec(word)!;
      const full = SHORTHAND[head!.toLowerCase()];
      return full === undefined ? word : `${full}${tail!}`;
    })
    .join('');
}

function isKnown(word: string, stem: string, index: ChartIndex, terminology: Terminology): boolean {
  return (
    LIST_WORDS.has(stem) ||
    ENGLISH_WORDS.has(word.toLowerCase()) ||
    index.postings.has(stem) ||
    terminology.medication(word) !== null ||
    terminology.test(word) !== null ||
    terminology.condition(word) !== null ||
    terminology.expansions(word).length > 0 ||
    basesOf(word.toLowerCase()).some((base) => ENGLISH_WORDS.has(base))
  );
}

/** Words that a word may be made from: `stuffiness` from `stuffy`. Not from letters that are no word: `smked`, `famly`. */
function basesOf(word: string): string[] {
  const match = /^(.{3,})(iness|ness|ily|ly|ish|ier|ied|ing|ed|er|s)$/.exec(word);
  if (match === null) return [];
  const [, base, ending] = match;
  const bases = /^i(?!ng|sh)/.test(ending!)
    ? [`${base!}y`]
    : ending === 'ly'
      ? [base!]
      : [base!, `${base!}e`, base!.slice(0, -1)];
  return bases.filter((found) => /[aeiouy]/.test(found) && (found.length > 3 || ending === 's' || ending === 'ing'));
}

/** A word that a misspelt one may have been meant for. */
interface Candidate {
  readonly word: string;
  readonly stem: string;
  /** How near at hand: words of asking before words of this chart, then words that some chart may hold. Not everyday words:
   * the name of another person would be taken for one. */
  readonly tier: number;
  readonly count: number;
}

/** Words of the lists by their first letter, which misspellings keep. */
const LISTED: ReadonlyMap<string, readonly Candidate[]> = byInitial(
  [...LIST_WORDS].map((stem) => ({
    word: WORD_OF_STEM.get(stem) ?? stem,
    stem,
    tier: ASKING.has(stem) ? 2 : 0,
    count: 0,
  })),
);

const FARTHEST = 3;
/** Places of a word in a chart that are looked at for its forms. */
const FORMS = 12;

function nearest(word: string, stem: string, index: ChartIndex): string | null {
  let best: Near | null = null;
  const initial = stem[0] ?? '';
  const candidates = [...(LISTED.get(initial) ?? []), ...chartWords(initial, index)];
  for (const candidate of candidates) {
    const near = candidate.stem.length < 3 ? null : nearOf(word, stem, candidate);
    if (near !== null && (best === null || isNearer(near, best))) best = near;
  }
  return best === null ? null : best.candidate.word;
}

/** A candidate and how many edits lie between the words and between their stems, `FARTHEST` at most. */
interface Near {
  readonly candidate: Candidate;
  readonly ofWord: number;
  readonly ofStem: number;
}

/** The words as typed tell more than their stems: `stened` is nearer to `stented` than to `seen`. */
function isNearer(a: Near, b: Near): boolean {
  const order =
    a.ofWord - b.ofWord ||
    b.candidate.tier - a.candidate.tier ||
    a.ofStem - b.ofStem ||
    b.candidate.count - a.candidate.count;
  return order < 0;
}

/** The chart's words that begin so, each form of them. */
function* chartWords(initial: string, { postings, units }: ChartIndex): Generator<Candidate> {
  for (const [stem, places] of postings) {
    if (stem[0] !== initial) continue;
    const forms = new Set(places.slice(0, FORMS).map(({ unit, position }) => units[unit]!.words[position]!.text));
    for (const word of forms) yield { word, stem, tier: 1, count: places.length };
  }
}

/** Null where neither words nor stems are as near as a typist's slip. */
function nearOf(word: string, stem: string, candidate: Candidate): Near | null {
  const ofStem = Math.min(FARTHEST, editDistance(stem, candidate.stem, FARTHEST));
  const ofWord = Math.min(FARTHEST, editDistance(word.toLowerCase(), candidate.word.toLowerCase(), FARTHEST));
  return ofStem <= most(stem) || ofWord <= most(word) ? { candidate, ofWord, ofStem } : null;
}

function most(word: string): number {
  return word.length >= 8 ? 2 : 1;
}

function byInitial(candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const lists = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const initial = candidate.stem[0] ?? '';
    const list = lists.get(initial);
    if (list === undefined) lists.set(initial, [candidate]);
    else list.push(candidate);
  }
  return lists;
}
