import type { MedicationAction } from '../../../domain/entity.ts';
import type { TextRange } from '../../../domain/span.ts';
import rules from '../../../rules/added-mentions/1/medications.json' with { type: 'json' };
import { itemsOf } from './list-items.ts';
import type { SecondReading } from './reading.ts';

const WORD = /\p{L}[\p{L}\p{N}'’/-]*/uy;
const LEAD = new RegExp(`^${rules.itemLead}`, 'iu');
const NOT_NAMES: ReadonlySet<string> = new Set(rules.notNames);
const NOT_MEDICATIONS: ReadonlySet<string> = new Set(rules.notMedications);
const SECTIONS: ReadonlySet<string> = new Set(rules.listSections);
const ACTIONS = rules.actions.map(({ title, action }) => ({
  title: new RegExp(title, 'iu'),
  action: action as MedicationAction | null,
}));
const DOSE_BEHIND = new RegExp(
  `(?<name>\\p{L}[\\p{L}\\p{N}'’/-]{2,}(?: \\p{L}[\\p{L}\\p{N}'’/-]+){0,2}) (?=${rules.doses})`,
  'giu',
);
const MOST_WORDS = 4;
const DENIAL =
  /^(?:no|not|nil|none|denies|never|without|stopped|off|was|has|had|avoid|allergic|intolerant|declined|refuse[sd]?)\b/i;

/**
 * Adds medications whose name opens an item of a medication or allergy list, and names right before a dose anywhere. Only
 * names that the terminology knows.
 */
export function addMedications(reading: SecondReading): void {
  for (const section of reading.sections) {
    if (!SECTIONS.has(section.category)) continue;
    const title = section.title === null ? '' : reading.text.slice(section.title.start, section.title.end);
    const action = actionOf(section.category, title);
    for (const item of itemsOf(reading.text, section)) {
      const name = nameAt(reading, item);
      if (name !== null && reading.isFree(name)) reading.add('Medication', name, action);
    }
  }
  addDosed(reading);
}

function actionOf(category: string, title: string): MedicationAction | null {
  if (category === 'allergies') return 'allergy';
  return ACTIONS.find((rule) => rule.title.test(title))?.action ?? null;
}

/** The longest known name at the start of an item. */
function nameAt(reading: SecondReading, item: TextRange): TextRange | null {
  const words = reading.text.slice(item.start, item.end);
  if (DENIAL.test(words)) return null;
  const start = item.start + LEAD.exec(words)![0].length;
  const ends = wordEnds(reading.text, start, item.end);
  for (const end of ends.reverse()) if (isMedication(reading, start, end)) return { start, end };
  return null;
}

/** Ends of the first words of an item that could belong to a name, one blank apart. */
function wordEnds(text: string, start: number, limit: number): number[] {
  const ends: number[] = [];
  let at = start;
  while (ends.length < MOST_WORDS) {
    WORD.lastIndex = at;
    const match = WORD.exec(text);
    if (match === null || at + match[0].length > limit || NOT_NAMES.has(match[0].toLowerCase())) break;
    at += match[0].length;
    ends.push(at);
    if (text[at] !== ' ') break;
    at += 1;
  }
  return ends;
}

function isMedication({ text, terminology }: SecondReading, start: number, end: number): boolean {
  const words = text.slice(start, end);
  if (words.length < 3 && words !== words.toUpperCase()) return false;
  return !NOT_MEDICATIONS.has(words.toLowerCase()) && terminology.medication(words) !== null;
}

function addDosed(reading: SecondReading): void {
  for (const match of reading.text.matchAll(DOSE_BEHIND)) {
    const name = match.groups!['name']!;
    const end = match.index + name.length;
    for (let start = match.index; start < end;) {
      const range = { start, end };
      const last = reading.text.slice(start, end).split(' ').at(-1)!.toLowerCase();
      if (!NOT_NAMES.has(last) && isDosed(reading, range)) {
        reading.add('Medication', range);
        break;
      }
      const blank = reading.text.indexOf(' ', start);
      start = blank < 0 || blank >= end ? end : blank + 1;
    }
  }
}

/** A drug that no test is called: "calcium 9 mg" and "glucose 98 mg" need no drug. */
function isDosed(reading: SecondReading, range: TextRange): boolean {
  const words = reading.text.slice(range.start, range.end);
  return (
    reading.isFree(range) &&
    !words.split(' ').some((word) => NOT_NAMES.has(word.toLowerCase())) &&
    isMedication(reading, range.start, range.end) &&
    reading.terminology.test(words) === null
  );
}
