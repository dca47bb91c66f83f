import type { Entity, Flag } from '../../domain/entity.ts';
import type { ScoredPassage } from '../../domain/passage.ts';
import { inWindow, isDated, placeFits } from '../question/time-window.ts';
import type { Question, Subject } from '../question/types.ts';
import { ACTION_WORDS, RANKING, REASON_CUES, RELATIVE_WORDS } from '../rules.ts';
import { datesIn } from '../text/dates.ts';
import type { ChartIndex, Unit } from './chart-index.ts';
import type { Match } from './subject-match.ts';
import { matchesOf } from './subject-match.ts';

/** Where each subject of a question stands in a chart. */
export interface SubjectHits {
  readonly subject: Subject;
  readonly matches: readonly Match[];
  readonly byUnit: ReadonlyMap<number, Match>;
  /** How much the subject weighs: rare clinical words more than common ones. */
  readonly weight: number;
  /** Known to a terminology or a word list, and not only by its letters. */
  readonly clinical: boolean;
}

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
const SEMANTIC_PASSAGES = 3;

/** Looks up every subject of a list in the chart. */
export function hitsOf(index: ChartIndex, subjects: readonly Subject[]): SubjectHits[] {
  const clinical = subjects.some((subject) => !isPlain(subject));
  return subjects.map((subject) => {
    const matches = matchesOf(index, subject.forms);
    const rarity = Math.log((index.units.length + 1) / (matches.length + 1)) / Math.log(index.units.length + 2);
    const importance = !isPlain(subject) ? 1.2 : clinical ? 0.35 : 0.7;
    const weight = importance * (0.4 + Math.max(0, rarity));
    return {
      subject,
      matches,
      byUnit: new Map(matches.map((match) => [match.unit.index, match])),
      weight,
      clinical: !isPlain(subject),
    };
  });
}

/** A word that only its letters are known of: neither a terminology nor a word list has it. */
function isPlain({ kind, forms }: Subject): boolean {
  return kind === 'term' && forms.every(({ weight }) => weight === 1);
}

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
      const dated = windowScore(question, unit);
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

function windowScore({ window }: Question, unit: Unit): InTime {
  const place = window.places.length > 0 && placeFits(window.places, unit.note.note.type);
  if (!isDated(window)) return { inside: true, hit: false, noteInside: false, outside: false, place };
  const year = Number(unit.date.slice(0, 4));
  const two = (part: number | null): string => (part === null ? '' : `-${String(part).padStart(2, '0')}`);
  const hit = datesIn(unit.text).some((date) =>
    inWindow(window, `${date.year ?? year}${two(date.month)}${date.month === null ? '' : two(date.day)}`),
  );
  const noteInside = inWindow(window, unit.date);
  return { inside: hit || noteInside, hit, noteInside, outside: !hit && !noteInside, place };
}

/** Entities of a unit that a subject's words lie in. */
export function matchedEntities(unit: Unit, hits: readonly SubjectHits[]): Entity[] {
  return hits.flatMap(({ byUnit }) => {
    const match = byUnit.get(unit.index);
    if (match === undefined) return [];
    const start = unit.start + unit.words[match.first]!.start;
    const end = unit.start + unit.words[match.last]!.end;
    return unit.entities.filter((entity) => entity.start < end && start < entity.end);
  });
}

/** How far the unit holds each thing that is asked for, 0 to 1. */
function attributesOf(
  question: Question,
  unit: Unit,
  index: ChartIndex,
  hits: readonly SubjectHits[],
): Record<string, number> {
  const { asked } = question;
  const matched = matchedEntities(unit, hits);
  const linked = (label: string): number => linkedScore(unit, index, matched, label);
  const scores: Record<string, number> = {};
  if (asked.has('why')) scores['reason'] = reasonScore(question, unit, index, matched);
  if (asked.has('family')) scores['family'] = familyScore(unit, matched);
  if (asked.has('dose') || asked.has('frequency')) scores['dose'] = Math.max(linked('Dose'), 0.8 * linked('Frequency'));
  if (asked.has('when')) scores['time'] = Math.max(linked('Time'), datesIn(unit.text).length > 0 ? 0.6 : 0);
  if (asked.has('duration')) scores['duration'] = linked('Duration');
  if (asked.has('where'))
    scores['site'] = Math.max(linked('BodySite'), /\b(left|right|bilateral)\b/i.test(unit.text) ? 0.8 : 0);
  if (asked.has('adverse') || asked.has('allergy')) scores['adverse'] = adverseScore(unit, index, matched);
  if (question.subjects.some(({ kind }) => kind === 'test' || kind === 'panel')) scores['value'] = linked('Value');
  if (asked.has('procedure')) scores['procedure'] = unit.entities.some(({ label }) => label === 'Procedure') ? 0.6 : 0;
  if (asked.has('medication'))
    scores['medication'] = unit.entities.some(({ label }) => label === 'Medication') ? 0.6 : 0;
  if (question.verb !== null) scores['verb'] = verbScore(question, unit, matched);
  if (asked.has('plan'))
    scores['plan'] = /plan|recommend|instruct|follow|disposition/.test(`${unit.section} ${unit.title}`) ? 0.7 : 0;
  return scores;
}

function linkedScore(unit: Unit, index: ChartIndex, matched: readonly Entity[], label: string): number {
  for (const entity of matched) {
    const ids = index.relationsOf(unit.noteIndex, entity.id).flatMap(({ head, tail }) => [head, tail]);
    if (ids.some((id) => index.entityOf(unit.noteIndex, id)?.label === label)) return 1;
  }
  return unit.entities.some((entity) => entity.label === label) ? 0.4 : 0;
}

function verbScore(question: Question, unit: Unit, matched: readonly Entity[]): number {
  const verb = question.verb!;
  const action: Readonly<Record<string, readonly string[]>> = {
    stop: ['stop'],
    hold: ['hold', 'stop'],
    start: ['start'],
    change: ['increase', 'decrease'],
  };
  if (matched.some((entity) => entity.action !== null && action[verb]!.includes(entity.action))) return 1;
  return unit.words.some(({ stem }) => ACTION_WORDS[verb].has(stem)) ? 0.7 : 0;
}

function reasonScore(question: Question, unit: Unit, index: ChartIndex, matched: readonly Entity[]): number {
  let score = unit.words.some(({ stem }) => REASON_CUES.has(stem)) || /2\/2|d\/t|s\/t|->|→/.test(unit.text) ? 0.5 : 0;
  const related = matched.some(({ id }) =>
    index.relationsOf(unit.noteIndex, id).some(({ type }) => type === 'for' || type === 'by'),
  );
  if (related) score += 0.25;
  if (question.verb !== null) score += 0.4 * verbScore(question, unit, matched);
  return Math.min(
    1,
    score + (unit.entities.some(({ label }) => label === 'Finding' || label === 'Condition') ? 0.15 : 0),
  );
}

function familyScore(unit: Unit, matched: readonly Entity[]): number {
  if (matched.some(({ flags }) => flags.includes('fam'))) return 1;
  return unit.words.some(({ stem }) => RELATIVE_WORDS.has(stem))
    ? 0.8
    : /family/.test(`${unit.section} ${unit.title}`)
      ? 0.7
      : 0;
}

function adverseScore(unit: Unit, index: ChartIndex, matched: readonly Entity[]): number {
  const by = matched.some(({ id }) => index.relationsOf(unit.noteIndex, id).some(({ type }) => type === 'by'));
  if (by || matched.some(({ action }) => action === 'allergy')) return 1;
  return /\b(after|caused?|due to|reaction|side effects?|intoleran|allerg|developed|because)/i.test(unit.text)
    ? 0.6
    : 0;
}
