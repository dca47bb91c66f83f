import type { Question } from '../question/types.ts';
import type { ChartIndex, Unit } from './chart-index.ts';
import type { RankedUnit } from './rank-units.ts';
import type { SubjectHits } from './subject-hits.ts';

/** What the trees look at for one sentence, by name; absent means 0. */
export type TreeFeatures = Readonly<Record<string, number>>;

/** Coverage up to which two sentences name the question's subjects alike. */
const ALIKE = 0.05;
/** From here on, the pair ranker's word counts as "this may answer". */
const ANSWERING = 0.3;

/**
 * The features of sentences that compete for one question, in their order: each one's own, how it stands to the others, and what the
 * question asks. Pure; the names are those that `evals/sentence-ranker/train.py` learned from.
 */
export function treeFeatures(
  candidates: readonly RankedUnit[],
  question: Question,
  index: ChartIndex,
  hits: readonly SubjectHits[],
): TreeFeatures[] {
  const reads = candidates.map(({ features }) => features['reads'] ?? 0);
  const scores = candidates.map(({ score }) => score);
  const ofQuestion = { ...questionFeatures(question, hits), ...fieldFeatures(candidates, reads, scores) };
  const readOf = new Map(candidates.map(({ unit }, i) => [unit.index, reads[i]!]));
  const lastNote = index.chart.notes.length - 1;
  return candidates.map((candidate, i) => ({
    ...candidate.features,
    ...ofQuestion,
    ...unitFeatures(candidate.unit),
    score: candidate.score,
    totalCoverage: candidate.coverage,
    attribute: candidate.attribute,
    inWindow: Number(candidate.inWindow),
    notesAfter: lastNote - candidate.unit.noteIndex,
    readsBehind: reads[i]! - highest(reads),
    scoreBehind: scores[i]! - highest(scores),
    readsRank: reads.filter((other) => other > reads[i]!).length,
    scoreRank: scores.filter((other) => other > scores[i]!).length,
    readsBefore: readOf.get(candidate.unit.index - 1) ?? 0,
    readsAfter: readOf.get(candidate.unit.index + 1) ?? 0,
    newerAlike: alike(candidates, candidate, (note) => note > candidate.unit.noteIndex),
    olderAlike: alike(candidates, candidate, (note) => note < candidate.unit.noteIndex),
  }));
}

function questionFeatures(question: Question, hits: readonly SubjectHits[]): Record<string, number> {
  const features: Record<string, number> = {
    yesNo: Number(question.yesNo),
    verb: Number(question.verb !== null),
    subjects: Math.min(3, question.subjects.length),
    occasions: question.context.length,
    unnamed: hits.filter(({ matches }) => matches.length === 0).length,
    windowWords: question.window.words.length,
    places: question.window.places.length,
  };
  for (const kind of question.asked) features[`asks.${kind}`] = 1;
  for (const { subject } of hits) features[`of.${subject.kind}`] = 1;
  return features;
}

/** How many sentences compete and how strongly. */
function fieldFeatures(
  candidates: readonly RankedUnit[],
  reads: readonly number[],
  scores: readonly number[],
): Record<string, number> {
  const features: Record<string, number> = {
    bestCoverage: Math.max(0, ...candidates.map(({ coverage }) => coverage)),
    covering: candidates.filter(({ coverage }) => coverage > 0.9).length,
    answering: candidates.filter(({ features: own }) => (own['answers'] ?? 0) > ANSWERING).length,
  };
  [...reads]
    .sort((a, b) => b - a)
    .slice(0, 3)
    .forEach((value, i) => (features[`reads.${i + 1}`] = value));
  [...scores]
    .sort((a, b) => b - a)
    .slice(0, 3)
    .forEach((value, i) => (features[`score.${i + 1}`] = value));
  return features;
}

function highest(values: readonly number[]): number {
  return Math.max(...values);
}

function alike(candidates: readonly RankedUnit[], own: RankedUnit, where: (noteIndex: number) => boolean): number {
  return candidates.filter(({ unit, coverage }) => where(unit.noteIndex) && coverage >= own.coverage - ALIKE).length;
}

const SECTIONS: readonly (readonly [string, RegExp])[] = [
  ['allergies', /allerg/],
  ['exam', /exam|vital/],
  ['results', /result|lab|imaging|finding|patholog/],
  ['social', /social|habit/],
  ['course', /course|progress|interval|event/],
  ['procedure', /procedure|operat|surg/],
];

function unitFeatures(unit: Unit): Record<string, number> {
  const place = `${unit.section} ${unit.title}`;
  const features: Record<string, number> = {
    words: unit.words.length,
    numbers: unit.text.match(/\d+(?:[.,/]\d+)*/g)?.length ?? 0,
    labels: unit.text.match(/:/g)?.length ?? 0,
  };
  for (const [name, pattern] of SECTIONS) if (pattern.test(place)) features[`in.${name}`] = 1;
  return features;
}
