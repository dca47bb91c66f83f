import type { Terminology } from '../../contracts/terminology.ts';
import type { ChartIndex } from '../evidence/chart-index.ts';
import type { Form } from '../evidence/subject-match.ts';
import { formsOf, matchesOf } from '../evidence/subject-match.ts';
import { CLASS_LIKE, FAMILY_WORDS, FUNCTION_WORDS, PANELS, QUESTION_WORDS, RELATED } from '../rules.ts';
import type { Word } from '../text/words.ts';
import { stemsOf, wordsOf } from '../text/words.ts';
import { classNamed, drugNamed, isMeasured, withoutTail } from './drug-words.ts';
import { timeRanges } from './time-window.ts';
import type { Subject, SubjectKind } from './types.ts';

const LONGEST = 5;
const GENE =
  /^(cyp\d\w*|dpyd|tpmt|nudt15|slco1b1|vkorc1|hla|ugt1a1|ryr1|nat2|g6pd|cyp4f2|ifnl[34]|cftr|abcg2|cacna1s|mt-rnr1|brca[12]?)$/i;

/** Finds what a question is about: the longest phrases that the terminology, the chart or the word lists know, then the words left over. */
export function findSubjects(text: string, index: ChartIndex, terminology: Terminology): Subject[] {
  const times = timeRanges(text);
  const words = wordsOf(text).filter(
    (word) => !times.some(({ start, end }) => start <= word.start && word.start < end),
  );
  const subjects: Subject[] = [];
  let at = 0;
  while (at < words.length) {
    const found = longestAt(text, words, at, index, terminology);
    if (found === null) {
      at++;
      continue;
    }
    subjects.push(withKin(found.subject, index));
    at += found.length;
  }
  return subjects;
}

function longestAt(
  text: string,
  words: readonly Word[],
  at: number,
  index: ChartIndex,
  terminology: Terminology,
): { subject: Subject; length: number } | null {
  for (let length = Math.min(LONGEST, words.length - at); length >= 1; length--) {
    const slice = words.slice(at, at + length);
    if (length === 1 && isBare(slice[0]!) && !isSymbol(slice[0]!)) continue;
    const phrase = text.slice(slice[0]!.start, slice[length - 1]!.end);
    if (length > 1 && !isOneDrug(phrase, terminology) && !holdsTogether(phrase, slice, index)) continue;
    const subject = lookUp(phrase, slice, index, terminology, text);
    if (subject !== null && !(length > 1 && isWrittenApart(subject, slice, index))) return { subject, length };
  }
  return null;
}

/** A class of several words, or a combination by its parts: "oxycodone/naloxone". */
function isOneDrug(phrase: string, terminology: Terminology): boolean {
  if (classNamed(phrase, terminology) !== null) return true;
  return phrase.includes('/') && terminology.medication(phrase) !== null;
}

/** "Brain CT" where the chart writes "CT of the brain": a test that it nowhere names so, though it holds each of the words. */
function isWrittenApart(subject: Subject, slice: readonly Word[], index: ChartIndex): boolean {
  return (
    subject.kind === 'test' &&
    slice.every(({ stem }) => index.postings.has(stem)) &&
    matchesOf(index, subject.forms).length === 0
  );
}

/** Whether several words can be one name: content at both ends and no joining word inside, unless the chart or a list writes it so. */
function holdsTogether(phrase: string, slice: readonly Word[], index: ChartIndex): boolean {
  if (/[,;:?!.]\s|\s[+&]\s/.test(phrase)) return false;
  if (/[A-Za-z]\/[A-Za-z]{2}/.test(phrase)) return inChart(slice.map((word) => word.stem).join(' '), index);
  const key = slice.map((word) => word.stem).join(' ');
  if (RELATED.has(key)) return true;
  if (isBare(slice[0]!) || isBare(slice.at(-1)!) || slice.every(isWeak)) return false;
  const joined = slice.slice(1, -1).some((word) => isBare(word) && word.stem !== 'of');
  const plain = !joined && !isWeak(slice[0]!) && !isWeak(slice.at(-1)!) && !/^\d/.test(slice[0]!.text);
  return plain || inChart(key, index);
}

/**
 * Adds words of the chart that share their beginning with a subject that stands nowhere as typed: `constipated` finds
 * `constipation`. Only for single words of six letters or more; of an occasion ("when he was *toxic*") also for words that stand
 * in the chart, and of five.
 */
export function withKin(subject: Subject, index: ChartIndex, isOccasion = false): Subject {
  const stem = subject.forms[0]?.stems.length === 1 ? subject.forms[0].stems[0]! : '';
  if (/^\p{L}{2,5}$/u.test(stem) && /^[A-Z]/.test(subject.words)) return withNumbers(subject, stem, index);
  if (stem.length < (isOccasion ? 5 : 6) || /\d/.test(stem) || ['medication', 'class', 'gene'].includes(subject.kind))
    return subject;
  if (!isOccasion && matchesOf(index, subject.forms).length > 0) return subject;
  const shared = Math.max(5, stem.length - 3);
  const kin = [...index.postings.keys()].filter(
    (other) => other.length >= 5 && other.slice(0, shared) === stem.slice(0, shared),
  );
  if (kin.length === 0) return subject;
  return { ...subject, forms: [...subject.forms, ...kin.map((other) => ({ stems: [other], weight: 0.75 }))] };
}

/** A score that the question names without its number: `DAS` finds `DAS28`, `PHQ` `PHQ9`. */
function withNumbers(subject: Subject, stem: string, index: ChartIndex): Subject {
  if (matchesOf(index, subject.forms).length > 0) return subject;
  const numbered = [...index.postings.keys()].filter(
    (other) => other.startsWith(stem) && /^\d+$/.test(other.slice(stem.length)),
  );
  return { ...subject, forms: [...subject.forms, ...numbered.map((other) => ({ stems: [other], weight: 0.9 }))] };
}

/** A word of the function list; a capital letter alone can still be a test ("K"). */
function isBare(word: Word): boolean {
  return FUNCTION_WORDS.has(word.stem);
}

function isSymbol(word: Word): boolean {
  return /^[A-Z]{1,3}$/.test(word.text) && word.text !== 'I' && word.text !== 'A';
}

function isWeak(word: Word): boolean {
  return FUNCTION_WORDS.has(word.stem) || QUESTION_WORDS.has(word.stem);
}

function lookUp(
  phrase: string,
  slice: readonly Word[],
  index: ChartIndex,
  terminology: Terminology,
  text: string,
): Subject | null {
  const key = slice.map((word) => word.stem).join(' ');
  const base = { words: phrase, start: slice[0]!.start, end: slice.at(-1)!.end };
  if (slice.length === 1 && GENE.test(phrase)) {
    return { ...base, kind: 'gene', key: phrase.toLowerCase(), members: [], forms: formsOf([phrase], 1), known: true };
  }
  // "When they first met her" is no metastasis; "new" is no NEWS score.
  if (phrase === 'met') return null;
  if (key === 'new' && !isSymbol(slice[0]!) && phrase !== 'NEWS') return null;
  const weak = slice.length === 1 && isWeak(slice[0]!) && !isSymbol(slice[0]!);
  if (weak && !RELATED.has(key)) return null;
  const grounded = weak ? null : ground(phrase, key, terminology, text, index);
  if (grounded !== null) return { ...base, ...grounded, known: true };
  if (RELATED.has(key) && !FAMILY_WORDS.has(key))
    return { ...base, ...fromList(phrase, key, terminology), known: true };
  if (slice.length > 1) return inChart(key, index) ? { ...base, ...term(phrase, key, terminology), known: true } : null;
  if (isWeak(slice[0]!) || FAMILY_WORDS.has(key) || /^\d/.test(phrase)) return null;
  return { ...base, ...term(phrase, key, terminology), known: index.postings.has(key) };
}

/** Weight of another test's name: a CRP speaks to a question about the ESR, but its number is none of the ESR's. */
const BESIDE = 0.7;

type Found = Pick<Subject, 'kind' | 'key' | 'members' | 'forms'>;

function ground(phrase: string, key: string, terminology: Terminology, text: string, index: ChartIndex): Found | null {
  const drug = drugNamed(phrase, terminology);
  const medication = terminology.medication(drug);
  const related = relatedTo(phrase, key);
  const measured = isMeasured(phrase, text, index, terminology);
  if (medication !== null && !medication.isClass && !measured) {
    return named('medication', medication.name, drug, terminology.synonyms('Medication', drug), related, []);
  }
  // "Vitamin D level": a test, and no member of the vitamins.
  const drugClass = measured && /\blevels?$/i.test(phrase) ? null : classNamed(phrase, terminology);
  if (drugClass !== null) {
    const members = terminology.membersOfClass(drugClass);
    const names = members.flatMap((name) => [name, ...terminology.synonyms('Medication', name)]);
    return named('class', terminology.medication(drugClass)?.name ?? key, phrase, names, related, members);
  }
  const tests = terminology.membersOfPanel(phrase);
  if (tests.length > 0) {
    const names = tests.flatMap((name) => [name, ...terminology.synonyms('Test', name)]);
    return named('panel', key, phrase, names, related, tests);
  }
  const test = terminology.test(phrase);
  if (test !== null) {
    const words = [...related, ...relatedTo(test.name)];
    const isOther = (word: string): boolean => (terminology.test(word)?.name ?? test.name) !== test.name;
    const found = named('test', test.name, phrase, terminology.synonyms('Test', phrase), words, []);
    const others = new Set(formsOf(words.filter(isOther), BESIDE).map(({ stems }) => stems.join(' ')));
    const forms = found.forms.map((form) =>
      form.weight < 1 && others.has(form.stems.join(' ')) ? { ...form, weight: BESIDE } : form,
    );
    return { ...found, forms };
  }
  const condition = terminology.condition(phrase);
  if (condition !== null) {
    const words = [...related, ...relatedTo(condition.name)];
    return named('condition', condition.name, phrase, terminology.synonyms('Condition', phrase), words, []);
  }
  return null;
}

/** What notes write for a phrase, or for it without its tail ("lithium level"). */
function relatedTo(phrase: string, key = stemsOf(phrase).join(' ')): readonly string[] {
  return RELATED.get(key) ?? RELATED.get(stemsOf(withoutTail(phrase)).join(' ')) ?? [];
}

function fromList(phrase: string, key: string, terminology: Terminology): Found {
  const kind: SubjectKind = PANELS.has(key) ? 'panel' : CLASS_LIKE.has(key) ? 'class' : 'term';
  const members = kind === 'term' ? [] : RELATED.get(key)!;
  return named(kind, key, phrase, terminology.expansions(phrase), RELATED.get(key)!, members);
}

function term(phrase: string, key: string, terminology: Terminology): Found {
  return named('term', key, phrase, terminology.expansions(phrase), RELATED.get(key) ?? [], []);
}

function named(
  kind: SubjectKind,
  key: string,
  phrase: string,
  synonyms: readonly string[],
  related: readonly string[],
  members: readonly string[],
): Found {
  const own = formsOf([phrase, key, ...(members.length === 0 ? synonyms : [])], 1);
  const narrower = formsOf(members.length === 0 ? [] : synonyms, 0.95);
  return { kind, key, members, forms: dedupe([...own, ...narrower, ...formsOf(related, 0.8)]) };
}

function dedupe(forms: readonly Form[]): Form[] {
  const seen = new Set<string>();
  return forms.filter((form) => {
    const key = form.stems.join(' ');
    return seen.has(key) ? false : seen.add(key);
  });
}

/** Whether a phrase of several words is an entity of the chart, so that it is looked for as a whole. */
function inChart(key: string, index: ChartIndex): boolean {
  const stems = key.split(' ');
  return (index.postings.get(stems[0]!) ?? []).some(({ unit, position }) => {
    const { words, entities, start } = index.units[unit]!;
    if (stems.some((stem, i) => words[position + i]?.stem !== stem)) return false;
    const [from, to] = [start + words[position]!.start, start + words[position + stems.length - 1]!.end];
    return entities.some((entity) => entity.start <= from && to <= entity.end);
  });
}
