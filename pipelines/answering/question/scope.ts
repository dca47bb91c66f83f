import type { ChartIndex } from '../evidence/chart-index.ts';
import { matchesOf } from '../evidence/subject-match.ts';
import { SCOPE } from '../rules.ts';
import { stemsOf } from '../text/words.ts';
import { namesOtherPerson } from './other-person.ts';
import type { Question } from './types.ts';

/**
 * Why a question is no question about this chart, or null where it is one. Instructions in a question are never acted
 * on; another person of the store is out of scope without saying whether that person exists.
 */
export function outOfScope(question: Question, index: ChartIndex, otherNames: readonly string[]): string | null {
  const text = question.corrected.trim();
  if (SCOPE.injection.some((pattern) => pattern.test(text))) return 'instructions to the program';
  if (namesOtherPerson(question, index, otherNames)) return 'another person';
  if (SCOPE.orders.test(text) && !SCOPE.ordersExcept.test(text)) return 'an order, not a question';
  if (SCOPE.dosingHypothetical.test(text)) return 'dosing of no patient of this chart';
  if (SCOPE.general.some((pattern) => pattern.test(text)) || isGeneric(text, question, index))
    return 'general knowledge';
  return null;
}

const PERMISSION =
  /\b(?:ok|okay|safe|alright|contraindicated|suitable|appropriate|avoid(?:ed)?|can i|could i|can we|could we)\b/i;
const GENE =
  /\b(?:cyp\d\w*|hla-?\w*|dpyd|tpmt|nudt15|slco1b1|vkorc1|ugt1a1|g6pd|genes?|genotype|genetics?|pgx|metaboli[sz]er)\b/i;
const POPULATION =
  /\b(?:in|for|of) (?:an? |the )?(?:adults?|child(?:ren)?|elderly|pregnan\w*|patients|people|women|men|general)\b/i;

/** What is asked of a drug, a disease or a test that the chart names: "which antibiotic", "what type of cataract". */
const OF_THE_CHART =
  /\b(?:dose|dosage|dosing|drug|antibiotic|test|type|kind|stage|grade|indication|how many days|duration)\b/i;
const USUAL =
  /\b(?:usual|standard|normal|maximum|max|minimum|average|typical|recommended|starting|safe|best|common|possible|main|gold)\b/i;
const DEFINITE = /\b(?:the|this|that|these|those)\b/i;

/** A question of a textbook's form that refers to no patient, chart, visit or past event. */
function isGeneric(text: string, question: Question, index: ChartIndex): boolean {
  const own = new Set(stemsOf(index.chart.patient.name));
  if (stemsOf(text).some((stem) => stem.length > 2 && own.has(stem))) return false;
  if (asksWhetherToGive(text, question)) return false;
  if (SCOPE.reference.test(text) || !SCOPE.genericForms.some((pattern) => pattern.test(text))) return false;
  if (SCOPE.chartWords.test(text)) return false;
  if (POPULATION.test(text) || USUAL.test(text)) return true;
  const isDefinite = DEFINITE.test(text);
  const named = [...question.subjects, ...question.context].filter(
    ({ kind, forms }) => (kind !== 'term' || isDefinite) && matchesOf(index, forms).length > 0,
  );
  return named.length === 0 || !(OF_THE_CHART.test(text) || isDefinite);
}

/**
 * "Is codeine ok?", "would prasugrel be safe?", or a drug and its gene: in a chart this asks of its patient, unless it
 * names a population ("in pregnancy", "for adults").
 */
function asksWhetherToGive(text: string, question: Question): boolean {
  if (POPULATION.test(text)) return false;
  const drugs = question.subjects.filter(({ kind }) => kind === 'medication').length;
  return drugs === 1 ? PERMISSION.test(text) || GENE.test(text) : drugs > 1 && GENE.test(text);
}
