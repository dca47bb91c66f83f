/** Brings spellings of one term to one form, for comparing only: never shown, never searched for in text. */
export interface Folder {
  /** Lower case, American spelling, no apostrophes, hyphens as blanks, plural `s` off each word of four letters or more. */
  fold(words: string): string;
  /** The British spelling of a lower-case American term; null where there is none. */
  british(words: string): string | null;
}

/** @param spellings - Pairs of British and American letter groups (`haem`, `hem`). */
export function createFolder(spellings: readonly (readonly [string, string])[]): Folder {
  const american = new Map(spellings);
  const toAmerican = alternation(spellings.map(([british]) => british));
  const invertible = spellings.filter(([, to]) => to.length >= 4);
  const briticized = new Map(invertible.map(([from, to]) => [to, from]));
  const toBritish = alternation(invertible.map(([, to]) => to));
  const known = new Map<string, string>();

  return {
    fold(words) {
      const held = known.get(words);
      if (held !== undefined) return held;
      const folded = (PLAIN.test(words) ? words : plain(words))
        .replace(toAmerican, (found) => american.get(found) ?? found)
        .split(' ')
        .map(singular)
        .join(' ');
      if (known.size > 50_000) known.clear();
      known.set(words, folded);
      return folded;
    },
    british(words) {
      const spelt = words.replace(toBritish, (found) => briticized.get(found) ?? found);
      return spelt === words ? null : spelt;
    },
  };
}

/** Words that are even already: most of the tables. */
const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** Case, punctuation and blanks evened out; `/`, `%`, `&`, `+`, `#` and `*` carry meaning and stay. */
function plain(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’'`´"“”]/g, '')
    .replace(/[‐-―-]/g, ' ')
    .replace(/\b([a-z])\./g, '$1 ')
    .replace(/\.(?!\d)/g, ' ')
    .replace(/[(),;:[\]{}?!_=<>~^|\\]/g, ' ')
    .replace(/\s*\/\s*/g, '/')
    .replace(/\s+/g, ' ')
    .trim();
}

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (/(?:ches|shes|xes|sses|zes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/** Matches any of the pieces, longest first. */
function alternation(pieces: readonly string[]): RegExp {
  const escaped = [...pieces]
    .sort((a, b) => b.length - a.length)
    .map((piece) => piece.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&'));
  return new RegExp(escaped.join('|'), 'g');
}
