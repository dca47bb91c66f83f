import type { Entity } from '#pipelines/domain/entity.ts';
import type { NoteCitation } from '#pipelines/domain/evidence.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import { WORDS, alternatives, anyOf } from '../words.ts';
import { ground } from './concepts.ts';
import { allergyOfText } from './allergy-texts.ts';
import { drugReactionIn } from './drug-reactions.ts';
import { isAllergyHeading } from './medication-place.ts';
import type { ReadingContext } from './mention.ts';
import { mentionOf } from './mention.ts';
import { reactionsOf } from './reactions.ts';
import type { AllergyMention } from './reading.ts';

const CUE = anyOf(WORDS.clinical.allergyCues, 'giu');
const NOT_ALLERGY = anyOf(WORDS.clinical.notAllergies, 'giu');
const NONE = anyOf(WORDS.clinical.noKnownAllergies);
const REMOVED = anyOf(WORDS.clinical.allergyRemoved);
const HYPERSENSITIVITY = anyOf(WORDS.clinical.hypersensitivity);
const TOLERATED = anyOf(WORDS.clinical.toleratedCue);
/** Said of a drug that is given beside the allergy: "metoclopramide - dystonia. Ondansetron given." */
const GIVEN_BEHIND = new RegExp(`^[ \\t]*(?:${alternatives(WORDS.clinical.givenBehind)})(?!\\p{L})`, 'iu');
const GIVEN_BEFORE = new RegExp(`(?<!\\p{L})(?:${alternatives(WORDS.clinical.givenBefore)})[ \\t]*$`, 'iu');
const DENIED_CUE = new RegExp(
  `(?:^|[^\\p{L}])(?:${alternatives(WORDS.clinical.notAllergyCue)})[ \\t]*(?:\\p{L}+[ \\t]+){0,2}$`,
  'iu',
);
const NONE_AFTER_LABEL =
  /^\W*(?:allerg\w*|all|alls|adrs?|drug allergies|intolerances?)\b[^\p{L}\n]{0,4}(?:none|nil|no|denies|nka|nkda|unknown|not known)(?:\s+known)?\s*[.;,)]?\s*$|(?:^|[.;:\n]\s*|drug |medication |known )allerg\w*[^.\n]{0,25}[:\-–]\s*(?:none|nil|nkda|nka)\b/iu;

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
  return {
    allergies: [...facts, ...open.map((place) => allergyOfText(context, place))],
    none,
  };
}

/** Marked as an allergy, named alone under an allergy heading, or the cause of what only an allergy does. */
function isAllergen(context: ReadingContext, entity: Entity): boolean {
  const { view } = context;
  if (entity.label !== 'Medication' || entity.flags.includes('fam') || isNoAllergyStatement(view.words(entity)))
    return false;
  if (isReactionToAnother(context, entity)) return false;
  if (entity.action === 'allergy') return true;
  const isReal = !entity.flags.includes('neg') && !entity.flags.includes('hyp');
  if (isReal && causesAllergy(context, entity)) return true;
  if (!isReal || entity.action !== null || !isAllergyHeading(view.headingAt(entity.start))) return false;
  const line = view.lineAt(entity.start);
  const hasRegimen = view.dependents(entity.id, 'of').length > 0;
  const behind = view.text.slice(entity.end, Math.min(line.end, entity.end + 40));
  return !hasRegimen && !TOLERATED.test(behind) && !isGiven(context, entity);
}

/** "Give ondansetron instead", "ondansetron given": an order beside the allergy is none. */
function isGiven({ view }: ReadingContext, { start, end }: Entity): boolean {
  const line = view.lineAt(start);
  const behind = view.text.slice(end, Math.min(line.end, end + 40));
  return GIVEN_BEHIND.test(behind) || GIVEN_BEFORE.test(view.text.slice(Math.max(line.start, start - 30), start));
}

/** Anaphylaxis, hives or the like by this drug, after the relations or side by side ("lisinopril angioedema"). */
function causesAllergy({ view }: ReadingContext, entity: Entity): boolean {
  const isReaction = (other: Entity | undefined): boolean =>
    other !== undefined && !other.flags.some((flag) => flag !== 'hist') && HYPERSENSITIVITY.test(view.words(other));
  if (view.dependents(entity.id, 'by').some(isReaction)) return true;
  const around = view.within(view.lineAt(entity.start)).filter(({ label }) => label !== 'BodySite');
  const index = around.indexOf(entity);
  const [before, after] = [around[index - 1], around[index + 1]];
  const follows =
    isReaction(after) &&
    /^[ \t]*[:(–-]?[ \t]*(?:(?:causes|caused|->|=)[ \t]*)?$/.test(view.text.slice(entity.end, after!.start));
  const precedes =
    isReaction(before) &&
    /^[ \t]+(?:with|to|from|after|on|2\/2|due to)[ \t]+$/i.test(view.text.slice(before!.end, entity.start));
  return follows || precedes;
}

/** A reaction that was taken for a drug: "TMP-SMX - angioedema". */
function isReactionToAnother({ view, terminology }: ReadingContext, entity: Entity): boolean {
  const words = view.words(entity);
  if (
    terminology.medication(words) !== null ||
    !(HYPERSENSITIVITY.test(words) || terminology.condition(words) !== null)
  )
    return false;
  const line = view.lineAt(entity.start);
  const before = view.within({ start: line.start, end: entity.start }).at(-1);
  return before?.label === 'Medication' && /^\s*[-–:(=>]+\s*$/.test(view.text.slice(before.end, entity.start));
}

function readAllergy(context: ReadingContext, entity: Entity): AllergyMention {
  const { view, terminology } = context;
  const reactions = reactionsOf(view, entity);
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
    (/^\s*(?:\(|-|–|:|=|->|causes?|caused|gives?|gave|=>|,)\s*[\w ]{0,20}$/i.test(gap) ||
      (gap.trim() === '' && HYPERSENSITIVITY.test(view.words(next))))
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
function allergyPlaces(context: ReadingContext): TextRange[] {
  const { view } = context;
  return view.annotated.sentences
    .flatMap((sentence) => linesWithin(view.text, sentence))
    .filter((place) => isAllergyPlace(context, place));
}

function isAllergyPlace(context: ReadingContext, place: TextRange): boolean {
  const { view } = context;
  const words = view.words(place);
  if (isNoAllergyStatement(words)) return true;
  const masked = words.replace(NOT_ALLERGY, (match) => ' '.repeat(match.length));
  const cues = [...masked.matchAll(CUE)];
  if (cues.length === 0) return isListed(context, place, words) || drugReactionIn(context, place) !== null;
  return (
    cues.some((cue) => !isDenied(context, place, masked, cue.index, cue[0].length)) &&
    /[\p{L}]{2}/u.test(masked.replace(CUE, ''))
  );
}

/** Words without a cue belong to the list where they open a line under an allergy heading, or name a drug behind its label. */
function isListed(context: ReadingContext, place: TextRange, words: string): boolean {
  const { view } = context;
  const heading = view.headingAt(place.start);
  if (!isAllergyHeading(heading) || heading.split(' ').length > 4 || !/\p{L}{3}/u.test(words)) return false;
  const line = view.lineAt(place.start);
  const before = view.text.slice(line.start, place.start);
  if (isNoAllergyStatement(before) || view.text.slice(place.end, line.end).search(CUE) >= 0) return false;
  const named = view.within(place).filter(({ label }) => label === 'Medication');
  return before.trim() === '' || /:\s*$/.test(before) || named.some((drug) => !isGiven(context, drug));
}

/** "No anaphylaxis", or somebody else's: nothing that the patient's list should hold. */
function isDenied({ view }: ReadingContext, place: TextRange, words: string, index: number, length: number): boolean {
  const start = place.start + index;
  const entity = view
    .within({ start: place.start, end: place.end })
    .find((other) => other.start <= start + length && start < other.end);
  if (entity?.flags.some((flag) => flag === 'neg' || flag === 'fam' || flag === 'hyp') === true) return true;
  return (
    DENIED_CUE.test(words.slice(0, index)) ||
    /^\s*(?:was |were |is )?(?:excluded|ruled out|not )/i.test(words.slice(index + length))
  );
}

function linesWithin(text: string, range: TextRange): TextRange[] {
  const lines: TextRange[] = [];
  for (const match of text.slice(range.start, range.end).matchAll(/[^\n]*\S[^\n]*/g)) {
    const lead = match[0].length - match[0].trimStart().length;
    lines.push({ start: range.start + match.index + lead, end: range.start + match.index + match[0].trimEnd().length });
  }
  return lines;
}

/** Whether a fact was read from the place, or it is only a heading or speaks of somebody else's allergy. */
function isRead({ view }: ReadingContext, place: TextRange, facts: readonly AllergyMention[]): boolean {
  if (facts.some(({ entity }) => place.start <= entity.start && entity.start < place.end)) return true;
  const words = view.words(place);
  const isTitle =
    words.split(/\s+/).length <= 6 &&
    (words === words.toUpperCase() || /:\s*$/.test(words)) &&
    !/\b(?:to|with)\b/i.test(words);
  const inside = view.within(place).filter(({ label }) => label !== 'Time' && label !== 'BodySite');
  const others = inside.length > 0 && inside.every(({ flags }) => flags.includes('fam') || flags.includes('hyp'));
  return isTitle || others;
}

function noneCitation({ view }: ReadingContext, place: TextRange): NoteCitation {
  const match = NONE.exec(view.words(place));
  if (match === null) return view.cite(place);
  return view.cite({ start: place.start + match.index, end: place.start + match.index + match[0].length });
}
