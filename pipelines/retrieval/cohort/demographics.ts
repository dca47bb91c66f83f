import type { CohortQuery } from './query.ts';
import { cue } from './words.ts';

type Demographics = Pick<CohortQuery, 'sex' | 'age' | 'window'>;

const OLDEST = 150;
const PERSONS =
  'women|woman|men|man|females?|males?|patients?|people|adults?|anyone|those|individuals|persons|ladies|girls|boys|diabetics|smokers';
const OVER = '(?:over|above|older than|>=?|≥|at least|more than|greater than|beyond)';
const UNDER = '(?:under|below|younger than|<=?|≤|less than|up to)';

/** Reads sex, age and years out of a query and blanks them, so that lengths and places stay. */
export function readDemographics(query: string): Demographics & { readonly rest: string } {
  const text = { rest: query };
  const age = readAge(text);
  const window = readWindow(text);
  const female = take(text, cue('female'));
  const male = take(text, cue('male'));
  const sex = female !== null && male === null ? 'female' : male !== null && female === null ? 'male' : null;
  return { sex, age, window, rest: text.rest };
}

interface Text {
  rest: string;
}

/** Blanks the first match and returns it. */
function take(text: Text, pattern: RegExp): RegExpExecArray | null {
  const match = pattern.exec(text.rest);
  if (match === null) return null;
  text.rest =
    text.rest.slice(0, match.index) + ' '.repeat(match[0].length) + text.rest.slice(match.index + match[0].length);
  return match;
}

/** Matches after a word for persons, an age word, or with years behind the number: `INR over 4` is none. */
function readAge(text: Text): CohortQuery['age'] {
  const between = takeKeeping(
    text,
    new RegExp(
      `(?:aged?|ages?|(${PERSONS}))\\s+(?:between\\s+)?(\\d{1,3})\\s*(?:and|to|-|–)\\s*(\\d{1,3})(?:\\s*(?:years?|yrs?|y\\/?o)(?:\\s*old)?)?`,
      'i',
    ),
  );
  if (between !== null) return { from: Number(between[2]), to: Number(between[3]) };
  const decade = take(text, /\bin (?:their|his|her) (?:early |mid |late |mid-)?([2-9]0)s\b/i);
  if (decade !== null) return { from: Number(decade[1]), to: Number(decade[1]) + 9 };
  const over = limit(text, OVER);
  const under = limit(text, UNDER);
  if (over !== null || under !== null) return { from: over?.included ?? 0, to: under?.excluded ?? OLDEST };
  if (take(text, /\b(?:elderly|geriatric|older adults?)\b/i) !== null) return { from: 65, to: OLDEST };
  if (take(text, /\b(?:octogenarians?)\b/i) !== null) return { from: 80, to: 89 };
  return take(text, /\b(?:children|child|paediatric|pediatric|kids)\b/i) === null ? null : { from: 0, to: 17 };
}

/** `over 60` takes in those of 61 and more; `at least 60` and `older than or 60` those of 60. */
function limit(text: Text, words: string): { included: number; excluded: number } | null {
  const match =
    takeKeeping(
      text,
      new RegExp(
        `(?:aged?|(${PERSONS}))\\s+(?:who are |that are |aged |age )?(${words})\\s*(\\d{1,3})(?!\\s*(?:%|mg|mm|g\\/|\\.\\d))(?:\\s*(?:years?|yrs?|y\\/?o)(?:\\s*(?:old|of age))?)?`,
        'i',
      ),
    ) ??
    take(
      text,
      new RegExp(
        `()\\b(?:age[d]?\\s*)?(${words})\\s*(\\d{1,3})\\s*(?:years?|yrs?|y\\/?o)\\b(?:\\s*(?:old|of age))?`,
        'i',
      ),
    ) ??
    take(text, new RegExp(`()\\b(older than|younger than)\\s*(\\d{1,3})\\b`, 'i'));
  if (match === null) return null;
  const years = Number(match[3]);
  const inclusive = /at least|≥|>=|≤|<=|up to/.test(match[2]!.toLowerCase());
  return { included: inclusive ? years : years + 1, excluded: inclusive ? years : years - 1 };
}

/** Blanks a match except the word for persons at its start, which may be a term ("diabetics over 60"). */
function takeKeeping(text: Text, pattern: RegExp): RegExpExecArray | null {
  const match = take(text, pattern);
  const person = match?.[1] ?? '';
  if (match !== null && person !== '') {
    text.rest = text.rest.slice(0, match.index) + person + text.rest.slice(match.index + person.length);
  }
  return match;
}

function readWindow(text: Text): CohortQuery['window'] {
  const between = take(text, /\bbetween ((?:19|20)\d\d) and ((?:19|20)\d\d)\b/i);
  if (between !== null) return { from: `${between[1]!}-01-01`, to: `${between[2]!}-12-31` };
  const year = take(text, /\b(in|during|since|from|after|before|until) ((?:19|20)\d\d)\b/i);
  if (year === null) return null;
  const [, word = '', number = ''] = year;
  switch (word.toLowerCase()) {
    case 'since':
    case 'from':
      return { from: `${number}-01-01`, to: '9999-12-31' };
    case 'after':
      return { from: `${Number(number) + 1}-01-01`, to: '9999-12-31' };
    case 'before':
      return { from: '0000-01-01', to: `${Number(number) - 1}-12-31` };
    case 'until':
      return { from: '0000-01-01', to: `${number}-12-31` };
    default:
      return { from: `${number}-01-01`, to: `${number}-12-31` };
  }
}
