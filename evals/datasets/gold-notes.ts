import type { AnnotatedNote } from '#pipelines/domain/annotated-note.ts';
import type { Entity } from '#pipelines/domain/entity.ts';
import type { EntityId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { Note } from '#pipelines/domain/note.ts';
import { findSections, splitSentences } from '#pipelines/text/index.ts';
import type { TaggedDocument } from './inline-tags.ts';

/** A note whose layers are the gold tags: what a stage behind a perfect extractor is given. */
export function goldNote(note: Note, gold: TaggedDocument): AnnotatedNote {
  const entities: Entity[] = gold.entities.map((entity) => ({ ...entity, id: asId<EntityId>(entity.id), score: 1 }));
  return {
    note,
    sections: findSections(note.text),
    sentences: splitSentences(note.text),
    entities,
    relations: gold.relations.map(({ type, head, tail }) => ({
      type,
      head: asId<EntityId>(head),
      tail: asId<EntityId>(tail),
      score: 1,
    })),
    pipeline: 'gold-tags',
    by: [],
  };
}
