import type { Flag } from '../../domain/entity.ts';
import type { ScoredPassage } from '../../domain/passage.ts';
import { inWindow, isDated, placeFits } from '../question/time-window.ts';
import type { Question, Subject } from '../question/types.ts';
import { RANKING } from '../rules.ts';
import { datesIn } from '../text/dates.ts';
import { attributesOf, matchedEntities } from './attributes.ts';
import type { ChartIndex, Unit } from './chart-index.ts';
import type { Match } from './subject-match.ts';
import { isDayFirst } from './day-first.ts';
import type { SubjectHits } from './subject-hits.ts';

export { matchedEntities } from './attributes.ts';
export { hitsOf } from './subject-hits.ts';
export type { SubjectHits } from './subject-hits.ts';

export interface RankedUnit {
  readonly unit: Unit;
  readonly score: number;
  /** Share of the question's subjects, by weight, that the unit or its surroundings name; 0 to 1. */
  readonly coverage: number;
  /** Whether what is asked for (a value, a dose, a reason, …) stands in the unit; 0 to 1. */
  readonly attribute: number;
  readonly inWindow: boolean;
  /** What the score was made of, by name. */
  readonly features: Readonly<Record<string, number>>;
}

/** Passages of the search whose sentences are ranked although they share no word with the question. */
const SEMANTIC_PASSAGES = 8;

/** Ranks the chart's sentences by how well each answers the question, best first. */
export function rankUnits(
  question: Question,
  index: ChartIndex,
  hits: readonly SubjectHits[],
  contextHits: readonly SubjectHits[],
  passages: readonly ScoredPassage[],
): RankedUnit[] {
  const candidates = new Set<number>();
  for (const { matches } of hits) for (const { unit } of matches) addAround(candidates, unit, index);
  if (question.subjects.length === 0)
    for (const { matches } of contextHits) for (const { unit } of matches) addAround(candidates, unit, index);
  const semantic = semanticRank(passages);
  const dayFirst = isDayFirst(index.chart);
  for (const { passage } of passages.slice(0, SEMANTIC_PASSAGES)) {
    const noteIndex = index.noteIndexOf.get(passage.note) ?? -1;
    const first = index.unitOf(noteIndex, passage.start);
    for (
      let i = first?.index ?? index.units.length;
      index.units[i]?.noteIndex === noteIndex && index.units[i]!.start < passage.end;
      i++
    )
      candidates.add(i);
  }
  return [...candidates]
    .map((number) => {
      const unit = index.units[number]!;
      const coverage = coverageOf(unit, index, hits);
      const attributes = attributesOf(question, unit, index, hits);
      const dated = windowScore(question, unit, dayFirst);
      const features = featuresOf({
        question,
        unit,
        index,
        hits,
        coverage,
        attributes,
        dated,
        semantic: semantic(unit),
        occasion: coverageOf(unit, index, contextHits),
      });
      return {
        unit,
        score: scoreOf(features),
        coverage,
        attribute: strongest(attributes),
        inWindow: dated.inside,
        features,
      };
    })
    .sort((a, b) => b.score - a.score || a.unit.index - b.unit.index);
}

function strongest(attributes: Readonly<Record<string, number>>): number {
  const scores = Object.values(attributes);
  return scores.length === 0
    ? 0
    : 0.6 * Math.max(...scores) + (0.4 * scores.reduce((a, b) => a + b, 0)) / scores.length;
}

interface Seen {
  readonly question: Question;
  readonly unit: Unit;
  readonly index: ChartIndex;
  readonly hits: readonly SubjectHits[];
  readonly coverage: number;
  readonly attributes: Readonly<Record<string, number>>;
  readonly dated: ReturnType<typeof windowScore>;
  readonly semantic: number;
  readonly occasion: number;
}

/** What the ranker looks at, by name; absent means 0. Weights stand in `ranking.json`. */
function featuresOf(seen: Seen): Record<string, number> {
  const { question, unit, index, hits, coverage, attributes, dated } = seen;
  const { asked } = question;
  const matched = matchedEntities(unit, hits);
  const position = unit.noteIndex / Math.max(1, index.chart.notes.length - 1);
  const clinical = hits.filter((hit) => hit.clinical);
  const plain = hits.filter((hit) => !hit.clinical);
  const inUnit = (list: readonly SubjectHits[]): number =>
    list.length === 0 ? 0 : list.filter(({ byUnit }) => byUnit.has(unit.index)).length / list.length;
  const flagged = (flag: Flag): boolean => matched.length > 0 && matched.every(({ flags }) => flags.includes(flag));
  const linked = (type: string): boolean =>
    matched.some(({ id }) => index.relationsOf(unit.noteIndex, id).some((relation) => relation.type === type));
  const on = (condition: boolean): number => (condition ? 1 : 0);
  const place = `${unit.section} ${unit.title}`;
  const features: Record<string, number> = {
    coverage,
    clinicalIn: inUnit(clinical),
    plainIn: inUnit(plain),
    occasion: seen.occasion,
    semantic: seen.semantic,
    windowHit: on(dated.hit),
    windowNote: on(dated.noteInside && !dated.hit),
    windowOut: on(dated.outside),
    place: on(dated.place),
    recentLatest: asked.has('latest') || asked.has('medication') ? position : 0,
    recentFirst: asked.has('first') ? position : 0,
    recent: position,
    long: on(unit.words.length > 45),
    short: on(unit.words.length < 5),
    family: on(!asked.has('family') && (flagged('fam') || /family/.test(unit.section))),
    planned: on(!asked.has('plan') && flagged('hyp')),
    denied: on(question.yesNo && flagged('neg')),
    deniedOther: on(!question.yesNo && flagged('neg')),
    asksBack: on(unit.text.trimEnd().endsWith('?')),
    linkFor: on(linked('for')),
    linkBy: on(linked('by')),
    linkShows: on(linked('shows')),
    inAssessment: on(/assess|impression|diagnos/.test(place)),
    inPlan: on(/plan|recommend|instruct/.test(place)),
    inHistory: on(/history|hpi|present/.test(place)),
    inMedications: on(/medic/.test(place)),
    entities: Math.min(1, unit.entities.length / 10),
  };
  for (const [name, value] of Object.entries(attributes)) features[`holds.${name}`] = value;
  features['holds'] = strongest(attributes);
  return features;
}

/** A candidate with further features, scored anew. */
export function withFeatures(candidate: RankedUnit, further: Readonly<Record<string, number>>): RankedUnit {
  const features = { ...candidate.features, ...further };
  return { ...candidate, features, score: scoreOf(features) };
}

function scoreOf(features: Readonly<Record<string, number>>): number {
  let score = 0;
  for (const [name, value] of Object.entries(features)) score += (RANKING[name] ?? 0) * value;
  return score;
}

function addAround(candidates: Set<number>, unit: Unit, index: ChartIndex): void {
  candidates.add(unit.index);
  const next = index.units[unit.index + 1];
  if (next !== undefined && next.noteIndex === unit.noteIndex) candidates.add(next.index);
}

function coverageOf(unit: Unit, index: ChartIndex, hits: readonly SubjectHits[]): number {
  let total = 0;
  let found = 0;
  for (const { byUnit, weight, subject } of hits) {
    total += weight;
    const match = byUnit.get(unit.index);
    if (match !== undefined) found += weight * match.weight;
    else found += weight * nearby(unit, index, byUnit, subject);
  }
  return total === 0 ? 0 : found / total;
}

function nearby(unit: Unit, index: ChartIndex, byUnit: ReadonlyMap<number, Match>, subject: Subject): number {
  const before = index.units[unit.index - 1];
  if (before?.noteIndex === unit.noteIndex && byUnit.has(before.index)) return 0.5 * byUnit.get(before.index)!.weight;
  if (unit.title !== '' && subject.forms.some((form) => form.weight === 1 && unit.title.includes(form.stems.join(' '))))
    return 0.5;
  const after = index.units[unit.index + 1];
  if (after?.noteIndex === unit.noteIndex && byUnit.has(after.index)) return 0.3;
  return 0;
}

/** 1 for a unit of the first passage that a search found, falling to 0 for one of none. */
function semanticRank(passages: readonly ScoredPassage[]): (unit: Unit) => number {
  return (unit) => {
    const rank = passages.findIndex(
      ({ passage }) => passage.note === unit.note.note.id && passage.start <= unit.start && unit.start < passage.end,
    );
    return rank < 0 ? 0 : 1 - rank / Math.max(1, passages.length);
  };
}

interface InTime {
  readonly inside: boolean;
  readonly hit: boolean;
  readonly noteInside: boolean;
  readonly outside: boolean;
  readonly place: boolean;
}

function windowScore({ window }: Question, unit: Unit, dayFirst: boolean): InTime {
  const place = window.places.length > 0 && placeFits(window.places, unit.note.note.type);
  if (!isDated(window)) return { inside: true, hit: false, noteInside: false, outside: false, place };
  const year = Number(unit.date.slice(0, 4));
  const two = (part: number | null): string => (part === null ? '' : `-${String(part).padStart(2, '0')}`);
  const hit = datesIn(unit.text, dayFirst).some((date) =>
    inWindow(window, `${date.year ?? year}${two(date.month)}${date.month === null ? '' : two(date.day)}`),
  );
  const noteInside = inWindow(window, unit.date);
  return { inside: hit || noteInside, hit, noteInside, outside: !hit && !noteInside, place };
}
