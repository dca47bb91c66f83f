import type { MedicationFact } from '../../domain/chart.ts';
import type { IsoDate } from '../../domain/ids.ts';
import { houseDate } from '../text/dates.ts';
import { isDated } from '../question/time-window.ts';
import { changedDose } from './medication-current.ts';
import { toldRegimen } from './medication-regimen.ts';
import { currentEvidence, isClassWord } from './medications.ts';
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
    .filter((fact) => fact.status === 'active' && !isClassWord(fact, context))
    .filter((fact, _i, all) => !isPartOf(fact, all))
    .sort((a, b) => (a.lastAsserted < b.lastAsserted ? 1 : a.lastAsserted > b.lastAsserted ? -1 : 0));
  if (active.length === 0) return null;
  const groups: { text: string; citations: DraftClaim['citations'] }[] = [];
  let words = 8;
  for (const fact of active) {
    const text = `${changedDose(fact) ?? toldRegimen(fact, context).text}${agedText(fact, chart.asOf)}`;
    words += wordCount(text);
    if (words > WORDS) break;
    groups.push({ text, citations: currentEvidence(fact) });
  }
  const [first, ...rest] = groups.flatMap(({ citations }) => [citations[0]]);
  const left = active.length - groups.length;
  const more = left === 0 ? '' : `; and ${left} more`;
  const asOf = chart.asOf === null ? '' : `As of ${houseDate(chart.asOf)}: `;
  return {
    claims: [
      {
        text: `${asOf}${groups.map(({ text }) => text).join('; ')}${more}.`,
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

/** A part of a combination that the list holds whole ("valsartan" beside "sacubitril/valsartan"), named without a dose of its own. */
function isPartOf(fact: MedicationFact, all: readonly MedicationFact[]): boolean {
  if (fact.dose !== null) return false;
  return all.some(
    (other) =>
      other !== fact &&
      other.ingredients.length > Math.max(1, fact.ingredients.length - 1) &&
      other.dose !== null &&
      fact.ingredients.every((name) => other.ingredients.includes(name)),
  );
}

/** ` (last named 3 May 2021)` for a drug that no note of the last year names. */
function agedText({ lastAsserted }: MedicationFact, asOf: IsoDate | null): string {
  if (asOf === null) return '';
  const yearBefore = `${Number(asOf.slice(0, 4)) - 1}${asOf.slice(4)}`;
  return lastAsserted < yearBefore ? ` (last named ${houseDate(lastAsserted)})` : '';
}
