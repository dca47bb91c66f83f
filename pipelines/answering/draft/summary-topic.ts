import rules from '../../rules/answering/1/summaries.json' with { type: 'json' };
import type { Entity } from '../../domain/entity.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { SubjectHits } from '../evidence/subject-hits.ts';
import { inWindow, isDated, placeFits } from '../question/time-window.ts';
import type { Subject } from '../question/types.ts';
import { isDayFirst } from '../evidence/day-first.ts';
import { datesIn, daysBetween } from '../text/dates.ts';
import { stemsOf } from '../text/words.ts';
import type { DraftContext } from './types.ts';

interface System {
  readonly asked: RegExp;
  readonly broader: readonly string[];
  readonly names: RegExp;
  readonly words: RegExp;
}

const FRAMING: ReadonlySet<string> = new Set(rules.framing.split(' ').flatMap(stemsOf));
const OCCASION = new RegExp(rules.occasions, 'i');
const HOSPITAL = new RegExp(rules.hospital, 'i');
const ADMITTED = new RegExp(rules.admitted, 'i');
const AUDIENCE = new RegExp(rules.audience, 'i');
const HEADING = /diagnos|assess|impression|problem|indication|\bd?dx\b|\bimp\b|reason/i;
const STAY_DAYS = 21;
const SYSTEMS: readonly System[] = rules.systems.map(({ asked, broader, names, words }) => ({
  asked: new RegExp(`\\b(?:${asked})\\b`, 'gi'),
  broader,
  names: new RegExp(names),
  words: new RegExp(words, 'i'),
}));

/** A sentence outside the time that a question names can still tell how it began or ended. */
const OUTSIDE = 0.2;
/** A line of a list right behind one that names the topic, and a sentence of a note that is about it. */
const BESIDE = 0.4;
/** A sentence on the field of care that the topic belongs to ("lung cancer": an adenocarcinoma), or of the stay that is asked for. */
const FIELD = 0.6;

/** What a summary is of. */
export interface Topic {
  /** How surely a sentence names it, 0 to 1. */
  readonly names: (unit: Unit) => number;
  /** How well a sentence fits the time that is asked for, 0 to 1. */
  readonly time: (unit: Unit) => number;
  /** Whether a mention is of the topic itself. */
  readonly holds: (entity: Entity, unit: Unit) => boolean;
  /** Whether a procedure or drug, or what a drug did, is of the field of care that the topic belongs to, or anything of the stay. */
  readonly isOfField: (entity: Entity, unit: Unit) => boolean;
}

/** The topic that a question names: illnesses, drugs, procedures, a body system, a stay, a time; null where it asks of the patient as a whole.
 * @param isOfAll - Takes the whole chart for the topic where none is named. */
export function topicOf(context: DraftContext, isOfAll = false): Topic | null {
  const named = context.hits.filter((hit) => isTopical(hit, context));
  const systems = systemsOf(context, named);
  const stay = named.length + systems.length > 0 ? null : (stayOf(context) ?? (isOfAll ? () => true : null));
  if (named.length + systems.length === 0 && stay === null) return null;
  const fields = SYSTEMS.filter((system) => named.some(({ subject }) => isOfField(subject, system)));
  const heads = SYSTEMS.filter((system) => named.some(({ subject }) => endsIn(subject, system)));
  const among = (list: readonly System[], entity: Entity, unit: Unit): boolean =>
    list.some((system) => isOfSystem(system, entity, unit, context));
  const holds = (entity: Entity, unit: Unit): boolean =>
    named.some((hit) => standsIn(hit, entity, unit)) || among(systems, entity, unit);
  const own = memo((unit) => {
    if (stay !== null) return stay(unit) ? FIELD : 0;
    const said = unit.entities.filter(isSaid);
    const weights = named.map((hit) => (isDenied(hit, unit) ? 0 : (hit.byUnit.get(unit.index)?.weight ?? 0)));
    const ofSystem = said.some((entity) => holds(entity, unit)) ? 0.9 : 0;
    return Math.max(ofSystem, said.some((entity) => among(heads, entity, unit)) ? FIELD : 0, ...weights);
  });
  const about = notesAbout(context, own);
  return {
    names: memo((unit) => Math.max(own(unit), isBeside(unit, context, own) || about.has(unit.noteIndex) ? BESIDE : 0)),
    time: memo((unit) => timely(unit, context)),
    holds,
    isOfField: (entity, unit) =>
      (stay?.(unit) ?? false) ||
      (among(fields, entity, unit) && (entity.label !== 'Condition' || namesDrug(entity, unit, context))),
  };
}

/** Notes that are about the topic: a diagnosis, problem or assessment names it, or every fourth sentence does. */
function notesAbout({ index }: DraftContext, own: (unit: Unit) => number): Set<number> {
  const counts = new Map<number, { all: number; own: number; isHead: boolean }>();
  for (const unit of index.units) {
    const count = counts.get(unit.noteIndex) ?? { all: 0, own: 0, isHead: false };
    counts.set(unit.noteIndex, count);
    if (unit.entities.length > 0) count.all += 1;
    if (own(unit) < 0.8) continue;
    count.own += 1;
    count.isHead ||= HEADING.test(`${unit.section} ${unit.title} ${unit.text.slice(0, 12)}`);
  }
  return new Set(
    [...counts].filter(([, { all, own: some, isHead }]) => isHead || some * 4 >= all).map(([note]) => note),
  );
}

/** A stay or visit as the topic: sentences of the time that is named, of the last stay, or of all stays. */
function stayOf({ question, index }: DraftContext): ((unit: Unit) => boolean) | null {
  const occasion = OCCASION.exec(question.corrected);
  if (isDated(question.window)) return () => true;
  if (occasion === null && question.window.places.length === 0) return null;
  // "Summary for clinic": where it is to be read.
  const places = AUDIENCE.test(question.corrected) ? [] : question.window.places;
  if (occasion === null && places.length === 0) return null;
  const fits = (unit: Unit): boolean =>
    HOSPITAL.test(unit.note.note.type.replaceAll('_', ' ')) ||
    (places.length > 0 && placeFits(places, unit.note.note.type));
  if (occasion !== null && occasion[0].endsWith('s')) return (unit) => fits(unit) || ADMITTED.test(unit.text);
  const last = index.units.findLast(fits);
  if (last === undefined) return null;
  return (unit) => fits(unit) && daysBetween(unit.date, last.date) <= STAY_DAYS;
}

function isOfField({ kind, words, forms }: Subject, { names, words: terms }: System): boolean {
  if (kind !== 'condition' && kind !== 'term') return false;
  const own = forms.filter(({ weight }) => weight === 1).map(({ stems }) => stems.join(' '));
  return names.test(words) || terms.test(words) || own.some((form) => terms.test(form));
}

/** "Lung cancer" is of the field of cancers: its last word names it. */
function endsIn({ kind, words }: Subject, { asked }: System): boolean {
  const last = words.split(/\s+/);
  return kind === 'condition' && last.length > 1 && (last.at(-1)!.match(asked)?.[0] ?? '') === last.at(-1);
}

/** Whether a subject stands in a sentence only as what is denied or another person's. */
function isDenied(hit: SubjectHits, unit: Unit): boolean {
  const matched = unit.entities.filter((entity) => standsIn(hit, entity, unit));
  return matched.length > 0 && !matched.some(isSaid);
}

/** Whether a subject names what is to be summed up, and not how ("course", "in brief"), and the chart names it. */
function isTopical({ subject, matches }: SubjectHits, { question, chart }: DraftContext): boolean {
  if (matches.length === 0 || isAudience(subject, question.corrected)) return false;
  // "Rundown on Mrs Marchbank": of her, and not of the lines with her name.
  if (stemsOf(chart.patient.name).includes(subject.key)) return false;
  // A plain word that only the repair of spelling made out of another is nobody's topic.
  if (subject.kind === 'term' && !question.text.toLowerCase().includes(subject.words.toLowerCase())) return false;
  const stems = stemsOf(subject.words);
  return !stems.every((stem) => FRAMING.has(stem) || /^\d+$/.test(stem));
}

/** "For the palliative team", "for the Mohs surgeon": who is to read it, and not what it is of. */
export function isAudience({ start }: Subject, text: string): boolean {
  const match = AUDIENCE.exec(text);
  return match !== null && match.index <= start && start < match.index + match[0].length;
}

/** Systems named by a word of their own: the "lung" of "lung cancer" is none. */
function systemsOf({ question }: DraftContext, named: readonly SubjectHits[]): System[] {
  const inLonger = (start: number, end: number): boolean =>
    named.some(({ subject }) => {
      const rest = `${question.corrected.slice(subject.start, start)} ${question.corrected.slice(end, subject.end)}`;
      return subject.start <= start && end <= subject.end && stemsOf(rest).some((stem) => !FRAMING.has(stem));
    });
  const text = question.corrected.replace(AUDIENCE, (words) => ' '.repeat(words.length));
  return SYSTEMS.filter(({ asked }) =>
    [...text.matchAll(asked)].some((match) => !inLonger(match.index, match.index + match[0].length)),
  );
}

function isOfSystem(system: System, entity: Entity, unit: Unit, { terminology }: DraftContext): boolean {
  if (entity.label !== 'Condition' && entity.label !== 'Procedure' && entity.label !== 'Medication') return false;
  const text = unit.text.slice(Math.max(0, entity.start - unit.start), entity.end - unit.start);
  if (system.names.test(text) || system.words.test(text)) return true;
  if (entity.label !== 'Condition') return false;
  const key = terminology.conceptKey('Condition', text);
  return system.broader.some((name) => (terminology.narrower?.('Condition', name) ?? []).includes(key));
}

/** "Methotrexate pneumonitis": an illness named by the drug that caused it. */
function namesDrug({ start, end }: Entity, { note }: Unit, { terminology }: DraftContext): boolean {
  const words = note.note.text.slice(start, end).split(/[^\p{L}\d]+/u);
  return words.some((word) => word.length > 2 && terminology.medication(word) !== null);
}

function standsIn({ byUnit }: SubjectHits, entity: Entity, unit: Unit): boolean {
  const match = byUnit.get(unit.index);
  if (match === undefined) return false;
  const [start, end] = [unit.start + unit.words[match.first]!.start, unit.start + unit.words[match.last]!.end];
  return entity.start < end && start < entity.end;
}

/** Whether a line of a list stands right behind one that names the topic. */
function isBeside(unit: Unit, { index }: DraftContext, own: (unit: Unit) => number): boolean {
  const before = index.units[unit.index - 1];
  return before?.noteIndex === unit.noteIndex && own(before) >= 0.8 && /^\s*[-•*]|^[a-z]/.test(unit.text);
}

/** 1 for a sentence of the time that a question names, or where it names none. */
function timely(unit: Unit, { question, index }: DraftContext): number {
  const { window } = question;
  if (!isDated(window) || inWindow(window, unit.date)) return 1;
  const year = Number(unit.date.slice(0, 4));
  const two = (part: number | null): string => (part === null ? '' : `-${String(part).padStart(2, '0')}`);
  const isTold = datesIn(unit.text, isDayFirst(index.chart)).some((date) =>
    inWindow(window, `${date.year ?? year}${two(date.month)}${date.month === null ? '' : two(date.day)}`),
  );
  return isTold ? 0.8 : OUTSIDE;
}

/** Whether a mention is of the patient and there; what the model alone takes as said is quoted with the words that doubt it. */
export function isSaid({ flags, ruleFlags }: Entity): boolean {
  return !flags.includes('neg') && !flags.includes('fam') && !(ruleFlags ?? []).includes('fam');
}

function memo(of: (unit: Unit) => number): (unit: Unit) => number {
  const known = new Map<number, number>();
  return (unit) => {
    let value = known.get(unit.index);
    if (value === undefined) known.set(unit.index, (value = of(unit)));
    return value;
  };
}
