import type { Entity } from '#pipelines/domain/entity.ts';
import type { EntityId } from '#pipelines/domain/ids.ts';
import { asId } from '#pipelines/domain/ids.ts';
import type { TextRange } from '#pipelines/domain/span.ts';
import { onNoteDate } from '../dates/when.ts';
import { WORDS, anyOf } from '../words.ts';
import { ground } from './concepts.ts';
import { drugReactionIn } from './drug-reactions.ts';
import type { ReadingContext } from './mention.ts';
import type { AllergyMention } from './reading.ts';
import { sentenceHash } from './text-hash.ts';

const BEHIND_CUE =
  /\b(?:allerg(?:y|ies|ic)|intoleran(?:t|ce)|hypersensitiv(?:e|ity)|sensitive) (?:to|of) (?:the |her |his |a )?((?:[\p{L}][\p{L}-]+)(?: (?!and|but|with|which|after|since|or|in|causing|as)[\p{L}-]+)?)/iu;
const BEFORE_CUE = /((?:[\p{L}][\p{L}-]+ )?[\p{L}][\p{L}-]+) (?:allergy|intolerance)\b/iu;
const NOT_SUBSTANCE = anyOf(WORDS.clinical.notSubstances);
const REMOVED = anyOf(WORDS.clinical.allergyRemoved);

/** What an allergy text says where the extractor marked no drug in it: its substance if it can be read, else its words. */
export function allergyOfText(context: ReadingContext, place: TextRange): AllergyMention {
  return named(context, place) ?? reacted(context, place) ?? verbatim(context, place);
}

/** "Egg allergy", "allergic to latex": a substance that the extractor did not mark. */
function named(context: ReadingContext, place: TextRange): AllergyMention | null {
  const words = context.view.words(place);
  const match = BEHIND_CUE.exec(words) ?? BEFORE_CUE.exec(words);
  const substance = match?.[1]?.trim();
  if (match === null || substance === undefined || NOT_SUBSTANCE.test(substance)) return null;
  const start = place.start + match.index + match[0].indexOf(substance);
  const range = { start, end: start + substance.length };
  const key = ground(context.terminology, 'Medication', substance).key;
  return {
    ...textMention(context, range),
    concept: key,
    substance,
    interpreted: true,
    removed: REMOVED.test(words),
    sentence: sentenceHash(words),
  };
}

/** "Lisinopril angioedema": a drug and its reaction that the extractor marked as one illness. */
function reacted(context: ReadingContext, place: TextRange): AllergyMention | null {
  const told = drugReactionIn(context, place);
  if (told === null || !told.isHypersensitivity) return null;
  const { view, terminology } = context;
  const substance = view.words(told.drug);
  const { key, classes } = ground(terminology, 'Medication', substance);
  return {
    ...textMention(context, told.drug),
    concept: key,
    substance,
    reaction: view.words(told.reaction),
    interpreted: true,
    classes,
    removed: REMOVED.test(view.words(place)),
    sentence: sentenceHash(view.words(place)),
  };
}

/** An allergy text as it stands. */
function verbatim(context: ReadingContext, place: TextRange): AllergyMention {
  const words = context.view.words(place);
  return {
    ...textMention(context, place),
    concept: `allergy text: ${words.toLowerCase()}`,
    sentence: sentenceHash(words),
  };
}

function textMention({ view }: ReadingContext, place: TextRange): AllergyMention {
  const { note } = view.annotated;
  const words = view.words(place);
  const id = asId<EntityId>(`text-${place.start}`);
  const entity: Entity = { id, label: 'Medication', ...place, score: 0, flags: [], action: 'allergy' };
  return {
    entity,
    note: note.id,
    noteDate: note.date,
    words,
    concept: '',
    codes: [],
    assertion: { existence: 'present', temporality: 'current', experiencer: 'patient' },
    uncertain: false,
    when: onNoteDate(note.date),
    evidence: [view.cite(place)],
    sentence: null,
    paragraph: null,
    substance: words,
    reaction: null,
    interpreted: false,
    classes: [],
    removed: false,
  };
}
