import type { NoteEntity } from '#server/contract/index.ts';
import { formsOf } from './assertion.ts';

export interface MarkSettings {
  readonly hiddenLabels: readonly string[];
  readonly hiddenForms: readonly string[];
  /** No marks at all: the text as received. */
  readonly raw: boolean;
}

/** The marks that the legend leaves on, in order of start. A mark with several forms is hidden by any of them. */
export function visibleMarks(entities: readonly NoteEntity[], settings: MarkSettings): NoteEntity[] {
  if (settings.raw) return [];
  return entities
    .filter(({ label }) => !settings.hiddenLabels.includes(label))
    .filter(({ assertion }) => !formsOf(assertion).some((form) => settings.hiddenForms.includes(form)))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Which marks `j` and `k` visit: findings in the wide sense, not the doses and values that qualify them. */
export function isStop(label: string): boolean {
  return ['Condition', 'Finding', 'Medication', 'Procedure', 'Test', 'Habit', 'Genotype'].includes(label);
}
