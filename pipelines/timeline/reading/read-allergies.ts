import type { Entity } from '#pipelines/domain/entity.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import { onNoteDate } from '../dates/when.ts';
import { WORDS, anyOf } from '../words.ts';
import { ground } from './concepts.ts';
import { isAllergyHeading } from './medication-place.ts';
import type { ReadingContext } from './mention.ts';
import { mentionOf, whenOf } from './mention.ts';
import { reactionsOf } from './read-medications.ts';
import type { AllergyMention } from './reading.ts';
import { sentenceHash } from './text-hash.ts';

const CUE = anyOf(WORDS.clinical.allergyCues);
const NOT_ALLERGY = anyOf(WORDS.clinical.notAllergies, 'giu');
const NONE = anyOf(WORDS.clinical.noKnownAllergies);
const REMOVED = anyOf(WORDS.clinical.allergyRemoved);
const NONE_AFTER_LABEL =
  /^\W*(?:allerg\w*|all|alls|adrs?|drug allergies|intolerances?)\b[^\p{L}\n]{0,4}(?:none|nil|no|denies|nka|nkda|unknown|not known)(?:\s+known)?\s*[.;,)]?\s*$/iu;

/** Whether words say that no allergy is known. */
export function isNoAllergyStatement(words: string): boolean {
  return NONE.test(words) || NONE_AFTER_LABEL.test(words);
}

export interface AllergyReading {
  readonly allergies: readonly AllergyMention[];
  readonly none: readonly NoteCitation[];
}

/**
 * Reads allergies and intolerances. A line of an allergy section, or a sentence with an allergy cue, that yields no fact
 * is kept verbatim and marked as not interpreted, so that nothing said of allergies is lost.
 */
export function readAllergies(context: ReadingContext): AllergyReading {
  const { view } = context;
  const facts = view.entities
    .filter((entity) => isAllergen(context, entity))
    .map((entity) => readAllergy(context, entity));
  const places = allergyPlaces(context);
  const none = places
    .filter((place) => isNoAllergyStatement(view.words(place)))
    .map((place) => noneCitation(context, place));
  const open = places.filter((place) => !isNoAllergyStatement(view.words(place)) && !isRead(context, place, facts));
  return { allergies: [...facts, ...open.map((place) => verbatim(context, place))], none };
}

function isAllergen({ view }: ReadingContext, entity: Entity): boolean {
  if (entity.label !== 'Medication' || entity.flags.includes('fam')) return false;
  if (entity.action === 'allergy') return true;
  return (
    isAllergyHeading(view.headingAt(entity.start)) &&
    entity.action === null &&
    !entity.flags.includes('neg') &&
    !entity.flags.includes('hyp')
  );
}

function readAllergy(context: ReadingContext, entity: Entity): AllergyMention {
  const { view, terminology } = context;
  const reactions = reactionsOf(context, entity);
  const near = reactions.length > 0 ? reactions : reactionNearby(context, entity);
  const sentence = view.sentenceAt(entity.start);
  const { classes } = ground(terminology, 'Medication', view.words(entity));
  return {
    ...mentionOf(
      context,
      entity,
      undefined,
      near.map(({ citation }) => citation),
    ),
    substance: view.words(entity),
    reaction: near.length === 0 ? null : near.map(({ words }) => words).join(', '),
    interpreted: true,
    classes,
    removed: REMOVED.test(view.words(sentence)),
  };
}

/** A finding in brackets or behind a dash after the drug: "penicillin (hives)", "sulfa - rash". */
function reactionNearby({ view }: ReadingContext, entity: Entity): { words: string; citation: NoteCitation }[] {
  const line = view.lineAt(entity.start);
  const next = view.within({ start: entity.end, end: line.end })[0];
  const gap = next === undefined ? '' : view.text.slice(entity.end, next.start);
  if (
    next !== undefined &&
    (next.label === 'Finding' || next.label === 'Condition') &&
    /^\s*(?:\(|-|–|:|=|->|causes?|caused|gives?|gave|=>|,)\s*[\w ]{0,20}$/i.test(gap)
  )
    return [{ words: view.words(next), citation: view.cite(next) }];
  const bracket = /^[ \t]*(?:\(([^)\n]{2,60})\)|[-–:][ \t]*([a-z][^.,;\n]{2,40}))/.exec(
    view.text.slice(entity.end, line.end),
  );
  if (bracket === null) return [];
  const words = (bracket[1] ?? bracket[2])!.trim();
  const start = view.text.indexOf(words, entity.end);
  return view.within({ start, end: start + words.length }).some(({ label }) => label === 'Medication')
    ? []
    : [{ words, citation: view.cite({ start, end: start + words.length }) }];
}

/** Lines of allergy sections and sentences with an allergy cue, without overlap, in order. */
function allergyPlaces({ view }: ReadingContext): TextRange[] {
  const places: TextRange[] = [];
  for (const sentence of view.annotated.sentences) {
    for (const place of linesWithin(view.text, sentence)) {
      const words = view.words(place);
      const cue = CUE.exec(words.replace(NOT_ALLERGY, (match) => ' '.repeat(match.length)));
      if (cue !== null && /[\p{L}]{2}/u.test(words.slice(cue.index + cue[0].length) + words.slice(0, cue.index)))
        places.push(place);
      else if (cue !== null && isNoAllergyStatement(words)) places.push(place);
      else if (cue === null && isAllergyHeading(view.headingAt(place.start)) && /\p{L}{3}/u.test(words))
        places.push(place);
    }
  }
  return places;
}

function linesWithin(text: string, range: TextRange): TextRange[] {
  const lines: TextRange[] = [];
  for (const match of text.slice(range.start, range.end).matchAll(/[^\n]*\S[^\n]*/g)) {
    const lead = match[0].length - match[0].trimStart().length;
    lines.push({ start: range.start + match.index + lead, end: range.start + match.index + match[0].trimEnd().length });
  }
  return lines;
}

/** Whether a fact was read from the place, or it only speaks of one that was (a header, a denied or family mention). */
function isRead({ view }: ReadingContext, place: TextRange, facts: readonly AllergyMention[]): boolean {
  if (facts.some(({ entity }) => place.start <= entity.start && entity.start < place.end)) return true;
  const words = view.words(place);
  return (
    /^\W*(?:\p{L}+\W+){0,3}\p{L}*\W*$/u.test(words) &&
    isAllergyHeading(words.toLowerCase().trim()) &&
    !/\b(?:to|with)\b/i.test(words)
  );
}

function noneCitation({ view }: ReadingContext, place: TextRange): NoteCitation {
  const match = NONE.exec(view.words(place));
  if (match === null) return view.cite(place);
  return view.cite({ start: place.start + match.index, end: place.start + match.index + match[0].length });
}

function verbatim({ view }: ReadingContext, place: TextRange): AllergyMention {
  const { note } = view.annotated;
  const words = view.words(place);
  const entity: Entity = {
    id: `text-${place.start}` as Entity['id'],
    label: 'Medication',
    ...place,
    score: 0,
    flags: [],
    action: 'allergy',
  };
  return {
    entity,
    note: note.id,
    noteDate: note.date,
    words,
    concept: `allergy text: ${words.toLowerCase()}`,
    codes: [],
    assertion: { existence: 'present', temporality: 'current', experiencer: 'patient' },
    uncertain: false,
    when: onNoteDate(note.date),
    evidence: [view.cite(place)],
    sentence: sentenceHash(words),
    paragraph: null,
    substance: words,
    reaction: null,
    interpreted: false,
    classes: [],
    removed: false,
  };
}

export { whenOf };
