import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { NoteId } from '#pipelines/domain/ids.ts';
import type { TimelineEvent } from '#pipelines/domain/timeline.ts';
import { satisfies } from './comparison.ts';
import type { CohortQuery, Term } from './query.ts';
import { PHENOTYPES } from './words.ts';

/** What is known of one patient for cohort search. */
export interface PatientFacts {
  readonly events: readonly TimelineEvent[];
  /** Day of each note. */
  readonly noteDates: ReadonlyMap<NoteId, string>;
}

const KINDS: Readonly<Record<Term['kind'], readonly TimelineEvent['kind'][]>> = {
  problem: ['condition', 'finding'],
  medication: ['medication'],
  test: ['result', 'procedure'],
  procedure: ['procedure', 'result'],
  habit: ['habit'],
  genotype: ['genotype'],
  words: ['condition', 'finding', 'medication', 'procedure', 'result', 'habit'],
};

/**
 * Events of a patient that a term is about and that say that the patient has it: present and the patient's own. A family
 * term wants the family's instead. Denied, hypothetical and uncertain mentions are none.
 */
export function matchTerm(
  term: Term,
  { events, noteDates }: PatientFacts,
  query: CohortQuery,
  terminology: Terminology,
): TimelineEvent[] {
  const own = events.filter(
    (event) =>
      KINDS[term.kind].includes(event.kind) &&
      isAsserted(event, term) &&
      isInWindow(event, query.window, noteDates) &&
      isAbout(event, term, terminology),
  );
  return term.kind === 'medication' ? medicationsInMode(own, term, noteDates) : own;
}

function isAsserted({ assertion }: TimelineEvent, term: Term): boolean {
  if (term.mode === 'never') return assertion.existence === 'absent' && assertion.experiencer === 'patient';
  if (assertion.existence !== 'present') return false;
  return assertion.experiencer === (term.mode === 'family' ? 'family' : 'patient');
}

function isInWindow(
  event: TimelineEvent,
  window: CohortQuery['window'],
  noteDates: PatientFacts['noteDates'],
): boolean {
  if (window === null) return true;
  const day = event.when.start ?? noteDates.get(event.note) ?? null;
  if (day === null) return false;
  const last = event.when.end ?? day;
  return last >= window.from.slice(0, last.length) && day <= window.to.slice(0, day.length);
}

function isAbout(event: TimelineEvent, term: Term, terminology: Terminology): boolean {
  switch (term.kind) {
    case 'medication':
      return isDrugOf(event, term, terminology);
    case 'test':
      return isResultOf(event, term, terminology);
    case 'genotype':
      return isGenotypeOf(event, term, terminology);
    case 'habit':
      return isHabitOf(event, term, terminology);
    case 'words':
      return holdsAllWords(`${event.concept} ${event.display}`, term.words);
    default:
      return isConceptOf(event, term, terminology, term.kind === 'problem' ? 'Condition' : 'Procedure');
  }
}

/** The concept, or a mention that no table knows which holds one of the concept's names: "large upper GI bleed". */
function isConceptOf(event: TimelineEvent, term: Term, terminology: Terminology, label: string): boolean {
  const key = terminology.conceptKey(label, event.display);
  if (term.keys.has(key) || term.keys.has(event.concept)) return true;
  if (isKnown(event.display, label, terminology)) return false;
  const spaced = (text: string): string => ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
  const display = spaced(event.display.toLowerCase());
  return term.names.some((name) =>
    name.length > 2 ? display.includes(spaced(name)) : spaced(event.display).includes(spaced(name.toUpperCase())),
  );
}

/** Whether a table names the mention itself: then it is what it is, whatever words it holds. */
function isKnown(words: string, label: string, terminology: Terminology): boolean {
  if (label === 'Condition') return terminology.condition(words) !== null;
  return terminology.synonyms(label, words).length > 2;
}

function isDrugOf(event: TimelineEvent, term: Term, terminology: Terminology): boolean {
  if (term.keys.has(event.concept)) return true;
  const drug = terminology.medication(event.display);
  if (drug === null) return false;
  const isKind = (name: string): boolean => term.keys.has(name);
  return isKind(drug.name) || drug.ingredients.some(isKind) || drug.classes.some((name) => name === keyOf(term));
}

/** The term's own key stands first. */
function keyOf(term: Term): string | undefined {
  return [...term.keys][0];
}

function isResultOf(event: TimelineEvent, term: Term, terminology: Terminology): boolean {
  const key = terminology.conceptKey('Test', event.display);
  const asked = keyOf(term) ?? '';
  const part = asked === 'diastolic blood pressure' ? 1 : 0;
  const isPair = /^(?:systolic|diastolic) blood pressure$/.test(asked) && key === 'blood pressure';
  if (!isPair && !term.keys.has(key) && !term.keys.has(event.concept)) return false;
  if (term.comparison === null) return true;
  const { value, unit = null } = event;
  return event.kind === 'result' && value !== undefined && satisfies(term.comparison, key, { value, unit }, part);
}

function isGenotypeOf(event: TimelineEvent, term: Term, terminology: Terminology): boolean {
  if (terminology.conceptKey('Genotype', event.display) !== keyOf(term)) return false;
  const allele = /\d+:?\d*$/.exec(/^hla/i.test(term.words) ? term.words : '')?.[0].replace(':', '');
  if (allele !== undefined && !event.display.replace(':', '').includes(allele)) return false;
  if (term.phenotype === null) return true;
  const names = PHENOTYPES.find(([name]) => name === term.phenotype)?.[1] ?? [term.phenotype];
  const display = event.display.toLowerCase().replace(/\s*\/\s*/g, '/');
  return names.some((name) => new RegExp(`(?<![a-z\\d])${name.replace(/[*+/-]/g, '\\$&')}(?![a-z\\d])`).test(display));
}

const FORMER = /\b(?:ex|former|formerly|quit|stopped|previous|gave up|ceased|in remission|sober)\b/i;
const NEVER = /\b(?:never|non|denies|no|nil|lifelong non)\b|non-/i;

function isHabitOf(event: TimelineEvent, term: Term, terminology: Terminology): boolean {
  if (terminology.conceptKey('Habit', event.display) !== keyOf(term)) return false;
  const isFormer = FORMER.test(event.display) || event.assertion.temporality === 'historical';
  switch (term.mode) {
    case 'never':
      return true;
    case 'former':
      return isFormer && !NEVER.test(event.display);
    default:
      return !isFormer && !NEVER.test(event.display);
  }
}

export function holdsAllWords(text: string, words: string): boolean {
  const stem = (word: string): string => word.replace(/(?:ies|es|s|ing|ed)$/, '');
  const held = new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(stem));
  return (words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => held.has(stem(word)));
}

const TAKING: ReadonlySet<string | null | undefined> = new Set(['start', 'continue', 'increase', 'decrease']);

/** Events that show the medication in the mode that is asked for; current is decided for each drug by its last action. */
function medicationsInMode(
  events: readonly TimelineEvent[],
  term: Term,
  noteDates: PatientFacts['noteDates'],
): TimelineEvent[] {
  const given = events.filter(({ action }) => action !== 'allergy');
  switch (term.mode) {
    case 'allergy':
      return events.filter(({ action }) => action === 'allergy');
    case 'stopped':
      return given.filter(({ action }) => action === 'stop');
    case 'started':
      return given.filter(({ action }) => action === 'start');
    case 'held':
      return given.filter(({ action }) => action === 'hold');
    case 'current':
      return currentMedications(given, noteDates);
    default:
      return given;
  }
}

function currentMedications(events: readonly TimelineEvent[], noteDates: PatientFacts['noteDates']): TimelineEvent[] {
  const byDrug = new Map<string, TimelineEvent[]>();
  for (const event of events) byDrug.set(event.concept, [...(byDrug.get(event.concept) ?? []), event]);
  return [...byDrug.values()].flatMap((mentions) => {
    const dayOf = (event: TimelineEvent): string => noteDates.get(event.note) ?? '';
    const acted = mentions
      .filter(({ action, assertion }) => action !== null && action !== undefined && assertion.temporality === 'current')
      .sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : a.evidence[0].start - b.evidence[0].start));
    return TAKING.has(acted.at(-1)?.action) ? acted.filter(({ action }) => TAKING.has(action)) : [];
  });
}
