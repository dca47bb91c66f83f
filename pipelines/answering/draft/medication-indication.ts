import rules from '../../rules/answering/1/indications.json' with { type: 'json' };
import type { MedicationFact } from '../../domain/chart.ts';
import { currentEvidence, isClassWord } from './medications.ts';
import { toldRegimen } from './medication-regimen.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { wordCount } from './wording.ts';

/** Conditions and the classes of drugs that are taken for them and for little else. */
const CLASSES: readonly { readonly condition: RegExp; readonly classes: readonly string[] }[] = rules.classes.map(
  ([words, classes]) => ({ condition: new RegExp(`^(?:${words!})$`, 'i'), classes: classes!.split(', ') }),
);
const WORDS = 55;

/**
 * Drugs on the current list that belong to a class for the problem asked about, where no note says what they are for: told
 * as what they are, the list's words and no statement of the note's.
 */
export function draftListedFor(context: DraftContext): Draft | null {
  const { question, terminology, chart } = context;
  const problems = question.subjects.filter(({ kind }) => ['condition', 'term', 'test', 'panel'].includes(kind));
  const classes = problems.flatMap(({ words, key }) =>
    CLASSES.filter(({ condition }) => condition.test(words) || condition.test(key)).flatMap((one) => one.classes),
  );
  if (problems.length !== 1 || classes.length === 0) return null;
  const members = new Set(classes.flatMap((name) => terminology.membersOfClass(name)));
  const facts = chart.medications.filter(
    (fact) => fact.status === 'active' && !isClassWord(fact, context) && belongs(fact, classes, members),
  );
  const claims: DraftClaim[] = [];
  let words = 0;
  for (const [i, fact] of facts.entries()) {
    const text = `${i === 0 && question.yesNo ? 'Yes: ' : ''}${toldRegimen(fact, context).text}${i === 0 ? ' (on the list; no note says what for)' : ''}.`;
    words += wordCount(text);
    if (claims.length === 4 || words > WORDS) break;
    claims.push({ text, citations: currentEvidence(fact), polarity: 'quoted' });
  }
  return claims.length === 0 ? null : { claims, finding: 'affirmed', rule: 'medication-listed-for', confidence: 0.55 };
}

function belongs(fact: MedicationFact, classes: readonly string[], members: ReadonlySet<string>): boolean {
  return (
    fact.classes.some((name) => classes.includes(name)) ||
    fact.ingredients.some((name) => members.has(name)) ||
    members.has(fact.concept)
  );
}
