import type { Terminology } from '#pipelines/contracts/terminology.ts';
import type { Coding } from '#pipelines/domain/coding.ts';
import type { Entity } from '#pipelines/domain/entity.ts';
import { textOf } from '#pipelines/domain/span.ts';

/**
 * Adds to each entity the codes that the terminology has for its words: canonical medication with RxNorm, DrugBank or MeSH
 * ids, ICD-10-CM and Disease Ontology codes of conditions and findings, LOINC codes of tests. Entities that are not known
 * keep their own concepts, if any; order, ids and offsets stay as they are.
 *
 * @throws ClinicalError `SPAN_OUT_OF_RANGE`
 */
export function groundEntities(text: string, entities: readonly Entity[], terminology: Terminology): Entity[] {
  return entities.map((entity) => {
    const concepts = codesOf(entity.label, textOf(text, entity), terminology);
    return concepts.length === 0 ? entity : { ...entity, concepts };
  });
}

/** Codes of a mention by its label; empty for labels without a terminology and for words that it does not know. */
function codesOf(label: string, words: string, terminology: Terminology): readonly Coding[] {
  switch (label) {
    case 'Medication':
      return terminology.medication(words)?.codes ?? [];
    case 'Condition':
    case 'Finding':
      return terminology.condition(words)?.codes ?? [];
    case 'Test':
      return terminology.test(words)?.codes ?? [];
    default:
      return [];
  }
}
