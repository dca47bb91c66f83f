import type { Entity } from '#pipelines/domain/entity.ts';
import { WORDS, anyOf } from '../words.ts';
import type { NoteView } from './note-view.ts';

export type Laterality = 'left' | 'right' | 'bilateral';

const LEFT = anyOf(WORDS.clinical.left);
const RIGHT = anyOf(WORDS.clinical.right);
const BOTH = anyOf(WORDS.clinical.bilateral);

/** The side that words name; both sides named are bilateral. */
export function lateralityOf(words: string): Laterality | null {
  if (BOTH.test(words)) return 'bilateral';
  const left = LEFT.test(words);
  const right = RIGHT.test(words);
  return left && right ? 'bilateral' : left ? 'left' : right ? 'right' : null;
}

/** The side of a mention: in its own words, else in the body site that belongs to it. */
export function lateralityOfMention(view: NoteView, entity: Entity): Laterality | null {
  const own = lateralityOf(view.words(entity));
  if (own !== null) return own;
  const sites = view.dependents(entity.id, 'of').filter(({ label }) => label === 'BodySite');
  return sites.length === 0 ? null : lateralityOf(sites.map((site) => view.words(site)).join(' '));
}
