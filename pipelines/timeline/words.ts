import time from '#pipelines/rules/timeline/2026-11/time.json';
import medication from '#pipelines/rules/timeline/2026-11/medication.json';
import clinical from '#pipelines/rules/timeline/2026-11/clinical.json';

/** Release of the word lists that the timeline reads by. */
export const TIMELINE_RELEASE = 'timeline-rules/2026-11';

/** Version of how notes are read into events; raised whenever the same note gives other events by the same word lists. */
export const TIMELINE_READING = 'timeline-reading/12';

/** Word lists of the timeline as data: English and its clinical shorthand, British and American. */
export const WORDS = { time, medication, clinical } as const;

/**
 * Compiles words into one pattern that matches any of them between word boundaries, longest first. A `*` at the end of a
 * word stands for any further letters; a space for any white space.
 */
export function anyOf(words: readonly string[], flags = 'iu'): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives(words)})(?![\\p{L}\\p{N}])`, flags);
}

/** The inside of a pattern that matches any of the words, longest first. */
export function alternatives(words: readonly string[]): string {
  return [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const open = word.endsWith('*');
      const body = (open ? word.slice(0, -1) : word).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ +/g, '[ \\t]+');
      return open ? `${body}\\p{L}*` : body;
    })
    .join('|');
}
