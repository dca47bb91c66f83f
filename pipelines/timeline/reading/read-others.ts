import type { HabitFact } from '#pipelines/domain/chart.ts';
import type { Entity } from '#pipelines/domain/entity.ts';
import { onNoteDate } from '../dates/when.ts';
import { WORDS, anyOf } from '../words.ts';
import { lateralityOfMention } from './laterality.ts';
import type { ReadingContext } from './mention.ts';
import { mentionOf } from './mention.ts';
import type { HabitMention, Mention, ProcedureMention } from './reading.ts';

const KINDS: readonly (readonly [HabitFact['habit'], RegExp])[] = (
  ['tobacco', 'alcohol', 'drugs', 'occupation', 'exercise'] as const
).map((kind) => [kind, anyOf(WORDS.clinical[kind])] as const);
const FORMER = anyOf(WORDS.clinical.formerHabit);
const NEVER = anyOf(WORDS.clinical.neverHabit);
const STILL_WITHOUT = anyOf(WORDS.clinical.stillWithout);

/** Reads procedures with whether they were done. */
export function readProcedures(context: ReadingContext): ProcedureMention[] {
  return of(context, 'Procedure').map((entity) => ({
    ...mentionOf(context, entity),
    status: procedureStatus(entity),
    laterality: lateralityOfMention(context.view, entity),
  }));
}

/** Reads habits: of what kind, and whether now, formerly or never. */
export function readHabits(context: ReadingContext): HabitMention[] {
  return of(context, 'Habit').map((entity) => readHabit(context, entity));
}

/** Reads mentions of genetic results. */
export function readGenotypes(context: ReadingContext): Mention[] {
  return of(context, 'Genotype').map((entity) => mentionOf(context, entity));
}

function of({ view }: ReadingContext, label: string): Entity[] {
  return view.entities.filter(
    (entity) => entity.label === label && !(entity.flags.includes('fam') && label !== 'Genotype'),
  );
}

function procedureStatus({ flags }: Entity): ProcedureMention['status'] {
  if (flags.includes('hyp')) return 'planned';
  if (flags.includes('neg')) return 'not-done';
  if (flags.includes('unc')) return 'suspected';
  return flags.includes('hist') ? 'historical' : 'done';
}

function readHabit(context: ReadingContext, entity: Entity): HabitMention {
  const { view } = context;
  const sentence = view.sentenceAt(entity.start);
  const line = view.lineAt(entity.start);
  const words = view.words(entity);
  const before = view.text.slice(Math.max(sentence.start, line.start, entity.start - 40), entity.start);
  const after = view.text.slice(entity.end, Math.min(sentence.end, line.end, entity.end + 40));
  const mention = mentionOf(context, entity);
  return {
    ...mention,
    when: mention.when.precision === 'unknown' ? onNoteDate(mention.noteDate) : mention.when,
    habit: kindOf(words) ?? kindOf(`${before} ${after}`) ?? 'other',
    status: habitStatus(entity, words, before, after),
    lifelong: isLifelong(words, before, after),
  };
}

function kindOf(words: string): HabitFact['habit'] | null {
  return KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

function habitStatus({ flags }: Entity, words: string, before: string, after: string): HabitFact['status'] {
  const around = `${before.split(/[.;,]/).at(-1)} ${words} ${after.split(/[.;,]/)[0]}`;
  if (flags.includes('hist') || FORMER.test(words)) return 'former';
  if (flags.includes('neg'))
    return STILL_WITHOUT.test(around) ? (/\bcurrent/i.test(around) ? 'unknown' : 'former') : 'never';
  if (FORMER.test(around) && !NEVER.test(around)) return 'former';
  if (NEVER.test(words)) return 'never';
  if (/^\s*cessation\b/i.test(after)) return 'unknown';
  return flags.includes('hyp') || flags.includes('unc') ? 'unknown' : 'current';
}

/** "Never smoked" and "non-smoker" deny it for good; "no tobacco" only for now. */
function isLifelong(words: string, before: string, after: string): boolean {
  const around = `${before.split(/[.;,]/).at(-1)} ${words} ${after.split(/[.;,]/)[0]}`;
  return NEVER.test(around) && !STILL_WITHOUT.test(around);
}
