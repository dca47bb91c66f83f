import type { AllergyFact } from '../../domain/chart.ts';
import type { DraftClaim } from '../draft/types.ts';
import { capital, inline } from '../draft/wording.ts';
import { houseDate } from '../text/dates.ts';
import { dateOf, listLines, placeOn, quoteLine } from './lines.ts';
import type { BriefContext, BriefLine, BriefPart } from './types.ts';

const MOST = 12;
const VERBATIM = 3;

/**
 * Allergies with reaction and date; text that no allergy was read from, verbatim; "no known allergies" only where a note says
 * so. Allergies that were taken off the list are not listed.
 */
export function allergyPart(context: BriefContext): BriefPart {
  const { allergies, allergyStatement } = context.chart;
  const listed = allergies.filter(({ status }) => status !== 'removed');
  const known = listed.filter(({ interpreted }) => interpreted).map((fact) => allergyThing(fact, context));
  const verbatim = listed
    .filter(({ interpreted }) => !interpreted)
    .map((fact): BriefLine => ({
      text: `Allergy text not interpreted: "${inline(fact.evidence[0].quote)}" (${houseDate(dateOf(context, fact.evidence[0]))}).`,
      citations: [fact.evidence[0]],
      polarity: 'quoted',
    }));
  const more = verbatim.length - VERBATIM;
  const shown = verbatim.slice(0, VERBATIM);
  return {
    kind: 'allergies',
    title: allergyStatement === 'no allergy statement found' ? 'Allergies: no allergy statement found' : 'Allergies',
    lines: [
      ...listLines(context, '', known, MOST),
      ...shown.map((line, at) => (more > 0 && at === shown.length - 1 ? { ...line, more } : line)),
      ...noneStated(context),
    ],
  };
}

function allergyThing(fact: AllergyFact, context: BriefContext): DraftClaim {
  const place = placeOn(context, fact, fact.lastAsserted);
  const reaction = fact.reaction === null ? '' : `: ${inline(fact.reaction)}`;
  const best = fact.evidence[0];
  return {
    text: `${capital(inline(fact.substance))}${reaction}, last asserted ${houseDate(dateOf(context, place))}`,
    citations: best === place ? [best, ...fact.evidence.slice(1, 3)] : [best, place],
    polarity: 'quoted',
  };
}

/** The statement in the note's words; beside a listed allergy it is a contradiction, and stays in sight. */
function noneStated(context: BriefContext): BriefLine[] {
  const [first] = context.chart.allergyStatementEvidence;
  if (first === undefined) return [];
  const line = quoteLine(context, first, 12);
  return line === null ? [] : [{ ...line, text: `No known allergies stated, ${line.text}` }];
}
