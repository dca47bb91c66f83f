import type { AllergyFact } from '../../domain/chart.ts';
import { houseDate } from '../text/dates.ts';
import type { Subject } from '../question/types.ts';
import { stemsOf } from '../text/words.ts';
import { chooseUnits, quoteClaim } from './extract.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { capital, inline, wordCount } from './wording.ts';
import { CLAIMS, WORDS, withClaim } from './limits.ts';

/** "Allergies before I prescribe *for a* UTI": what a drug is to be given for is no substance. */
const PURPOSE = /\b(?:for|treat\w*|treatment of)\s+(?:(?:an?|the|his|her|this)\s+)?$/i;

/** Allergies and intolerances: the list with reactions, or what the notes say of one substance or its class. */
export function draftAllergy(context: DraftContext): Draft | null {
  const { question, chart } = context;
  if (!question.asked.has('allergy') || question.asked.has('conflict') || question.asked.has('family')) return null;
  const subjects = question.subjects.filter(
    ({ kind, start, words }) =>
      !OF_ALL.test(words) &&
      (['medication', 'class', 'term'].includes(kind) ||
        (kind === 'condition' && !PURPOSE.test(question.corrected.slice(0, start)))),
  );
  const named = subjects.filter(
    (subject) =>
      subject.kind !== 'term' || context.hits.some((hit) => hit.subject === subject && hit.matches.length > 0),
  );
  const facts =
    named.length === 0
      ? chart.allergies
      : chart.allergies.filter((fact) => named.some((subject) => isOf(subject, fact)));
  const listed = facts.length > 0 ? listDraft(named.length > 0 ? facts : trusted(facts), context) : null;
  if (named.length > 0) return withSentences(context, listed);
  const stated = chart.allergyStatementEvidence.length > 0 && !facts.some(({ interpreted }) => interpreted);
  if (listed !== null && !stated) return withLatestList(listed, context);
  if (chart.allergyStatementEvidence.length === 0) return null;
  const [first, ...rest] = chart.allergyStatementEvidence;
  const date = context.index.chart.notes[context.index.noteIndexOf.get(first!.noteId) ?? 0]?.note.date;
  return {
    claims: [
      {
        text: `No known allergies: "${inline(first!.quote)}"${date === undefined ? '' : ` (${houseDate(date)})`}.`,
        citations: [first!, ...rest.slice(0, 2)],
        polarity: 'quoted',
      },
    ],
    finding: 'denied',
    rule: 'no-known-allergies',
    confidence: 0.8,
  };
}

/** "Drug allergies?", which a terminology lists as an illness: of all of them, and of no substance. */
const OF_ALL =
  /^(?:(?:known|drug|drugs|medication|medications|medicine|food|other|any|all)\s+)*(?:allerg(?:y|ies|ic|ens?)|intoleran\w+|(?:adverse )?(?:drug )?reactions?|(?:hyper)?sensitivit(?:y|ies)|adrs?)$/i;

/** The words of the latest allergy line behind what was read, where they fit: nothing that the reader missed is hidden. */
function withLatestList(listed: Draft, context: DraftContext): Draft {
  const line = context.index.units.findLast(
    ({ section, title, text, words }) =>
      words.length >= 2 &&
      (/^\W*all(?:erg\w*|s)?\b\s*[:-]/i.test(text) || /^(?:drug )?allerg/i.test(`${title}`) || section === 'allergies'),
  );
  if (line === undefined) return listed;
  return withClaim(listed, quoteClaim({ unit: line }, context));
}

/** Substances that an allergy was read for come first; uninterpreted text follows verbatim. */
function trusted(facts: readonly AllergyFact[]): AllergyFact[] {
  return [...facts.filter(({ interpreted }) => interpreted), ...facts.filter(({ interpreted }) => !interpreted)];
}

export function isOf(subject: Subject, fact: AllergyFact): boolean {
  if (fact.concept === subject.key || fact.classes.includes(subject.key) || subject.members.includes(fact.concept))
    return true;
  const name = ` ${stemsOf(fact.substance).join(' ')} `;
  return subject.forms.some(({ stems }) => stems.join(' ').length >= 3 && name.includes(` ${stems.join(' ')} `));
}

function listDraft(facts: readonly AllergyFact[], _context: DraftContext): Draft | null {
  const claims: DraftClaim[] = [];
  let words = 0;
  for (const fact of facts) {
    const text = fact.interpreted
      ? `${capital(inline(fact.substance))}${fact.reaction === null ? '' : `: ${inline(fact.reaction)}`}.`
      : `Allergy text not interpreted: "${inline(fact.evidence[0].quote)}"`;
    words += wordCount(text);
    if (claims.length === CLAIMS || words > 55) break;
    claims.push({ text, citations: [fact.evidence[0], ...fact.evidence.slice(1, 4)], polarity: 'quoted' });
  }
  return claims.length === 0 ? null : { claims, finding: 'affirmed', rule: 'allergies', confidence: 0.85 };
}

/** For one substance the sentences are quoted too: "de-labelled", "tolerated since" and the like stand only there. */
function withSentences(context: DraftContext, listed: Draft | null): Draft | null {
  const budget = WORDS - (listed?.claims.reduce((sum, { text }) => sum + wordCount(text), 0) ?? 0);
  const chosen = chooseUnits(context, 2).filter(({ coverage }) => coverage >= 0.45);
  const claims = [...(listed?.claims.slice(0, 2) ?? [])];
  let words = 0;
  for (const ranked of chosen) {
    const claim = quoteClaim(ranked, context);
    words += wordCount(claim.text);
    if (words > budget) break;
    claims.push(claim);
  }
  if (claims.length === 0) return null;
  return { claims, finding: 'affirmed', rule: 'allergy-of', confidence: 0.7 };
}
