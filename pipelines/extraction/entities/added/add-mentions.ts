import type { Terminology } from '../../../contracts/terminology.ts';
import type { TaggedText } from '../../../contracts/token-tagger.ts';
import type { Section } from '../../../domain/annotated-note.ts';
import { addConditions } from './find-conditions.ts';
import { addMedications } from './find-medications.ts';
import { addRegimens } from './find-regimens.ts';
import { addResults } from './find-results.ts';
import { addSeries } from './find-series.ts';
import { addTimes } from './find-times.ts';
import { SecondReading } from './reading.ts';

/** Signs what this reader found. */
export const ADDED_RULES = 'added-mentions/1';

/**
 * Adds what a simple reader finds and the model has missed: results, medications of lists, conditions of problem lists, and
 * dates. It removes and changes nothing, and adds nothing that touches an entity of the model.
 *
 * @returns Entities in order of place, those of the rules with ids `a1`, `a2`, … and the score 1, by convention.
 */
export function addMentions(
  tagged: TaggedText,
  layers: { readonly text: string; readonly sections: readonly Section[] },
  terminology: Terminology,
): TaggedText {
  const reading = new SecondReading(layers, tagged, terminology);
  addMedications(reading);
  addRegimens(reading);
  addConditions(reading);
  addTimes(reading);
  addResults(reading);
  addSeries(reading);
  if (reading.added.length === 0 && reading.relations.length === 0) return tagged;
  return {
    entities: [...tagged.entities, ...reading.added].sort((a, b) => a.start - b.start || a.end - b.end),
    relations: [...tagged.relations, ...reading.relations],
  };
}
