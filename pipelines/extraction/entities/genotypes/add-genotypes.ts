import type { TaggedEntity, TaggedText } from '../../../contracts/token-tagger.ts';
import type { TextRange } from '../../../domain/span.ts';
import { covers, lastAtOrBefore, overlaps } from '../../../domain/span.ts';
import { findGenotypes } from './find-genotypes.ts';

/**
 * Adds the genotypes that stand in a form the model does not know, and gives those that it found in part their whole extent.
 * A mention replaces what the model read of its words (a gene taken for a test, a diplotype for its value), but never a
 * condition ("factor V Leiden"). Strict F1 of Genotype: charts dev 47.2 before, 65 after; other charts 72.6 and 74.
 *
 * @returns Entities in order of place; those of the rules have ids `r1`, `r2`, … and the score 1, by convention.
 */
export function addGenotypes(tagged: TaggedText, text: string): TaggedText {
  const replaced = new Set<TaggedEntity>();
  const added: TaggedEntity[] = [];
  for (const range of findGenotypes(text)) {
    const touched = touching(tagged.entities, range);
    const known = touched.find(({ label }) => label === 'Genotype');
    const yields = (entity: TaggedEntity): boolean =>
      entity.label === 'Genotype' || (entity.label !== 'Condition' && covers(range, entity));
    if (!touched.every(yields)) continue;
    touched.forEach((entity) => replaced.add(entity));
    added.push(known ? { ...known, ...range } : newGenotype(range, added.length + 1));
  }
  if (added.length === 0) return tagged;
  const entities = [...tagged.entities.filter((entity) => !replaced.has(entity)), ...added];
  const ids = new Set(entities.map(({ id }) => id));
  return {
    entities: entities.sort((a, b) => a.start - b.start || a.end - b.end),
    relations: tagged.relations.filter(({ head, tail }) => ids.has(head) && ids.has(tail)),
  };
}

/** Entities of a text, in order of place and without overlap, that share a character with a range. */
function touching(entities: readonly TaggedEntity[], range: TextRange): TaggedEntity[] {
  const first = Math.max(0, lastAtOrBefore(entities, range.start));
  const end = lastAtOrBefore(entities, range.end - 1) + 1;
  return entities.slice(first, end).filter((entity) => overlaps(entity, range));
}

function newGenotype({ start, end }: TextRange, number: number): TaggedEntity {
  return { id: `r${number}`, label: 'Genotype', start, end, score: 1, flags: [], action: null };
}
