import type { Terminology } from '../../contracts/terminology.ts';
import type { Chart } from '../../domain/chart.ts';
import type { Entity } from '../../domain/entity.ts';
import type { Claim, NoteCitation } from '../../domain/evidence.ts';
import { overlaps } from '../../domain/span.ts';
import type { DraftClaim } from '../draft/types.ts';
import { eventsIn } from '../evidence/by-note.ts';
import type { ChartIndex, Unit } from '../evidence/chart-index.ts';
import { DENIAL_WORDS } from '../rules.ts';
import { datesIn, fits } from '../text/dates.ts';
import { stemsOf, wordsOf } from '../text/words.ts';

/** Why a claim was not shown; names only, never words of a note. */
export type Refusal =
  | 'quote-not-at-span'
  | 'note-of-other-patient'
  | 'number-not-cited'
  | 'drug-not-cited'
  | 'polarity-disagrees'
  | 'experiencer-disagrees'
  | 'context-uncertain';

export interface Verified {
  readonly claims: readonly Claim[];
  readonly refused: readonly Refusal[];
}

/**
 * Lets through only claims whose citations bear them out: each quote stands at its span in this patient's note; numbers,
 * dates and drug names of the sentence occur in the cited text (or in a named computation); polarity and experiencer
 * agree with the flags of what is cited. A quote whose readers disagree is marked, never asserted.
 */
export function verifyClaims(drafts: readonly DraftClaim[], index: ChartIndex, terminology: Terminology): Verified {
  const claims: Claim[] = [];
  const refused: Refusal[] = [];
  for (const draft of drafts) {
    const refusal = refusalOf(draft, index, terminology);
    if (refusal === null) claims.push({ text: draft.text, citations: draft.citations });
    else if (refusal === 'context-uncertain')
      claims.push({ text: `Context uncertain: ${draft.text}`, citations: draft.citations });
    else refused.push(refusal);
  }
  return { claims, refused };
}

function refusalOf(draft: DraftClaim, index: ChartIndex, terminology: Terminology): Refusal | null {
  const notes = draft.citations.filter((citation): citation is NoteCitation => citation.kind === 'note');
  for (const citation of notes) {
    const refusal = spanRefusal(citation, index.chart);
    if (refusal !== null) return refusal;
  }
  const cited = citedText(draft, notes, index);
  if (draft.computed === undefined || draft.computed.length === 0) {
    if (!numbersCited(draft.text, cited)) return 'number-not-cited';
  }
  if (!drugsCited(withoutSources(draft.text, notes, index), cited, terminology)) return 'drug-not-cited';
  return contextRefusal(draft, notes, index);
}

/** A claim without the names of the notes that it quotes: an "oxygen note" and a "warfarin clinic letter" are no drugs. */
function withoutSources(text: string, notes: readonly NoteCitation[], index: ChartIndex): string {
  return notes.reduce((rest, { noteId }) => {
    const { type } = index.chart.notes[index.noteIndexOf.get(noteId)!]!.note;
    return type === '' ? rest : rest.replaceAll(`${type[0]!.toUpperCase()}${type.slice(1)},`, ' ');
  }, text);
}

function spanRefusal(citation: NoteCitation, chart: Chart): Refusal | null {
  const found = chart.notes.find(({ note }) => note.id === citation.noteId);
  if (found === undefined || found.note.patient !== chart.patient.id) return 'note-of-other-patient';
  return found.note.text.slice(citation.start, citation.end) === citation.quote && citation.quote !== ''
    ? null
    : 'quote-not-at-span';
}

interface Cited {
  readonly text: string;
  readonly dates: readonly string[];
}

/** Quotes with the sentences they stand in (a value's test may stand beside it), and the dates that the chart gives them. */
function citedText(draft: DraftClaim, notes: readonly NoteCitation[], index: ChartIndex): Cited {
  const parts = draft.citations.map((citation) => citation.quote ?? '');
  const dates: string[] = [];
  for (const citation of notes) {
    const noteIndex = index.noteIndexOf.get(citation.noteId)!;
    const note = index.chart.notes[noteIndex]!;
    dates.push(note.note.date);
    const unit = index.unitOf(noteIndex, citation.start);
    if (unit !== null) parts.push(unit.text);
    for (const event of eventsIn(index.chart, note.note.id)) {
      if (!event.evidence.some((place) => overlaps(place, citation))) continue;
      for (const date of [event.when.start, event.when.end]) if (date !== null) dates.push(date);
    }
  }
  return { text: parts.join('\n'), dates };
}

function numbersCited(text: string, cited: Cited): boolean {
  const stated = datesIn(cited.text);
  const dates = datesIn(text);
  for (const date of dates) {
    if (date.year === null) continue;
    const known =
      cited.dates.some((day) => fits(date, day)) ||
      stated.some(
        (other) =>
          (other.year === null || other.year === date.year) &&
          (other.month === null || date.month === null || other.month === date.month || other.month === date.day),
      );
    if (!known) return false;
  }
  const outside = (start: number): boolean => !dates.some((date) => date.start <= start && start < date.end);
  const known = new Set(stemsOf(cited.text).map(bare));
  return wordsOf(text)
    .filter((word) => /^\d/.test(word.text) && outside(word.start))
    .every((word) => known.has(bare(word.stem)));
}

function bare(number: string): string {
  return number.replace(/%$/, '').replace(/^0+(?=\d)/, '');
}

function drugsCited(text: string, cited: Cited, terminology: Terminology): boolean {
  const inCited = new Set(stemsOf(cited.text));
  let names: ReadonlySet<string> | null = null;
  for (const word of wordsOf(text)) {
    if (word.text.length < 5 || /\d/.test(word.text) || inCited.has(word.stem)) continue;
    const medication = terminology.medication(word.text);
    if (medication === null || medication.isClass) continue;
    names ??= namesIn(cited.text, terminology);
    if (!names.has(medication.name) && !medication.ingredients.some((ingredient) => names!.has(ingredient)))
      return false;
  }
  return true;
}

/** Names and ingredients of every drug in a text, brands and combinations resolved. */
function namesIn(text: string, terminology: Terminology): ReadonlySet<string> {
  const words = wordsOf(text);
  const names = new Set<string>();
  for (const [i, word] of words.entries()) {
    const next = words[i + 1];
    for (const phrase of [word.text, next === undefined ? '' : text.slice(word.start, next.end)]) {
      const medication = phrase === '' ? null : terminology.medication(phrase);
      if (medication === null) continue;
      names.add(medication.name);
      for (const ingredient of medication.ingredients) names.add(ingredient);
    }
  }
  return names;
}

function contextRefusal(draft: DraftClaim, notes: readonly NoteCitation[], index: ChartIndex): Refusal | null {
  if (notes.length === 0) return null;
  const entities = notes.flatMap((citation) => entitiesIn(citation, index));
  const flagged = entities.filter(({ label }) => label === 'Condition' || label === 'Finding' || label === 'Procedure');
  if (draft.polarity === 'quoted') return null;
  if (draft.polarity === 'denied') {
    const cue = notes.some((citation) => stemsOf(unitText(citation, index)).some((stem) => DENIAL_WORDS.has(stem)));
    const denied = entities.some(({ flags, ruleFlags }) => flags.includes('neg') || (ruleFlags ?? []).includes('neg'));
    return cue || denied ? null : 'polarity-disagrees';
  }
  if (flagged.length === 0) return null;
  if (flagged.every(({ flags }) => flags.includes('neg'))) return 'polarity-disagrees';
  const family = flagged.every(({ flags }) => flags.includes('fam'));
  if (family !== (draft.family === true) && family) return 'experiencer-disagrees';
  return flagged.every(disputed) ? 'context-uncertain' : null;
}

/** The model and the ConText rules disagree about negation or experiencer. */
function disputed(entity: Entity): boolean {
  if (entity.ruleFlags === undefined) return false;
  return (['neg', 'fam'] as const).some((flag) => entity.flags.includes(flag) !== entity.ruleFlags!.includes(flag));
}

function entitiesIn(citation: NoteCitation, index: ChartIndex): readonly Entity[] {
  const note = index.chart.notes[index.noteIndexOf.get(citation.noteId)!]!;
  return note.entities.filter((entity) => overlaps(entity, citation));
}

function unitText(citation: NoteCitation, index: ChartIndex): string {
  const unit: Unit | null = index.unitOf(index.noteIndexOf.get(citation.noteId)!, citation.start);
  return unit === null ? citation.quote : unit.text;
}
