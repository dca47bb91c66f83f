import type { Conflict } from '#pipelines/domain/chart.ts';
import type { Mention, NoteReading, ProblemMention } from '../reading/reading.ts';
import type { CopyIndex } from '../reconcile/copied.ts';
import { groupMentions } from '../reconcile/fact.ts';
import { WORDS, anyOf } from '../words.ts';
import { conflictOf, sideOf } from './conflict.ts';

/** Things of which a body has one, or that happened once: a side cannot change. */
const ONE_SIDED = anyOf(WORDS.clinical.oneSided);
const LIFELONG = anyOf(WORDS.clinical.lifelongConditions);
const QUALIFIED = anyOf(WORDS.clinical.qualifiedDenial);
const DENIED_EVER =
  /\b(?:no|denies|denied|without|negative for|neg for)\b[^.;]{0,40}\b(?:history|hx|h\/o|prior|previous|past|known)\b[^.;]{0,60}$|\bnever\b[^.;]{0,40}$/i;

interface Sided extends Mention {
  readonly laterality: ProblemMention['laterality'];
}

/** One side in most notes and the other in one. */
export function lateralityConflicts(readings: readonly NoteReading[]): Conflict[] {
  const mentions: Sided[] = readings.flatMap(({ problems, procedures }) => [
    ...problems.filter(
      ({ assertion, kind }) =>
        assertion.experiencer === 'patient' && assertion.existence === 'present' && kind === 'condition',
    ),
    ...procedures.filter(({ status }) => status === 'done' || status === 'historical'),
  ]);
  return [...groupMentions(mentions, ({ concept }) => concept).values()].flatMap((group) => {
    const names = new Set(group.flatMap(({ words, concept }) => [words, concept]));
    if (![...names].some((name) => ONE_SIDED.test(name))) return [];
    const sided = group.filter(({ laterality }) => laterality !== null);
    if (sided.some(({ laterality }) => laterality === 'bilateral')) return [];
    const left = sided.filter(({ laterality }) => laterality === 'left');
    const right = sided.filter(({ laterality }) => laterality === 'right');
    const [few, many] = left.length <= right.length ? [left, right] : [right, left];
    if (few.length === 0 || few.some(({ note }) => many.some((other) => other.note === note)) || datedApart(few, many))
      return [];
    return new Set(few.map(({ note }) => note)).size === 1
      ? [conflictOf('laterality', many.at(-1)!, sideOf(many.at(-1)!), sideOf(few[0]!))]
      : [];
  });
}

/** Two operations on two dates, one on each side, are no contradiction. */
function datedApart(few: readonly Sided[], many: readonly Sided[]): boolean {
  const dates = (mentions: readonly Sided[]): string[] =>
    mentions.flatMap(({ when }) =>
      when.anchor === 'note-date' || when.start === null ? [] : [when.start.slice(0, 4)],
    );
  const [a, b] = [dates(few), dates(many)];
  return a.length > 0 && b.length > 0 && !a.some((date) => b.includes(date));
}

/** A condition that the chart asserts, denied outright afterwards ("no history of stroke"). */
export function presentAgainstDenied(readings: readonly NoteReading[], groups: readonly ConditionGroup[]): Conflict[] {
  const texts = new Map<string, string>(readings.map(({ annotated }) => [annotated.note.id, annotated.note.text]));
  return groups.flatMap((group) => {
    const firm = group.filter(({ assertion, uncertain }) => assertion.existence === 'present' && !uncertain);
    const first = firm[0];
    if (first === undefined) return [];
    const denial = group.find(
      (mention) =>
        mention.assertion.existence === 'absent' &&
        mention.noteDate >= first.noteDate &&
        !mention.uncertain &&
        isOutright(mention, texts) &&
        firm.some((other) => other.noteDate <= mention.noteDate && other.note !== mention.note),
    );
    if (denial === undefined) return [];
    const present = firm.filter(({ note, noteDate }) => note !== denial.note && noteDate <= denial.noteDate).at(-1)!;
    return [conflictOf('present-against-denied', present, sideOf(present), sideOf(denial))];
  });
}

function isOutright({ entity, note, concept }: ProblemMention, texts: ReadonlyMap<string, string>): boolean {
  if (LIFELONG.test(concept)) return true;
  const text = texts.get(note)!;
  const before = text.slice(Math.max(0, entity.start - 100), entity.start);
  return DENIED_EVER.test(before) && !QUALIFIED.test(before.slice(-30));
}

/** Called resolved, and in copied words of a later note still active. */
export function activeAgainstResolved(groups: readonly ConditionGroup[], copies: CopyIndex): Conflict[] {
  return groups.flatMap((group) => {
    const resolved = group.find((mention) => mention.resolved && mention.assertion.existence === 'present');
    if (resolved === undefined) return [];
    const active = group.find(
      (mention) =>
        mention.note !== resolved.note &&
        mention.assertion.existence === 'present' &&
        mention.assertion.temporality === 'current' &&
        !mention.resolved &&
        (mention.noteDate === resolved.noteDate || (mention.noteDate > resolved.noteDate && copies.isCopied(mention))),
    );
    return active === undefined
      ? []
      : [conflictOf('active-against-resolved', active, sideOf(resolved), sideOf(active))];
  });
}

/** Mentions of one condition of the patient. */
export type ConditionGroup = readonly ProblemMention[];

/** Groups the patient's own conditions, for the finders that compare them. */
export function conditionGroups(readings: readonly NoteReading[]): ConditionGroup[] {
  const mentions = readings
    .flatMap(({ problems }) => problems)
    .filter(({ kind, assertion }) => kind === 'condition' && assertion.experiencer === 'patient');
  return [...groupMentions(mentions, ({ concept }) => concept).values()];
}
