import type { TextRange } from '../../domain/span.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import type { Draft, DraftClaim, DraftContext } from './types.ts';
import { inline, quoteUnit, sourceOf, wordCount } from './wording.ts';
import { WORDS } from './limits.ts';

/** From here on a sentence states what is asked for, and may leave the subject to the sentence before it. */
const STATES = 0.5;

/** Whether a unit's matched mentions are denied, by the model or by the ConText rules. */
export function isDenied(unit: Unit, context: Pick<DraftContext, 'hits'>): boolean {
  const matched = matchedEntities(unit, context.hits);
  return matched.length > 0 && matched.every(({ flags }) => flags.includes('neg'));
}

/** What of a unit the quote has to keep: the subjects' words and what is linked to them. */
export function focusOf(unit: Unit, context: DraftContext): TextRange[] {
  const ranges: TextRange[] = [];
  for (const { byUnit } of [...context.hits, ...context.contextHits]) {
    const match = byUnit.get(unit.index);
    if (match === undefined) continue;
    ranges.push({ start: unit.start + unit.words[match.first]!.start, end: unit.start + unit.words[match.last]!.end });
  }
  for (const entity of matchedEntities(unit, context.hits)) {
    for (const { head, tail } of context.index.relationsOf(unit.noteIndex, entity.id)) {
      for (const id of [head, tail]) {
        const other = context.index.entityOf(unit.noteIndex, id);
        if (other !== null && other.start >= unit.start && other.end <= unit.end) ranges.push(other);
      }
    }
  }
  return ranges;
}

/** Quotes the best sentences for a question: the answer of last resort, and of questions that facts do not cover. */
export function extractive(
  context: DraftContext,
  options: { readonly most?: number; readonly rule?: string } = {},
): Draft | null {
  const best = context.ranked[0];
  if (best === undefined) return null;
  const chosen = chooseUnits(context, options.most ?? 3);
  const claims = chosen.map((ranked) => quoteClaim(ranked, context));
  const denied = chosen.every(({ unit }) => isDenied(unit, context));
  return {
    claims,
    finding: denied ? 'denied' : 'affirmed',
    rule: options.rule ?? 'best-sentence',
    confidence: Math.min(1, 0.45 * best.coverage + 0.35 * best.attribute + 0.2 * Math.min(1, best.score / 2)),
  };
}

/** The best unit and those that come close to it, say something else and fit in the words left. */
export function chooseUnits(context: DraftContext, most: number): RankedUnit[] {
  const chosen: RankedUnit[] = [];
  let words = 0;
  const best = context.ranked[0];
  for (const ranked of context.ranked.slice(0, 12)) {
    if (chosen.length >= most) break;
    if (chosen.length > 0 && ranked.score < 0.72 * best!.score) break;
    if (chosen.length > 0 && ranked.attribute < STATES && !namesSubject(ranked.unit, context)) continue;
    if (chosen.some((other) => isRepeat(other.unit, ranked.unit))) continue;
    const size = wordCount(claimText(ranked.unit, quoteUnit(ranked.unit, focusOf(ranked.unit, context)).text));
    if (chosen.length > 0 && words + size > WORDS) continue;
    chosen.push(ranked);
    words += size;
  }
  return chosen;
}

/** Whether a sentence itself names what was asked about; without any subject, every sentence may. */
export function namesSubject(unit: Unit, { hits }: Pick<DraftContext, 'hits'>): boolean {
  return hits.length === 0 || hits.some(({ byUnit }) => byUnit.has(unit.index));
}

/** Whether two units say the same words. */
export function isRepeat(a: Unit, b: Unit): boolean {
  const first = new Set(a.words.map(({ stem }) => stem));
  const second = new Set(b.words.map(({ stem }) => stem));
  const shared = [...first].filter((stem) => second.has(stem)).length;
  return shared / Math.max(1, Math.min(first.size, second.size)) > 0.8;
}

function claimText(unit: Unit, quote: string): string {
  return `${sourceOf(unit)}: "${quote}"`;
}

/** One unit as a claim that only repeats the note. */
export function quoteClaim({ unit }: Pick<RankedUnit, 'unit'>, context: DraftContext, lead = ''): DraftClaim {
  const quoted = quoteUnit(unit, focusOf(unit, context));
  return {
    text: inline(`${lead} ${claimText(unit, quoted.text)}`),
    citations: [quoted.citation],
    polarity: isDenied(unit, context) ? 'denied' : 'quoted',
  };
}
