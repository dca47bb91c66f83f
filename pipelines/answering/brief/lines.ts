import type { Fact } from '../../domain/chart.ts';
import type { Citation, Claim, NoteCitation } from '../../domain/evidence.ts';
import type { IsoDate } from '../../domain/ids.ts';
import type { DraftClaim } from '../draft/types.ts';
import { unique } from '../draft/medications.ts';
import { capital, inline, quoteUnit } from '../draft/wording.ts';
import type { Unit } from '../evidence/chart-index.ts';
import { houseDate } from '../text/dates.ts';
import { verifyClaims } from '../verify/gate.ts';
import type { BriefContext, BriefLine } from './types.ts';

/** Things of one list in one line. */
const IN_LINE = 3;

/** The sentence that a citation stands in. */
export function unitAt({ index }: BriefContext, place: NoteCitation): Unit | null {
  return index.unitOf(index.noteIndexOf.get(place.noteId) ?? 0, place.start);
}

/** The day of the note that a citation stands in. */
export function dateOf({ index, chart }: BriefContext, place: NoteCitation): IsoDate {
  return chart.notes[index.noteIndexOf.get(place.noteId) ?? 0]!.note.date;
}

/** A fact's place in a note of a day, else its best place. */
export function placeOn(context: BriefContext, fact: Fact, day: IsoDate): NoteCitation {
  return fact.evidence.find((place) => dateOf(context, place) === day) ?? fact.evidence[0];
}

/** `12 Mar 2022: "…"`: the words of the note around a place. */
export function quoteLine(context: BriefContext, place: NoteCitation, words: number): BriefLine | null {
  const unit = unitAt(context, place);
  if (unit === null) return null;
  const { text, citation } = quoteUnit(unit, [place], words);
  return { text: `${houseDate(unit.date)}: "${text}"`, citations: [citation], polarity: 'quoted' };
}

/** A fact whose readers disagree: the note's own words, marked; never asserted. */
export function uncertainLine(context: BriefContext, place: NoteCitation, words: number): BriefLine | null {
  const line = quoteLine(context, place, words);
  return line === null ? null : { ...line, text: `Context uncertain, ${line.text}` };
}

/**
 * Packs things into lines of three, each thing through the gate by itself first, so that one that fails takes no other with
 * it; what is beyond `most` is counted.
 */
export function listLines(
  context: BriefContext,
  lead: string,
  things: readonly DraftClaim[],
  most: number,
): readonly BriefLine[] {
  const held = things.filter((thing) => verifyClaims([thing], context.index, context.terminology).refused.length === 0);
  const shown = held.slice(0, most);
  const lines: BriefLine[] = [];
  for (let at = 0; at < shown.length; at += IN_LINE) {
    const part = shown.slice(at, at + IN_LINE);
    const text = part.map((thing) => thing.text).join('; ');
    lines.push({
      text: ended(capital(at === 0 && lead !== '' ? `${lead}: ${text}` : text)),
      citations: joined(part),
      polarity: part.every(({ polarity }) => polarity === 'present') ? 'present' : 'quoted',
    });
  }
  const more = held.length - shown.length;
  return more === 0 ? lines : lines.map((line, at) => (at === lines.length - 1 ? { ...line, more } : line));
}

/** With a full stop, unless a quote brings its own. */
function ended(text: string): string {
  return /[.!?]"?$/.test(text) ? text : `${text}.`;
}

function joined(things: readonly DraftClaim[]): [Citation, ...Citation[]] {
  const all = things.flatMap(({ citations }) => citations);
  const notes = unique(all.filter((place): place is NoteCitation => place.kind === 'note'));
  const rules = all.filter((place) => place.kind === 'rule');
  const [first, ...rest] = [...notes, ...rules];
  return [first!, ...rest];
}

/** Lets lines through the gate; a count of what was left out is a computation over the list and follows the verified words. */
export function verifiedLines({ index, terminology }: BriefContext, lines: readonly BriefLine[]): Claim[] {
  return lines.flatMap((line) =>
    verifyClaims([line], index, terminology).claims.map((claim) =>
      line.more === undefined ? claim : { ...claim, text: `${claim.text.replace(/\.$/, '')}; and ${line.more} more.` },
    ),
  );
}

/** A thing's name inside a sentence: white space folded. */
export function nameOf({ display }: Pick<Fact, 'display'>): string {
  return inline(display);
}
