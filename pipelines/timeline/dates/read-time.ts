import type { When } from '#pipelines/domain/timeline.ts';
import { readAbsolute } from './absolute.ts';
import { normaliseTime } from './normalise-time.ts';
import { readRelative } from './relative.ts';
import type { TimeContext } from './time-context.ts';
import { UNKNOWN_WHEN, since, until } from './when.ts';

/**
 * Reads a time expression as clinicians write them: "3/12/24", "22nd April", "in 2019", "three weeks ago", "POD 2", "2/7 ago",
 * "at age 45", "since March". What cannot be placed ("cycle 3", "at night") gives `unknown`.
 *
 * A date without a year is the latest one not after the note, or the nearest one ahead where the context says that the
 * event is planned.
 */
export function readTime(words: string, context: TimeContext): When {
  const { text, open } = normaliseTime(words);
  if (text === '') return UNKNOWN_WHEN;
  const when = readAbsolute(text, context) ?? readRelative(text, context);
  if (when === null) return UNKNOWN_WHEN;
  if (open === 'since') return since(when, context.noteDate);
  if (open === 'until') return until(when);
  return when;
}
