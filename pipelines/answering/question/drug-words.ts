import type { Terminology } from '../../contracts/terminology.ts';
import type { ChartIndex } from '../evidence/chart-index.ts';

/** What may stand behind the name of a class or of what it is for: "water *tablet*", "lipid lowering *meds*". */
const TAIL =
  /[ -](?:meds?|medications?|medicines?|drugs?|tablets?|tabs?|pills?|capsules?|agents?|therapy|therapies|treatments?|tx|products?|inhalers?|injections?|cover|rx)$/i;
/** Forms in which a drug is given: "tiotropium *inhaler*", "nicotine *patch*". */
const FORM =
  /[ -](?:inhalers?|puffers?|patch(?:es)?|tablets?|tabs?|pills?|capsules?|cream|ointment|gel|drops?|spray|drip|infusion|gtt|syrup|nebs?|nebuli[sz]ers?|suppositor(?:y|ies)|pump)$/i;

/** The words by which the terminology knows a class of drugs, or null: "anti-seizure meds" by "antiseizure medication". */
export function classNamed(phrase: string, terminology: Terminology): string | null {
  const known = (words: string): boolean => terminology.membersOfClass(words).length > 0;
  if (known(phrase)) return phrase;
  if (!TAIL.test(phrase)) return null;
  const head = phrase.replace(TAIL, '');
  const heads = [head, head.replace(/^(anti)[ -]/i, '$1'), head.replace(/s$/i, '')];
  const tails = ['', ' meds', ' medication', ' therapy', ' agent', ' drug', ' pill', ' replacement'];
  return heads.flatMap((one) => tails.map((tail) => `${one}${tail}`)).find(known) ?? null;
}

/** A phrase without a last word such as "meds" or "tablet". */
export function withoutTail(phrase: string): string {
  return phrase.replace(TAIL, '');
}

/** A drug without the form that it is named with, where the terminology knows what is left. */
export function drugNamed(phrase: string, terminology: Terminology): string {
  const head = phrase.replace(FORM, '');
  if (head === phrase) return phrase;
  const medication = terminology.medication(head);
  return medication !== null && !medication.isClass && medication.codes.length > 1 ? head : phrase;
}

/** Words that make a salt or a drug of "potassium" and "lithium"; without them the blood test is meant. */
const GIVEN =
  /\b(on|can|could|may|might|should|ok|okay|safe|avoid\w*|contraindicat\w*|tak\w+|took|dose\w*|start\w*|stop\w*|giv\w+|gave|mg|prescri\w+|supplement\w*|drip|infusion|held|hold|allerg\w*|why|side|effects?|reaction|problem|from|do(?:ne)? to)\b/i;
/** Words that ask for the amount in the blood. */
const LEVEL = /\b(levels?|troughs?|conc\w*|assay|therapeutic|sub-?therapeutic|supra-?therapeutic)\b/i;
/** What the body has of its own or takes up with food: as a bare word it is a blood test. */
const ANALYTE =
  /^(?:serum |plasma |blood )?(?:potassium|k|sodium|na|calcium|ca|magnesium|mg|mag|phosph\w+|chloride|bicarb\w*|iron|fe|glucose|urea|creatinine|folate|folic acid|b12|vitamin \w+|vit \w+|zinc|copper|albumin|alcohol|ethanol|etoh|testosterone|o?estradiol|progesterone|cortisol|prolactin|hcg|insulin|ammonia|lactate|oxygen|o2|fibrinogen|haptoglobin|thyroxine|t[34]|c peptide)$/i;
const LAST = /\b(?:last|latest|newest|most recent|recent)\s+(?:serum |plasma |blood )?$/i;
const GIVEN_AMOUNT = /\b(?:mg|mcg|microgram\w*|g|units?|iu|puffs?|tab\w*|meq|ml)$/i;

/**
 * Whether a word that names a drug and a blood test means the test. Of what is only ever a drug (lithium, vancomycin) that
 * takes a word such as "level", or results of it in the chart and no word of giving or taking.
 */
export function isMeasured(phrase: string, text: string, index: ChartIndex, terminology: Terminology): boolean {
  const test = terminology.test(phrase);
  if (test === null) return false;
  if (LEVEL.test(text)) return true;
  // "His last potassium, given he's on Bactrim": the word right before it asks for a result.
  if (ANALYTE.test(phrase) && LAST.test(text.slice(0, Math.max(0, text.indexOf(phrase))))) return true;
  if (GIVEN.test(text)) return false;
  if (ANALYTE.test(phrase)) return true;
  return index.chart.results.some(
    (result) => result.test === test.name && !GIVEN_AMOUNT.test(`${result.value} ${result.unit ?? ''}`.trim()),
  );
}
