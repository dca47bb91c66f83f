import type { GetNoteResponse } from '#server/contract/index.ts';

export interface OutlineItem {
  readonly title: string;
  readonly start: number;
}

/** The titled sections of a note, in the note's own words. */
export function outlineOf({ note, sections }: Pick<GetNoteResponse, 'note' | 'sections'>): OutlineItem[] {
  return sections.flatMap(({ start, title }) => {
    if (!title) return [];
    const words = note.text
      .slice(title.start, title.end)
      .replace(/\s+/g, ' ')
      .replace(/[:\s]+$/, '')
      .trim();
    return words ? [{ title: words, start }] : [];
  });
}
