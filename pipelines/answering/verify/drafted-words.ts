import { DENIAL_WORDS, FAMILY_WORDS, FUNCTION_WORDS, QUESTION_WORDS } from '../rules.ts';
import { stemsOf } from '../text/words.ts';

export type WordRefusal = 'words-not-cited' | 'polarity-disagrees' | 'experiencer-disagrees';

/**
 * Holds a sentence that a language model drafted to the words of what it cites: every word of content must occur there,
 * and it may neither add nor drop a denial or a relative. Stricter than a reader need be, since what is refused costs
 * only a wording: the answer by rules stands in.
 *
 * @param text - The drafted sentence.
 * @param cited - The cited sentences.
 * @returns Why the sentence is not carried; null where it is.
 */
export function draftedWordsRefusal(text: string, cited: string): WordRefusal | null {
  const own = stemsOf(text);
  const given = new Set(stemsOf(cited));
  const content = own.filter((stem) => !isFrame(stem));
  if (content.length === 0 || !content.every((stem) => given.has(stem))) return 'words-not-cited';
  if (own.some((stem) => DENIAL_WORDS.has(stem)) !== [...given].some((stem) => DENIAL_WORDS.has(stem)))
    return 'polarity-disagrees';
  const relatives = (stems: Iterable<string>): boolean => [...stems].some((stem) => FAMILY_WORDS.has(stem));
  return relatives(own) && !relatives(given) ? 'experiencer-disagrees' : null;
}

/** Whether a sentence denies something. */
export function denies(text: string): boolean {
  return stemsOf(text).some((stem) => DENIAL_WORDS.has(stem));
}

/** Words that frame a sentence and say nothing of the patient. Denials and relatives are judged apart. */
function isFrame(stem: string): boolean {
  return FUNCTION_WORDS.has(stem) || QUESTION_WORDS.has(stem) || DENIAL_WORDS.has(stem);
}
