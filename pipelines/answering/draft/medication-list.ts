import type { MedicationFact } from '../../domain/chart.ts';
import type { IsoDate } from '../../domain/ids.ts';
import { houseDate } from '../text/dates.ts';
import { isDated } from '../question/time-window.ts';
import { changedDose } from './medication-current.ts';
import { toldRegimen } from './medication-regimen.ts';
import { currentEvidence, isClassWord } from './medications.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { quoteUnit, wordCount } from './wording.ts';

const WORDS = 56;

/** Everything the patient takes now: for "current meds?" with no drug, class or condition named. */
export function draftMedicationList(context: DraftContext): Draft | null {
  const { question, chart } = context;
  const general =
    /\b(meds?|medications?|medicines?|drugs?|regimen|pills|prescriptions?|taking|takes?|home med\w*)\b/i.test(
      question.corrected,
    );
  if (!general || !namesNothing(context) || !question.asked.has('medication') || isDated(question.window)) return null;
  if (['why', 'allergy', 'adverse', 'conflict', 'when', 'family'].some((kind) => question.asked.has(kind as never)))
    return null;
  const active = chart.medications
    .filter((fact, _i, all) => fact.status === 'active' && !namesMembers(fact, all, context))
    .filter((fact, _i, all) => !isPartOf(fact, all))
    .sort((a, b) => (a.lastAsserted < b.lastAsserted ? 1 : a.lastAsserted > b.lastAsserted ? -1 : 0));
  if (active.length === 0) return statedNone(context);
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

/** Nothing of the chart is named but the list itself: "is the baby on any regular meds?", "regular meds incl contraception?". */
function namesNothing({ question, hits }: DraftContext): boolean {
  const including = /\b(?:incl\w*|and any|plus any)\b/i.exec(question.corrected)?.index ?? Infinity;
  return hits.every(
    ({ subject, matches }) =>
      subject.start > including ||
      (subject.kind === 'term' && (matches.length === 0 || /^(?:regular|usual|daily|routine)$/i.test(subject.words))),
  );
}

/** A class word ("anticoagulants") whose members are on the list; one that stands for its drug ("COCP") stays. */
function namesMembers(fact: MedicationFact, all: readonly MedicationFact[], context: DraftContext): boolean {
  if (!isClassWord(fact, context)) return false;
  const listed = fact.steps.some(({ action }) => action === 'continue');
  return !listed || all.some((other) => other !== fact && other.classes.includes(fact.concept));
}

const NONE =
  /^\W*(?:(?:current |home |regular |usual |outpatient )?(?:medications?|meds|drugs?|drug history|dhx?|rx)\W+(?:history\W+)?)?(?:none|nil\b.{0,12}|no (?:current |regular |home |usual |daily )*(?:medications?|meds)|not (?:on|taking) any (?:\w+ )?(?:medications?|meds)|takes no (?:\w+ )?(?:medications?|meds))\W*$/i;

/** "CURRENT MEDICATIONS: None." of the latest note that says so, where no drug is taken. */
function statedNone({ index, question }: DraftContext): Draft | null {
  const unit = index.units.findLast(
    ({ text, title }) => NONE.test(text) && (/\b(?:med|drug|rx|dh)/i.test(text) || /\b(?:med|drug|rx|dh)/i.test(title)),
  );
  if (unit === undefined) return null;
  const quoted = quoteUnit(unit, []);
  const lead = question.yesNo ? 'No' : 'None';
  return {
    claims: [
      {
        text: `${lead} (${houseDate(unit.date)}): "${unit.title === '' || quoted.text.toLowerCase().includes(unit.title) ? '' : `${unit.title}: `}${quoted.text}".`,
        citations: [quoted.citation],
        polarity: 'quoted',
      },
    ],
    finding: 'denied',
    rule: 'medication-list',
    confidence: 0.75,
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
