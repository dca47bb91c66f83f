import type { GetNoteResponse, NoteEntity, NoteRelation } from '#server/contract/index.ts';

export interface RelatedMark {
  readonly type: NoteRelation['type'];
  /** Whether the mark points at the other one, or is pointed at. */
  readonly towards: boolean;
  readonly other: NoteEntity;
  readonly text: string;
  readonly score: number;
}

/** The marks that one mark is related to, nearest first. */
export function relationsOf(note: Pick<GetNoteResponse, 'note' | 'entities' | 'relations'>, id: string): RelatedMark[] {
  const byId = new Map(note.entities.map((entity) => [entity.id, entity]));
  const self = byId.get(id);
  if (!self) return [];
  return note.relations
    .flatMap(({ type, head, tail, score }): RelatedMark[] => {
      const other = head === id ? byId.get(tail) : tail === id ? byId.get(head) : undefined;
      if (!other) return [];
      return [{ type, towards: head === id, other, text: note.note.text.slice(other.start, other.end), score }];
    })
    .sort((a, b) => Math.abs(a.other.start - self.start) - Math.abs(b.other.start - self.start));
}

/** A relation in words, from the side of the mark that is looked at. */
export function relationWords({ type, towards, other }: RelatedMark): string {
  if (type === 'of') return towards ? 'of' : other.label.toLowerCase();
  if (type === 'for') return towards ? 'given for' : 'treated with';
  if (type === 'by') return towards ? 'caused by' : 'reaction';
  return towards ? 'shows' : 'shown by';
}
