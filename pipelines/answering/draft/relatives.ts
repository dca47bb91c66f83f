import type { Unit } from '../evidence/chart-index.ts';
import type { SubjectHits } from '../evidence/rank-units.ts';

const RELATIVES =
  /\b(mother|mom|mommy|mum|mummy|mam|father|dad|daddy|brother|sister|son|boy|daughter|girl|child|children|grandmother|grandfather|grandma|grandpa|granny|nan|grandad|granddad|aunt|auntie|uncle|cousin|nephew|niece|mgm|mgf|pgm|pgf)s?\b/gi;
const FORMAL: Readonly<Record<string, string>> = {
  mom: 'mother',
  mommy: 'mother',
  mum: 'mother',
  mummy: 'mother',
  mam: 'mother',
  dad: 'father',
  daddy: 'father',
  grandma: 'grandmother',
  granny: 'grandmother',
  nan: 'grandmother',
  mgm: 'grandmother',
  pgm: 'grandmother',
  grandpa: 'grandfather',
  grandad: 'grandfather',
  granddad: 'grandfather',
  mgf: 'grandfather',
  pgf: 'grandfather',
  auntie: 'aunt',
};
/** Words that mean either sex of a relative; "her girls" are daughters only behind "her". */
const WIDER: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bparents?\b/i, ['mother', 'father']],
  [/\bsiblings?\b/i, ['brother', 'sister']],
  [/\bgrandparents?\b/i, ['grandmother', 'grandfather']],
  [/\b(?:his|her|their) (?:kids|children|child)\b/i, ['son', 'daughter']],
  [/\b(?:his|her|their) girls?\b/i, ['daughter']],
  [/\b(?:his|her|their) boys?\b/i, ['son']],
];
const LOOSE: ReadonlySet<string> = new Set(['boy', 'girl', 'child', 'children']);

/** The relatives that a text names, each by one formal word. */
export function relativesIn(text: string): string[] {
  const names = [...text.matchAll(RELATIVES)]
    .map((match) => match[1]!.toLowerCase())
    .filter((name) => !LOOSE.has(name))
    .map((name) => FORMAL[name] ?? name);
  const wider = WIDER.flatMap(([pattern, list]) => (pattern.test(text) ? list : []));
  return [...new Set([...names, ...wider])];
}

/** Whether a text names one of these relatives. */
export function namesRelative(text: string, asked: readonly string[]): boolean {
  return relativesIn(text).some((one) => asked.includes(one));
}

/** Whether the clause that names the condition is about one of these relatives, or names none. */
export function isOfRelative(unit: Unit, asked: readonly string[], named: readonly SubjectHits[]): boolean {
  return named.some(({ byUnit }) => {
    const match = byUnit.get(unit.index);
    return match !== undefined && isOfRelativeAt(unit, asked, unit.words[match.first]!.start);
  });
}

/** Likewise for the clause at a place of the unit's text. */
export function isOfRelativeAt(unit: Unit, asked: readonly string[], at: number): boolean {
  const clauses = [...unit.text.matchAll(/[^;.]+/g)];
  const clause = clauses.find(({ index, 0: words }) => index <= at && at < index + words.length);
  if (clause === undefined) return true;
  const before = relativesIn(unit.text.slice(clause.index, at));
  const after = relativesIn(unit.text.slice(at, clause.index + clause[0].length));
  const owner = before.at(-1) ?? after[0];
  if (owner === undefined) return relativesIn(unit.text).every((one) => asked.includes(one));
  return asked.includes(owner) || (before.some((one) => asked.includes(one)) && /\band\b|[&/]/i.test(clause[0]));
}

const ASKS_AGE = /\bhow (?:old|young) (?:was|were|is|are|did)\b|\b(?:what|which) age\b|\bage (?:at|of|when|was|did)\b/i;
/** A number of years without any other unit, or a word for a time of life. */
const AGE =
  /(?:(?:,|\()\s?\d{2}(?=\s*(?:[.;,)]|$))|\b(?:aged?|at)\s(?:about\s)?\d|(?<![\w/.:-])\d{2})(?:'?s)?\b(?!\s*(?:[%:/.]\d|%|-?(?:mg|mcg|cm|mm|weeks?|wks?|months?|days?|hours?|pack|py|ppd)\b|(?:yrs?|years?) (?:ago|back|later|after|of (?!age))))|\b(?:teens?|twent(?:y|ies)|thirt(?:y|ies)|fort(?:y|ies)|fift(?:y|ies)|sixt(?:y|ies)|sevent(?:y|ies)|eight(?:y|ies)|ninet(?:y|ies)|childhood|infancy|boyhood|girlhood|as a (?:child|boy|girl|baby|teenager)|at birth|newborn)\b/i;

/** "How old was the aunt at her colectomy?", "at what age did dad have his stroke?" */
export function asksAge(text: string): boolean {
  return ASKS_AGE.test(text);
}

/** Whether an age stands anywhere in a text. */
export function tellsAge(text: string): boolean {
  return AGE.test(text);
}

/** Whether an age stands in the part of a unit's text that is about the relative at a place, up to the next relative. */
export function tellsAgeAt(unit: Unit, at: number): boolean {
  const places = [...unit.text.matchAll(RELATIVES)].map(({ index }) => index);
  const from = places.findLast((place) => place <= at) ?? 0;
  const to = places.find((place) => place > Math.max(at, from)) ?? unit.text.length;
  const stop = /[;.](?!\d)/.exec(unit.text.slice(at, to));
  return tellsAge(unit.text.slice(from, stop === null ? to : at + stop.index));
}
