import { houseDate } from '../text/dates.ts';
import { isDated } from '../question/time-window.ts';
import { currentEvidence, isClassWord, regimen, standing } from './medications.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { wordCount } from './wording.ts';

const WORDS = 56;

/** Everything the patient takes now: for "current meds?" with no drug, class or condition named. */
export function draftMedicationList(context: DraftContext): Draft | null {
  const { question, chart } = context;
  const general =
    /\b(meds?|medications?|medicines?|drugs?|regimen|pills|prescriptions?|taking|takes?|home med\w*)\b/i.test(
      question.corrected,
    );
  if (!general || question.subjects.length > 0 || !question.asked.has('medication') || isDated(question.window))
    return null;
  if (['why', 'allergy', 'adverse', 'conflict', 'when', 'family'].some((kind) => question.asked.has(kind as never)))
    return null;
  const active = chart.medications
    .filter((fact) => standing(fact, context) === 'active' && !isClassWord(fact, context))
    .sort((a, b) => (a.lastAsserted < b.lastAsserted ? 1 : a.lastAsserted > b.lastAsserted ? -1 : 0));
  if (active.length === 0) return null;
  const groups: { text: string; citations: DraftClaim['citations'] }[] = [];
  let words = 8;
  for (const fact of active) {
    const text = regimen(fact);
    words += wordCount(text);
    if (words > WORDS) break;
    groups.push({ text, citations: currentEvidence(fact) });
  }
  const [first, ...rest] = groups.flatMap(({ citations }) => [citations[0]]);
  const asOf = chart.asOf === null ? '' : `As of ${houseDate(chart.asOf)}: `;
  return {
    claims: [
      {
        text: `${asOf}${groups.map(({ text }) => text).join('; ')}.`,
        citations: [first!, ...rest],
        polarity: 'quoted',
        computed: ['as-of'],
      },
    ],
    finding: 'affirmed',
    rule: 'medication-list',
    confidence: 0.7,
  };
}
