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
    if (match === undefined) return false;
    const at = unit.words[match.first]!.start;
    const clauses = [...unit.text.matchAll(/[^;.]+/g)];
    const clause = clauses.find(({ index, 0: words }) => index <= at && at < index + words.length);
    if (clause === undefined) return true;
    const before = relativesIn(unit.text.slice(clause.index, at));
    const after = relativesIn(unit.text.slice(at, clause.index + clause[0].length));
    const owner = before.at(-1) ?? after[0];
    if (owner === undefined) return relativesIn(unit.text).every((one) => asked.includes(one));
    return asked.includes(owner) || (before.some((one) => asked.includes(one)) && /\band\b|[&/]/i.test(clause[0]));
  });
}
