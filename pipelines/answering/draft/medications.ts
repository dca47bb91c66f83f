import type { MedicationFact, MedicationStep } from '../../domain/chart.ts';
import type { NoteCitation } from '../../domain/evidence.ts';
import type { Subject } from '../question/types.ts';
import { stemsOf } from '../text/words.ts';
import { houseDate } from '../text/dates.ts';
import type { When } from '../../domain/timeline.ts';
import type { DraftContext } from './types.ts';
import { capital, inline } from './wording.ts';

/** Facts of a drug, or of every member of a class, in order of their last mention. */
export function medicationsFor(context: DraftContext, subject: Subject): MedicationFact[] {
  return context.chart.medications.filter((fact) => isMedication(subject, fact));
}

export function isMedication(subject: Subject, fact: MedicationFact): boolean {
  if (fact.concept === subject.key || fact.ingredients.includes(subject.key)) return true;
  if (subject.kind === 'class') {
    if (fact.classes.includes(subject.key)) return true;
    if (subject.members.some((name) => name === fact.concept || fact.ingredients.includes(name))) return true;
  }
  const name = stemsOf(fact.display).join(' ');
  return subject.forms.some(({ stems }) => {
    const form = stems.join(' ');
    return name === form || (form.length >= 4 && ` ${name} `.includes(` ${form} `));
  });
}

/** Whether a fact is a class word ("anticoagulants") and not a drug. */
export function isClassWord(fact: MedicationFact, context: Pick<DraftContext, 'terminology'>): boolean {
  return context.terminology.medication(fact.display)?.isClass ?? false;
}

/** The drug with its last stated dose, route and frequency, verbatim. */
export function regimen(fact: MedicationFact): string {
  return inline(
    [capital(fact.display), fact.dose, fact.route, fact.frequency].filter((part) => part !== null).join(' '),
  );
}

/** Where the current regimen is said: the last step that states a dose, then the last mention. */
export function currentEvidence(fact: MedicationFact): [NoteCitation, ...NoteCitation[]] {
  const dosed = fact.steps.findLast((step) => step.dose !== null && step.dose === fact.dose);
  const last = fact.steps.at(-1);
  const places = [
    ...(last?.action === 'increase' || last?.action === 'decrease' ? last.evidence : []),
    ...(dosed?.evidence ?? []),
    ...(last?.evidence ?? []),
    ...fact.evidence,
  ];
  const [first, ...rest] = unique(places);
  return [first!, ...rest.slice(0, 3)];
}

export function unique(places: readonly NoteCitation[]): NoteCitation[] {
  const seen = new Set<string>();
  return places.filter(({ noteId, start, end }) => {
    const key = `${noteId} ${start} ${end}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

/** `12 Mar 2022`, or null where no date is known. */
export function whenText(when: When | null): string | null {
  return when === null || when.start === null ? null : houseDate(when.start);
}

/** The last step of one of the actions. */
export function lastStep(fact: MedicationFact, actions: readonly MedicationStep['action'][]): MedicationStep | null {
  return fact.steps.findLast(({ action }) => actions.includes(action)) ?? null;
}
