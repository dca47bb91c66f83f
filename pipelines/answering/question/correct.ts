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

const LIST_WORDS: ReadonlySet<string> = new Set([
  ...FUNCTION_WORDS,
  ...QUESTION_WORDS,
  ...FAMILY_WORDS,
  ...Object.values(ACTION_WORDS).flatMap((set) => [...set]),
  ...[...RELATED.keys()].flatMap((phrase) => phrase.split(' ')),
]);

/**
 * Puts misspelt words of a question right against the chart's own words and the word lists. A word that anything knows
 * stays as it is; one that nothing knows takes the nearest known word within one edit, or two from eight letters on.
 */
export function correctSpelling(typed: string, index: ChartIndex, terminology: Terminology): string {
  const text = writtenOut(typed);
  let corrected = '';
  let position = 0;
  for (const word of wordsOf(text)) {
    if (word.text.length < 4 || /[\d*]/.test(word.text) || isKnown(word.text, word.stem, index, terminology)) continue;
    const better = nearest(word.stem, index);
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

/** Words that a word may be made from: `stuffiness` from `stuffy`. */
function basesOf(word: string): string[] {
  const match = /^(.{3,})(iness|ness|ily|ly|ish|ier|ied|ing|ed|er|s)$/.exec(word);
  if (match === null) return [];
  const [, base, ending] = match;
  return ending!.startsWith('i') && ending !== 'ing' && ending !== 'ish'
    ? [`${base!}y`]
    : [base!, `${base!}e`, base!.slice(0, -1)];
}

function nearest(stem: string, index: ChartIndex): string | null {
  const limit = stem.length >= 8 ? 2 : 1;
  let best: { word: string; distance: number; count: number } | null = null;
  const consider = (candidate: string, count: number): void => {
    if (candidate.length < 3 || candidate[0] !== stem[0]) return;
    const distance = editDistance(stem, candidate, limit);
    if (distance > limit) return;
    if (best === null || distance < best.distance || (distance === best.distance && count > best.count)) {
      best = { word: candidate, distance, count };
    }
  };
  for (const word of LIST_WORDS) consider(word, 1_000);
  for (const [word, places] of index.postings) consider(word, places.length);
  const stemFound = (best as { word: string } | null)?.word;
  if (stemFound === undefined) return null;
  const place = index.postings.get(stemFound)?.[0];
  return (
    WORD_OF_STEM.get(stemFound) ??
    (place === undefined ? stemFound : index.units[place.unit]!.words[place.position]!.text)
  );
}
