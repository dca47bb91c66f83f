import type { Unit } from '../evidence/chart-index.ts';
import type { SubjectHits } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { RELATIVE_WORDS } from '../rules.ts';
import { focusOf, quoteClaim } from './extract.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { inline, quoteUnit, sourceOf } from './wording.ts';

/** What the notes say of relatives: with the condition that is asked about, or the whole family history. */
export function draftFamily(context: DraftContext): Draft | null {
  const { question } = context;
  if (!question.asked.has('family') || question.asked.has('conflict')) return null;
  const named = context.hits.filter(({ subject }) => !RELATIVE_WORDS.has(subject.key));
  if (named.length === 0) return familyHistory(context);
  const ranked = context.ranked.filter(
    ({ unit, coverage }) =>
      coverage >= 0.4 && isOfFamily(unit, context) && named.some(({ byUnit }) => byUnit.has(unit.index)),
  );
  if (ranked.length === 0) return null;
  const claims: DraftClaim[] = [];
  for (const candidate of ranked) {
    if (claims.length === 2) break;
    if (claims.length > 0 && candidate.score < ranked[0]!.score - 0.3) break;
    const quote = inline(quoteUnit(candidate.unit, focusOf(candidate.unit, context)).text);
    if (claims.some(({ text }) => text.includes(quote.slice(0, 24)))) continue;
    claims.push({ ...quoteClaim(candidate, context, ''), polarity: 'quoted', family: true });
  }
  const denied = ranked.slice(0, claims.length).every(({ unit }) => {
    const entities = matchedEntities(unit, named);
    return entities.length > 0 && entities.every(({ flags }) => flags.includes('neg'));
  });
  const asked = askedRelatives(question.corrected);
  const theirs = asked.length === 0 || ranked.slice(0, 3).some(({ unit }) => isOfRelative(unit, asked, named));
  const other = `Not stated of the ${asked.join(' or ')}. `;
  const lead = !theirs ? other : question.yesNo ? (denied ? 'No. ' : 'Yes. ') : '';
  const [first, ...rest] = claims;
  return {
    claims: [{ ...first!, text: `${lead}${first!.text}` }, ...rest],
    finding: denied || !theirs ? 'denied' : 'affirmed',
    rule: 'family',
    confidence: 0.8,
  };
}

const RELATIVES =
  /\b(mother|mom|mum|father|dad|brother|sister|son|daughter|grandmother|grandfather|grandma|grandpa|aunt|uncle|cousin|nephew|niece)s?\b/gi;
const FORMAL: Readonly<Record<string, string>> = {
  mom: 'mother',
  mum: 'mother',
  dad: 'father',
  grandma: 'grandmother',
  grandpa: 'grandfather',
};

/** The relatives that a text names, each by one word. */
function askedRelatives(text: string): string[] {
  const names = [...text.matchAll(RELATIVES)].map((match) => match[1]!.toLowerCase());
  return [...new Set(names.map((name) => FORMAL[name] ?? name))];
}

/** Whether the clause that names the condition is about one of these relatives, or names none. */
function isOfRelative(unit: Unit, asked: readonly string[], named: readonly SubjectHits[]): boolean {
  return named.some(({ byUnit }) => {
    const match = byUnit.get(unit.index);
    if (match === undefined) return false;
    const at = unit.words[match.first]!.start;
    const clauses = [...unit.text.matchAll(/[^;.]+/g)];
    const clause = clauses.find(({ index, 0: words }) => index <= at && at < index + words.length);
    if (clause === undefined) return true;
    const before = askedRelatives(unit.text.slice(clause.index, at));
    const after = askedRelatives(unit.text.slice(at, clause.index + clause[0].length));
    const owner = before.at(-1) ?? after[0];
    if (owner === undefined) return askedRelatives(unit.text).every((one) => asked.includes(one));
    return asked.includes(owner) || (before.some((one) => asked.includes(one)) && /\band\b/i.test(clause[0]));
  });
}

/** Whether a unit speaks of a relative: by a flag of the model, a relative's name or its section. */
export function isOfFamily(unit: Unit, _context: DraftContext): boolean {
  return (
    unit.entities.some(({ flags }) => flags.includes('fam')) ||
    unit.words.some(({ stem }) => RELATIVE_WORDS.has(stem)) ||
    /family/.test(`${unit.section} ${unit.title}`)
  );
}

function familyHistory(context: DraftContext): Draft | null {
  const wanted = context.question.corrected.toLowerCase();
  const relative = [...RELATIVE_WORDS].filter((stem) => new RegExp(`\\b${stem}`).test(wanted));
  const units = context.index.units.filter(
    (unit) =>
      unit.words.length > 2 &&
      (relative.length > 0
        ? unit.words.some(({ stem }) => relative.includes(stem)) &&
          unit.entities.some(({ flags }) => flags.includes('fam'))
        : unit.entities.some(({ flags }) => flags.includes('fam'))),
  );
  if (units.length === 0) return null;
  const claims: DraftClaim[] = [];
  for (const unit of units.toReversed().slice(0, 6)) {
    const quoted = quoteUnit(
      unit,
      unit.entities.filter(({ flags }) => flags.includes('fam')),
      26,
    );
    if (claims.length === 2 || claims.some(({ text }) => text.includes(quoted.text.slice(0, 20)))) continue;
    claims.push({
      text: `${sourceOf(unit)}: "${quoted.text}"`,
      citations: [quoted.citation],
      polarity: 'quoted',
      family: true,
    });
  }
  return { claims, finding: 'affirmed', rule: 'family-history', confidence: 0.7 };
}
