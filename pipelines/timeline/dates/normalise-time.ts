import { WORDS, alternatives } from '../words.ts';

const NUMBERS: Readonly<Record<string, number>> = WORDS.time.numbers;
const ORDINALS: Readonly<Record<string, number>> = WORDS.time.ordinals;
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const ONES = 'one|two|three|four|five|six|seven|eight|nine';
const TEENS = 'ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const SPOKEN_YEAR = new RegExp(
  `\\b(nineteen|twenty)[ -](?:(${TEENS})|(?:(${TENS})(?:[ -](${ONES}))?)|(?:oh|o)[ -](${ONES}))\\b|\\btwo thousand(?: and)?(?: (${TEENS}|${ONES}|(?:${TENS})(?:[ -](?:${ONES}))?))?\\b`,
  'g',
);
const TWO_WORDS = new RegExp(`\\b(${TENS})[ -](${ONES})\\b`, 'g');
const ORDINAL_WORDS = new RegExp(`\\b(${alternatives(Object.keys(ORDINALS))})\\b`, 'gu');
const NUMBER_WORDS = new RegExp(
  `\\b(${alternatives(Object.keys(NUMBERS).filter((word) => word.length > 1 && word !== 'an'))})\\b`,
  'gu',
);
const OPENING =
  /^(?:since|from|until|till|up to|as of|as at|circa|approximately|approx|roughly|around|about|just|shortly|early|mid|late|started|dx'?d?|diagnosed|onset|quit|stopped|collected|reported|drawn|done|dated|seen|last dose|back|only|prev|the|on|in|at|by|of|wk of|week of|c\.|@|~|≈|:|-)\s*-?/u;

export interface NormalisedTime {
  /** Lower case, with number words as digits and opening words taken off. */
  readonly text: string;
  /** Whether it opens or closes a stretch of time. */
  readonly open: 'since' | 'until' | null;
}

/** Brings a time expression into one form, so that the readers need few patterns. */
export function normaliseTime(words: string): NormalisedTime {
  let text = words
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2013\u2014]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  text = spokenNumbers(text).replace(/(\d)(?:st|nd|rd|th)\b/g, '$1');
  const open = /^(?:ever )?since\b|^ongoing since\b/.test(text)
    ? 'since'
    : /^(?:until|till|up to)\b/.test(text)
      ? 'until'
      : null;
  return { text: text.replace(/^(?:ever|ongoing) (?=since)/, ''), open };
}

/** Takes words such as "in", "about" or "since the" off the front. */
export function withoutOpening(text: string): string {
  let rest = text;
  for (let previous = ''; previous !== rest;) {
    previous = rest;
    rest = rest.replace(OPENING, '').trim();
  }
  return rest;
}

function spokenNumbers(text: string): string {
  if (!/[a-z]{3}/.test(text)) return text;
  return text
    .replace(SPOKEN_YEAR, (whole, century: string | undefined, teens, tens, ones, oh, after: string | undefined) => {
      if (century === undefined) return String(2000 + sumOf(after ?? ''));
      const base = century === 'nineteen' ? 1900 : 2000;
      const rest = sumOf([teens, tens, ones, oh].filter(Boolean).join(' '));
      return base === 2000 && rest < 10 && oh === undefined ? whole : String(base + rest);
    })
    .replace(ORDINAL_WORDS, (word) => String(ORDINALS[word.replace(/\s+/g, ' ')]))
    .replace(TWO_WORDS, (_, tens: string, ones: string) => String(NUMBERS[tens]! + NUMBERS[ones]!))
    .replace(NUMBER_WORDS, (word) => String(NUMBERS[word.replace(/\s+/g, ' ')]));
}

function sumOf(words: string): number {
  return words
    .split(/[ -]/)
    .filter(Boolean)
    .reduce((sum, word) => sum + (NUMBERS[word] ?? 0), 0);
}
