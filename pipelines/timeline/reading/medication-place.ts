import type { Entity } from '#pipelines/domain/entity.ts';
import { WORDS, anyOf } from '../words.ts';
import type { NoteView } from './note-view.ts';
import type { MedicationPlace } from './reading.ts';

const { homeLists, dischargeLists, inpatientLists, planSections } = WORDS.medication;
const starting = (words: readonly string[]): RegExp => new RegExp(`^(?:${anyOf(words).source})`, 'iu');
const DISCHARGE = anyOf(dischargeLists);
const INPATIENT = starting(inpatientLists);
const HOME = starting(homeLists);
const PLAN = starting(planSections);
const NOT_ALLERGY = anyOf(WORDS.clinical.notAllergies);
const ALLERGY = starting(WORDS.clinical.allergySections);

/** Whether a heading stands over allergies and intolerances ("drug allergies", and not "allergic rhinitis"). */
export function isAllergyHeading(heading: string): boolean {
  if (!ALLERGY.test(heading) && !/\b(?:allerg|intoleranc)/i.test(heading)) return false;
  return !NOT_ALLERGY.test(heading);
}

/** In which sort of list or section a medication is named. */
export function placeOf(view: NoteView, drug: Entity): MedicationPlace {
  const heading = view.headingAt(drug.start);
  const category = view.categoryAt(drug.start);
  if (isAllergyHeading(heading)) return 'allergy';
  if (DISCHARGE.test(heading)) return 'discharge-list';
  if (INPATIENT.test(heading)) return 'inpatient-list';
  if (HOME.test(heading) || /\b(?:medication|meds)\b/.test(heading)) return 'home-list';
  if (PLAN.test(heading)) return 'plan';
  if (heading === '' || category === '') return 'narrative';
  if (category === 'allergies' || category === 'allergy') return 'allergy';
  if (category === 'medications' || category === 'medication') return 'home-list';
  if (category === 'observation_and_plan' || category === 'plan') return 'plan';
  return 'narrative';
}
