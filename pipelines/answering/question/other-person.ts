import type { ChartIndex } from '../evidence/chart-index.ts';
import { ENGLISH_WORDS, isContent, RELATED, SCOPE } from '../rules.ts';
import { editDistance, stemOf, stemsOf, wordsOf } from '../text/words.ts';
import type { Word } from '../text/words.ts';
import type { Question } from './types.ts';

const NAME_LENGTH = 5;
const PATIENT_NUMBER =
  /\b(?:patient|pt|mrn|chart|nhs(?: number)?|hospital number|id)\s*(?:id|no\.?|number|#|:)*\s*((?=[\w-]*\d)[\w-]{4,})/gi;
/** Places of a question where a name stands, capital or not: "what about Loretta?", "loretta's statins", "is loretta on aspirin?". */
const PERSON_PLACES: readonly RegExp[] = [
  /\b(?:[Ww]hat|[Hh]ow) about (\p{L}\p{Ll}{3,})(?:['’]s)?(?=\W*$)/gu,
  /(?:^|\s)(\p{L}\p{Ll}{3,})['’]s\b/gu,
  /^(?:[Ii]s|[Dd]oes|[Dd]id|[Hh]as|[Ww]as|[Cc]an) (\p{L}\p{Ll}{3,}) (?:on|allergic|taking|take|have|had|has|been|still|ever|smoke|diabetic)\b/gu,
];

/**
 * Whether a question names a person other than the chart's patient: one of the store in any spelling within one letter, or
 * anybody else by the way names are written. Both read alike, so that the answer does not tell who is in the store.
 */
export function namesOtherPerson(question: Question, index: ChartIndex, otherNames: readonly string[]): boolean {
  const { text } = question;
  const { patient } = index.chart;
  const own = new Set([...stemsOf(patient.name), ...[patient.id as string].flatMap(stemsOf)]);
  return (
    namesStored(question, index, otherNames, own) ||
    namesByForm(text, index, own) ||
    namesByPlace(question, index, own) ||
    [...text.matchAll(PATIENT_NUMBER)].some(([, number]) => !isOwnNumber(number!, index))
  );
}

function isOwnNumber(number: string, index: ChartIndex): boolean {
  const { patient } = index.chart;
  const known = [patient.id as string, JSON.stringify(patient.identifiers)].join(' ').toLowerCase();
  return known.includes(number.toLowerCase()) || index.chart.notes.some(({ note }) => note.text.includes(number));
}

function namesStored(
  question: Question,
  index: ChartIndex,
  otherNames: readonly string[],
  own: ReadonlySet<string>,
): boolean {
  const words = wordsOf(question.text);
  const inText = ` ${words.map(({ stem }) => stem).join(' ')} `;
  for (const name of otherNames) {
    const parts = stemsOf(name);
    if (parts.length === 0 || parts.every((part) => own.has(part))) continue;
    if (parts.length > 1 && inText.includes(` ${parts.join(' ')} `)) return true;
    const last = parts.at(-1)!;
    if (last.length >= 4 && !own.has(last) && inText.includes(` ${last} `) && !index.postings.has(last)) return true;
    const told = parts.filter((part) => part.length >= NAME_LENGTH && !own.has(part));
    if (words.some((word, i) => told.some((part) => isNameOf(word, part, { question, index, own, first: i === 0 }))))
      return true;
  }
  return false;
}

interface Reading {
  readonly question: Question;
  readonly index: ChartIndex;
  readonly own: ReadonlySet<string>;
  /** The word opens the question, where a capital says nothing. */
  readonly first: boolean;
}

function isNameOf(word: Word, part: string, { question, index, own, first }: Reading): boolean {
  if (word.stem.length < NAME_LENGTH || own.has(word.stem) || index.postings.has(word.stem)) return false;
  if (isClinical(word, question)) return false;
  const marked = /['’]s?$/.test(word.text) || (/^\p{Lu}/u.test(word.text) && !first);
  const ordinary = ENGLISH_WORDS.has(word.text.toLowerCase().replace(/['’]s?$/, ''));
  if (word.stem === part) return marked || !ordinary;
  if (ordinary || [...own].some((name) => editDistance(word.stem, name, 1) <= 1)) return false;
  return editDistance(word.stem, part, 1) <= 1;
}

/** Whether a word is one of a terminology or the word lists: drugs and diseases are no persons. */
function isClinical({ start, stem }: Word, { subjects, context, text, corrected }: Question): boolean {
  if (RELATED.has(stem)) return true;
  if (text.trim() !== corrected) return !corrected.toLowerCase().includes(stem);
  return [...subjects, ...context].some(
    (subject) => subject.kind !== 'term' && subject.start <= start && start < subject.end,
  );
}

function namesByForm(text: string, index: ChartIndex, own: ReadonlySet<string>): boolean {
  for (const match of text.matchAll(/\b([A-Z][a-z]{2,}) (?=([A-Z][a-z]{2,})\b)/g)) {
    const names = [match[1]!, match[2]!];
    if (names.every((name) => isName(name, own, index))) return true;
  }
  for (const match of text.matchAll(SCOPE.namedPerson)) {
    // In capitals it is the scan or the leak of the mitral valve.
    if (match[1] === 'MR' && text !== text.toUpperCase()) continue;
    const stem = stemsOf(match[2]!)[0] ?? '';
    if (!own.has(stem) && !index.postings.has(stem)) return true;
  }
  return false;
}

function namesByPlace(question: Question, index: ChartIndex, own: ReadonlySet<string>): boolean {
  return PERSON_PLACES.some((pattern) =>
    [...question.text.matchAll(pattern)].some((match) => {
      const start = match.index + match[0].indexOf(match[1]!);
      const word: Word = { text: match[1]!, stem: stemOf(match[1]!), start, end: start + match[1]!.length };
      const near = [...own].some((name) => name.length >= NAME_LENGTH && editDistance(word.stem, name, 1) <= 1);
      // Without a capital, a word of the language or one that the spelling repair knew is no name.
      const plain =
        /^\p{Ll}/u.test(word.text) &&
        (ENGLISH_WORDS.has(word.text) || isRepaired(word, question) || isShortened(word, index));
      return (
        !near && !plain && isName(word.text, own, index) && !isClinical(word, question) && isUnknown(word, question)
      );
    }),
  );
}

/** The beginning of a word of the chart: "mero" for meropenem. */
function isShortened({ stem }: Word, index: ChartIndex): boolean {
  return [...index.postings.keys()].some((other) => other.length > stem.length && other.startsWith(stem));
}

/** A word that reading the question took for a misspelling of another. */
function isRepaired({ text }: Word, { corrected }: Question): boolean {
  return !corrected.toLowerCase().includes(text.toLowerCase());
}

/** A word that the program would search for by its letters alone. */
function isUnknown({ start }: Word, { subjects, context, text, corrected }: Question): boolean {
  const offset = text.length - text.trimStart().length;
  if (text.trim() !== corrected) return true;
  return [...subjects, ...context].some(
    (subject) => subject.kind === 'term' && subject.start <= start - offset && start - offset < subject.end,
  );
}

/** A word that is neither this patient's name nor in the chart nor a word of questions. */
function isName(word: string, own: ReadonlySet<string>, index: ChartIndex): boolean {
  const stem = stemOf(word);
  return !own.has(stem) && !index.postings.has(stem) && isContent(word) && !RELATED.has(stem) && !CAPITALISED.has(stem);
}

/** Words that are written with a capital and are no person's name. */
const CAPITALISED: ReadonlySet<string> = new Set(
  'january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday parkinson alzheimer crohn graves addison cushing hodgkin wilson paget raynaud bell murphy babinski'
    .split(' ')
    .map(stemOf),
);
