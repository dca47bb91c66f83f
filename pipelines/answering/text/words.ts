/** A word of a text with its offsets (UTF-16 code units) and the form in which words are compared. */
export interface Word {
  readonly text: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /\d+(?:[.,]\d+)*%?|[\p{L}\p{N}]+(?:['’]\p{L}+)?|\*\d+\p{L}*/gu;

/** British and Australian spellings folded to American ones, word by word; longest first. */
const SPELLING: readonly (readonly [RegExp, string])[] = [
  [/haem/g, 'hem'],
  [/aemi/g, 'emi'],
  [/oedema/g, 'edema'],
  [/oeso/g, 'eso'],
  [/oest/g, 'est'],
  [/paed/g, 'ped'],
  [/anaes/g, 'anes'],
  [/orrhoe/g, 'orrhe'],
  [/gynae/g, 'gyne'],
  [/orthopae/g, 'orthope'],
  [/leucoc/g, 'leukoc'],
  [/coeli/g, 'celi'],
  [/caec/g, 'cec'],
  [/faec/g, 'fec'],
  [/isation/g, 'ization'],
  [/ise(d|s)?$/g, 'ize$1'],
  [/ising$/g, 'izing'],
  [/yse(d|s)?$/g, 'yze$1'],
  [/tumour/g, 'tumor'],
  [/colour/g, 'color'],
  [/behaviour/g, 'behavior'],
  [/labour/g, 'labor'],
  [/sulph/g, 'sulf'],
];

/** Splits a text into words with offsets. Numbers with a point or comma stay whole; hyphens and slashes part words. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    words.push({ text: match[0], stem: stemOf(match[0]), start: match.index, end: match.index + match[0].length });
  }
  return words;
}

/** The stems of a text in order. */
export function stemsOf(text: string): string[] {
  return wordsOf(text).map((word) => word.stem);
}

const stemCache = new Map<string, string>();

/** Folds case, spelling variants and the commonest English endings, so that `stopped`, `stopping` and `stops` are one. */
export function stemOf(word: string): string {
  const known = stemCache.get(word);
  if (known !== undefined) return known;
  const stem = computeStem(word);
  if (stemCache.size > 200_000) stemCache.clear();
  stemCache.set(word, stem);
  return stem;
}

function computeStem(word: string): string {
  let folded = word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/['’]s?$/, '')
    .replace(/['’]/g, '');
  if (/^\d/.test(folded)) return folded.replace(/,(?=\d{3})/g, '');
  for (const [pattern, to] of SPELLING) folded = folded.replace(pattern, to);
  return stripEnding(folded);
}

function stripEnding(word: string): string {
  if (word.length <= 3) return word;
  const plural = word.replace(/(ss|us|is)$/, '$1#');
  let stem = plural.endsWith('#')
    ? plural.slice(0, -1)
    : word.endsWith('ies') && word.length > 4
      ? `${word.slice(0, -3)}y`
      : /(x|ch|sh|ss|o)es$/.test(word)
        ? word.slice(0, -2)
        : word.replace(/s$/, '');
  const verb = /^(.*[aeiouy].*?)(?:ing|ed)$/.exec(stem);
  if (verb !== null && verb[1]!.length >= 3) stem = undouble(verb[1]!);
  return stem.length > 4 ? stem.replace(/e$/, '') : stem;
}

function undouble(stem: string): string {
  return /([bdfgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}

/**
 * Number of single-letter insertions, deletions, replacements or swaps between two words, or `limit + 1` where there are
 * more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, before[j - 2]! + 1);
      row.push(value);
      best = Math.min(best, value);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
