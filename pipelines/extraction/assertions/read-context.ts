import type { Section } from '../../domain/annotated-note.ts';
import type { Cue, Flag } from '../../domain/entity.ts';
import { FLAGGED_LABELS, FLAGS } from '../../domain/entity.ts';
import type { TextRange } from '../../domain/span.ts';
import { lastAtOrBefore } from '../../domain/span.ts';
import type { Steps } from '../../domain/steps.ts';
import { finish } from '../../domain/steps.ts';
import type { PlacedEntity } from './apply-cues.ts';
import { reachOf } from './apply-cues.ts';
import type { ContextRules } from './context-rules.ts';
import { contextRules } from './context-rules.ts';
import type { Token } from './find-cues.ts';
import { findCues, tokensOf } from './find-cues.ts';

/** An entity as the rule reader needs it. */
export interface ContextEntity extends TextRange {
  readonly id: string;
  readonly label: string;
}

/** What the rules read of one entity. */
export interface RuleReading {
  readonly flags: readonly Flag[];
  /** The words that set the flags, in order; empty where only the section did and it has no title. */
  readonly cues: readonly Cue[];
}

/** A note's text with the layers that the rules look at. */
export interface ContextNote {
  readonly text: string;
  readonly sentences: readonly TextRange[];
  readonly sections: readonly Section[];
  readonly entities: readonly ContextEntity[];
}

/**
 * Reads negation, uncertainty, hypothesis, history and experiencer by ConText's rules: cues with a direction, terminating
 * and pseudo cues, lists, and sections. Independent of the model. After Harkema et al., J Biomed Inform 2009.
 *
 * @returns A reading for each entity that can carry flags, by id.
 */
export function readContext(note: ContextNote, rules: ContextRules = contextRules()): Map<string, RuleReading> {
  return finish(readContextInSteps(note, rules));
}

/** Likewise in small steps, for a caller that has other things to do in between. */
export function* readContextInSteps(
  note: ContextNote,
  rules: ContextRules = contextRules(),
): Steps<Map<string, RuleReading>> {
  const cues = new Map<string, Cue[]>();
  const mark = (id: string, cue: Cue): void => {
    cues.set(id, [...(cues.get(id) ?? []), cue]);
  };
  const sorted = [...note.entities].sort((a, b) => a.start - b.start);
  const bySentence = entitiesBySentence(note.sentences, sorted);
  for (const [index, sentence] of note.sentences.entries()) {
    const inside = bySentence[index]!;
    if (inside.length === 0) continue;
    readSentence(tokensOf(note.text, sentence), inside, rules, mark);
    yield;
  }
  readSections(note, sorted, rules, mark);
  const readings = new Map<string, RuleReading>();
  for (const entity of sorted) {
    if (!FLAGGED_LABELS.has(entity.label)) continue;
    const found = uniqueCues(cues.get(entity.id) ?? []).filter(({ flag }) => rules.labels[flag].includes(entity.label));
    readings.set(entity.id, { flags: FLAGS.filter((flag) => found.some((cue) => cue.flag === flag)), cues: found });
  }
  return readings;
}

function readSentence(
  tokens: readonly Token[],
  entities: readonly ContextEntity[],
  rules: ContextRules,
  mark: (id: string, cue: Cue) => void,
): void {
  const placed = entities.map((entity) => place(entity, tokens));
  const cues = findCues(tokens, entities, rules);
  for (const cue of cues) {
    for (const { id } of reachOf(cue, tokens, placed, cues))
      mark(id, { flag: cue.flag, start: cue.start, end: cue.end });
  }
  for (const entity of placed) {
    const year = tokens.slice(entity.to, entity.to + 3).find(({ text }) => /^(?:19|20)\d\d$/.test(text));
    for (const { flag, labels } of year ? rules.pastByYear : []) {
      if (labels.includes(entity.label)) mark(entity.id, { flag, start: year!.start, end: year!.end });
    }
    const words = tokens.slice(entity.from, entity.to);
    for (const { flag, phrases } of rules.within) {
      const at = phrases.map((phrase) => indexOfPhrase(words, phrase)).find((index) => index >= 0);
      if (at !== undefined) mark(entity.id, { flag, start: words[at]!.start, end: words[at]!.end });
    }
  }
}

function place(entity: ContextEntity, tokens: readonly Token[]): PlacedEntity {
  const from = tokens.findIndex((token) => token.end > entity.start);
  const after = tokens.findIndex((token) => token.start >= entity.end);
  return {
    id: entity.id,
    label: entity.label,
    from: Math.max(0, from),
    to: after < 0 ? tokens.length : Math.max(after, from + 1),
  };
}

function indexOfPhrase(words: readonly Token[], phrase: readonly string[]): number {
  return words.findIndex((_, start) => phrase.every((word, offset) => words[start + offset]?.text === word));
}

function readSections(
  note: ContextNote,
  entities: readonly ContextEntity[],
  rules: ContextRules,
  mark: (id: string, cue: Cue) => void,
): void {
  for (const section of note.sections) {
    for (const rule of rules.sections) {
      if (rule.category !== section.category) continue;
      const end = rule.wholeSection ? section.end : spokenFor(section, note.text);
      for (const entity of startingWithin(entities, section.start, end)) {
        if (!rule.labels.includes(entity.label) || (rule.withoutValue && hasValue(entity, entities))) continue;
        mark(entity.id, { flag: rule.flag, ...(section.title ?? { start: section.start, end: section.start + 1 }) });
      }
    }
  }
}

/**
 * Where the reach of a title ends: with its line if that goes on after the title ("FH: father MI"), else with the section.
 * Telegraphic notes go on to other matters on the next line without a header.
 */
function spokenFor(section: Section, text: string): number {
  if (section.title === null) return section.end;
  const lineEnd = text.indexOf('\n', section.title.end);
  const rest = text.slice(section.title.end, lineEnd < 0 ? text.length : lineEnd);
  return lineEnd < 0 || !/[\p{L}\p{N}]/u.test(rest) ? section.end : Math.min(section.end, lineEnd);
}

/** A value that reaches a test from before it begins at most so many code units ahead. */
const LONGEST_VALUE = 400;

/** Whether a value stands right after (or before) a test: then it was done. */
function hasValue(test: ContextEntity, entities: readonly ContextEntity[]): boolean {
  const near = 25;
  return startingWithin(entities, test.start - LONGEST_VALUE, test.end + near).some(
    (entity) => entity.label === 'Value' && test.start - near < entity.end,
  );
}

/** Entities, sorted by start, that start in a range. */
function startingWithin(entities: readonly ContextEntity[], start: number, end: number): readonly ContextEntity[] {
  return entities.slice(lastAtOrBefore(entities, start - 1) + 1, lastAtOrBefore(entities, end - 1) + 1);
}

function entitiesBySentence(
  sentences: readonly TextRange[],
  sorted: readonly ContextEntity[],
): readonly (readonly ContextEntity[])[] {
  let next = 0;
  return sentences.map((sentence) => {
    const inside: ContextEntity[] = [];
    while (next < sorted.length && sorted[next]!.start < sentence.end) {
      if (sorted[next]!.start >= sentence.start) inside.push(sorted[next]!);
      next++;
    }
    return inside;
  });
}

function uniqueCues(cues: readonly Cue[]): Cue[] {
  const byPlace = new Map(cues.map((cue) => [`${cue.flag} ${cue.start} ${cue.end}`, cue]));
  return [...byPlace.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}
