import type { TextRange } from '../../domain/span.ts';
import type { Unit } from '../evidence/chart-index.ts';
import type { RankedUnit, SubjectHits } from '../evidence/rank-units.ts';
import { matchedEntities } from '../evidence/rank-units.ts';
import { JUDGEMENT } from '../rules.ts';
import { judged } from './judgement.ts';
import type { IllnessGroup } from './kinship.ts';
import { groupsAsked, onlyDenies, sameIllness, speaksOfRelatives, toldIn } from './kinship.ts';
import { asksAge, isOfRelativeAt, relativesIn, tellsAge, tellsAgeAt } from './relatives.ts';
import type { DraftContext } from './types.ts';

/** One illness of a question about relatives: the words for it that the chart holds, and the words of notes for its kind. */
export interface AskedIllness {
  readonly hits: readonly SubjectHits[];
  readonly group: IllnessGroup | null;
}

/** A sentence on relatives that answers for an illness. */
export interface FamilyLine {
  readonly unit: Unit;
  readonly score: number;
  /** Where it names the illness; empty where only the pair ranker says that it answers. */
  readonly at: readonly TextRange[];
  readonly denied: boolean;
  /** Whether the clause is about the relatives that were asked about, or none were. */
  readonly theirs: boolean;
}

/** The illnesses asked about, in the order of the question: `bipolar / suicide` are two, `the same joint disease` is one. */
export function illnessesAsked(named: readonly SubjectHits[], context: DraftContext): AskedIllness[] {
  const { corrected } = context.question;
  const groups = groupsAsked(corrected);
  const within = ({ subject }: SubjectHits, at: TextRange): boolean => subject.start < at.end && at.start < subject.end;
  const free = named.filter((hit) => !groups.some(({ at }) => within(hit, at)));
  // Words of everyday English ("do stones *run* in the family?") count only where nothing else is named.
  const isOrdinary = ({ subject, matches }: SubjectHits): boolean =>
    subject.kind === 'term' || (matches.length === 0 && /^runs?$/i.test(subject.words));
  const ill = free.filter((hit) => !isOrdinary(hit));
  const alone = ill.length > 0 || groups.length > 0 ? ill : free.filter(({ clinical }) => clinical);
  const asked = [
    ...groups.map(({ group, at }) => ({ start: at.start, hits: named.filter((hit) => within(hit, at)), group })),
    ...alone.map((hit) => ({ start: hit.subject.start, hits: [hit], group: null })),
  ].sort((a, b) => a.start - b.start);
  if (asked.length > 0) return asked;
  const same = sameIllness(context);
  return named.length === 0 && same === null ? [] : [{ hits: same === null ? named : [], group: same }];
}

/** Sentences on relatives that answer for one illness, best first: those that name it, else those that name it otherwise. */
export function linesFor(illness: AskedIllness, context: DraftContext): FamilyLine[] {
  const asked = relativesIn(context.question.corrected);
  const direct = marked(namedLines(illness, asked, context), illness);
  const affirmed = direct.filter(({ denied }) => !denied);
  const lines = affirmed.length > 0 ? direct : [...otherwise(illness, asked, context), ...direct];
  const rank = ({ theirs, denied, score }: FamilyLine): number =>
    (asked.length > 0 && theirs ? 4 : 0) + (denied ? 0 : 1) + score / 10;
  const sorted = lines.toSorted((a, b) => rank(b) - rank(a));
  if (!asksAge(context.question.corrected)) return sorted;
  return sorted.filter(({ unit, at }) =>
    asked.length === 0 ? tellsAge(unit.text) : at.some(({ start }) => tellsAgeAt(unit, start - unit.start)),
  );
}

/** Sentences that hold all, else the most, of an illness's own words. */
function namedLines({ hits }: AskedIllness, asked: readonly string[], context: DraftContext): FamilyLine[] {
  const scores = new Map(context.ranked.map(({ unit, score }) => [unit.index, score]));
  const units = [...new Set(hits.flatMap(({ matches }) => matches.map(({ unit }) => unit)))].filter(speaksOfRelatives);
  const share = (unit: Unit): number => hits.filter(({ byUnit }) => byUnit.has(unit.index)).length / hits.length;
  return units.map((unit) => {
    const at = hits.flatMap(({ byUnit }) => {
      const match = byUnit.get(unit.index);
      if (match === undefined) return [];
      return [{ start: unit.start + unit.words[match.first]!.start, end: unit.start + unit.words[match.last]!.end }];
    });
    const entities = matchedEntities(unit, hits);
    const denied = entities.length > 0 && entities.every(({ flags }) => flags.includes('neg'));
    const score = 30 * share(unit) + (scores.get(unit.index) ?? 0);
    return { unit, score, at, denied, theirs: isTheirs(unit, at, asked) };
  });
}

/** "Her mother says she has asthma": where a line is marked as a relative's, one that is not marked is the patient's. */
function marked(lines: readonly FamilyLine[], { hits }: AskedIllness): readonly FamilyLine[] {
  const own = lines.filter(
    ({ unit }) =>
      /family/.test(`${unit.section} ${unit.title}`) ||
      matchedEntities(unit, hits).some(({ flags }) => flags.includes('fam')),
  );
  return own.length > 0 ? own : lines;
}

/**
 * Sentences on relatives with other words for the illness, or for kinds of it; else the one that the pair ranker takes for an
 * answer. A denial of anything but the illness itself is none.
 */
function otherwise({ group }: AskedIllness, asked: readonly string[], context: DraftContext): FamilyLine[] {
  const score = new Map(context.ranked.map((candidate) => [candidate.unit.index, candidate.score]));
  const told = context.index.units.flatMap((unit): FamilyLine[] => {
    if (group === null || !speaksOfRelatives(unit)) return [];
    const found = toldIn(unit, group);
    if (found === null || (found.denied && !group.same) || isPatients(unit, found.at)) return [];
    const theirs = isTheirs(unit, [found.at], asked);
    return theirs ? [{ unit, score: score.get(unit.index) ?? 0, at: [found.at], denied: found.denied, theirs }] : [];
  });
  if (told.length > 0) return told;
  const isAnswer = (candidate: RankedUnit): boolean =>
    (judged(candidate) ?? 0) >= JUDGEMENT.sure && speaksOfRelatives(candidate.unit) && !onlyDenies(candidate.unit);
  return context.ranked
    .filter((candidate) => isAnswer(candidate) && relativesIn(candidate.unit.text).length > 0)
    .filter(({ unit }) => asked.length === 0 || relativesIn(unit.text).some((one) => asked.includes(one)))
    .slice(0, 1)
    .map((candidate) => ({ unit: candidate.unit, score: candidate.score, at: [], denied: false, theirs: true }));
}

/** An illness in a sentence on relatives that the reader gives to the patient: "has asthma like her sister". */
function isPatients(unit: Unit, at: TextRange): boolean {
  const entities = unit.entities.filter(({ start, end }) => start < at.end && at.start < end);
  const isFamily = /family/.test(`${unit.section} ${unit.title}`) || relativesIn(unit.text).length === 0;
  const others = unit.entities.some(({ flags }) => flags.includes('fam'));
  return !isFamily && others && entities.length > 0 && entities.every(({ flags }) => !flags.includes('fam'));
}

function isTheirs(unit: Unit, at: readonly TextRange[], asked: readonly string[]): boolean {
  return asked.length === 0 || at.some(({ start }) => isOfRelativeAt(unit, asked, start - unit.start));
}
