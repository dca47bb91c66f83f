import type { TextRange } from '../../domain/span.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { isRepeat } from './extract.ts';
import { tellingsOf, type Telling } from './summary-items.ts';
import type { Topic } from './summary-topic.ts';
import type { DraftClaim, DraftContext } from './types.ts';
import { quoteUnit, sourceOf, wordCount } from './wording.ts';

/** Words of a whole summary, of one quote, and most notes that are quoted. */
const WORDS = 190;
const QUOTE = 38;
const NOTES = 5;
/** What telling the first or the newest of a topic is worth, beside what it tells. */
const NEWEST = 0.8;
const FIRST = 0.4;
/** A further quote has to tell something that is worth its place. */
const WORTH = 0.25;

interface Chosen {
  readonly telling: Telling;
  readonly text: string;
  readonly claim: ReturnType<typeof quoteUnit>['citation'];
}

/**
 * The course of a topic in quotes, by note in order of time: sentences are taken one by one, each time the one that
 * tells most of what is not told yet for its length.
 */
export function courseOf(topic: Topic, context: DraftContext): DraftClaim[] {
  const tellings = tellingsOf(topic, context);
  const chosen: Chosen[] = [];
  const told = new Map<string, number>();
  let words = 0;
  for (;;) {
    const best = bestOf(tellings, chosen, told);
    if (best === null) break;
    const { text, citation } = quoteUnit(best.unit, focusOf(best), QUOTE);
    const isNew = !chosen.some(({ telling }) => telling.unit.noteIndex === best.unit.noteIndex);
    words += wordCount(text) + (isNew ? wordCount(sourceOf(best.unit)) : 0);
    if (words > WORDS) break;
    chosen.push({ telling: best, text, claim: citation });
    for (const { key, weight } of best.items) told.set(key, Math.max(told.get(key) ?? 0, weight));
  }
  return claimsOf(chosen);
}

/** The sentence that tells most that is new for its length; null where none tells enough. */
function bestOf(
  tellings: readonly Telling[],
  chosen: readonly Chosen[],
  told: ReadonlyMap<string, number>,
): Telling | null {
  const noteIndices = new Set(chosen.map(({ telling }) => telling.unit.noteIndex));
  const strong = tellings.filter(({ strength, sort }) => strength >= 0.5 && sort >= 0.9).map(({ unit }) => unit);
  const [first, last] = [strong[0]?.noteIndex, strong.at(-1)?.noteIndex];
  let best: Telling | null = null;
  let most = 0;
  for (const telling of tellings) {
    const { unit, sort, strength } = telling;
    if (noteIndices.size >= NOTES && !noteIndices.has(unit.noteIndex)) continue;
    if (chosen.some((other) => isRepeat(other.telling.unit, unit))) continue;
    const fresh = newsOf(telling, told);
    const fits = sort * (0.5 + 0.5 * strength);
    if (fresh * fits < WORTH) continue;
    const place = noteIndices.has(unit.noteIndex)
      ? 0
      : unit.noteIndex === last
        ? NEWEST
        : unit.noteIndex === first
          ? FIRST
          : 0;
    const worth = ((fresh + place) * fits) / (20 + Math.min(QUOTE, wordCount(unit.text)));
    if (worth > most) [best, most] = [telling, worth];
  }
  return best;
}

function newsOf({ items }: Telling, told: ReadonlyMap<string, number>): number {
  return items.reduce((sum, { key, weight }) => sum + (told.has(key) ? 0.08 : 1) * weight, 0);
}

/** What a quote has to keep: all that is told, where it fits, best first. */
function focusOf({ items }: Telling): TextRange[] {
  return [...items].filter(({ weight }) => weight > 0.2).map(({ entity }) => entity);
}

function claimsOf(chosen: readonly Chosen[]): DraftClaim[] {
  const byNote = new Map<number, Chosen[]>();
  for (const one of chosen) {
    const { noteIndex } = one.telling.unit;
    byNote.set(noteIndex, [...(byNote.get(noteIndex) ?? []), one]);
  }
  const startOf = ({ telling }: Chosen): number => telling.unit.start;
  return [...byNote.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, quotes]) => claimOf(quotes.toSorted((a, b) => startOf(a) - startOf(b))));
}

function claimOf(quotes: readonly Chosen[]): DraftClaim {
  const [first, ...rest] = quotes.map(({ claim }) => claim);
  const unit: Unit = quotes[0]!.telling.unit;
  return {
    text: `${sourceOf(unit)}: ${quotes.map(({ text }) => `"${text}"`).join(' ')}`,
    citations: [first!, ...rest],
    polarity: 'quoted',
  };
}
