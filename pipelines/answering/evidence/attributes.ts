import type { Entity } from '../../domain/entity.ts';
import type { Question } from '../question/types.ts';
import { ACTION_WORDS, REASON_CUES, RELATIVE_WORDS } from '../rules.ts';
import { datesIn } from '../text/dates.ts';
import type { ChartIndex, Unit } from './chart-index.ts';
import type { SubjectHits } from './subject-hits.ts';

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
export function attributesOf(
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
