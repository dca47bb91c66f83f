import type { AssertionView, NoteEntity } from '#server/contract/index.ts';

/** The forms that a mark can have; one mark may have several (a historical condition of the family). */
export const FORMS = ['present', 'denied', 'possible', 'hypothetical', 'historical', 'family'] as const;
export type Form = (typeof FORMS)[number];

const EXISTENCE: Readonly<Record<AssertionView['existence'], Form>> = {
  present: 'present',
  absent: 'denied',
  possible: 'possible',
  hypothetical: 'hypothetical',
};

/** What the text says of a mention, in the legend's words; `present` only where nothing else holds. */
export function formsOf(assertion: AssertionView): Form[] {
  const forms: Form[] = [EXISTENCE[assertion.existence]];
  if (assertion.temporality === 'historical') forms.push('historical');
  if (assertion.experiencer === 'family') forms.push('family');
  return forms.length > 1 ? forms.filter((form) => form !== 'present') : forms;
}

/** Label, action and assertion as words: the text equivalent of a mark's colour and form. */
export function markWords(entity: Pick<NoteEntity, 'label' | 'action' | 'assertion'>): string {
  const forms = formsOf(entity.assertion).filter((form) => form !== 'present');
  return [entity.label, entity.action, ...forms].filter(Boolean).join(', ');
}
