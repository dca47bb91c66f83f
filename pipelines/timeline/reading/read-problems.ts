import type { Entity } from '#pipelines/domain/entity.ts';
import type { When } from '#pipelines/domain/timeline.ts';
import type { Steps } from '#pipelines/domain/steps.ts';
import { stepsOf } from '#pipelines/domain/steps.ts';
import { back } from '../dates/shift.ts';
import { normaliseTime } from '../dates/normalise-time.ts';
import { WORDS, alternatives, anyOf } from '../words.ts';
import { lateralityOfMention } from './laterality.ts';
import type { ReadingContext } from './mention.ts';
import { bestTime, mentionOf } from './mention.ts';
import type { ProblemMention } from './reading.ts';
import { isNoAllergyStatement } from './read-allergies.ts';

const RELATIVE = new RegExp(
  `(?<![\\p{L}])(?:(?:his|her|their|pt's|patient's)[ \\t]+)?((?:(?:maternal|paternal|older|younger|elder|twin|half)[ -])*(?:${alternatives(WORDS.clinical.relatives)}))(?![\\p{L}])`,
  'giu',
);
const RESOLVED = anyOf(WORDS.clinical.resolved);
const RULED_OUT = anyOf(WORDS.clinical.ruledOut);
const LENGTH = new RegExp(
  `^(?:x ?|for |over |past |the |last |about |~ ?)*(\\d+(?:\\.\\d+)?)(?: ?(?:-|to) ?\\d+)?[ -]?(${alternatives(Object.keys(WORDS.time.units))})(?!\\p{L})|^x? ?(\\d+)\\/(7|52|12)$`,
  'u',
);

/** Reads conditions and findings with status words, onset, side and, for family history, whose it is. */
export function readProblems(context: ReadingContext): Steps<ProblemMention[]> {
  const { view } = context;
  const problems = view.entities
    .filter(({ label }) => label === 'Condition' || label === 'Finding')
    .filter((entity) => !isNoAllergyStatement(view.words(entity)));
  return stepsOf(problems, (entity) => [readProblem(context, entity)]);
}

function readProblem(context: ReadingContext, entity: Entity): ProblemMention {
  const { view } = context;
  const sentence = view.sentenceAt(entity.start);
  const line = view.lineAt(entity.start);
  const nextEntity = view
    .within({ start: entity.end, end: entity.end + 60 })
    .find(({ label }) => label === entity.label);
  const after = view.text.slice(
    entity.end,
    Math.min(sentence.end, line.end, nextEntity?.start ?? Infinity, entity.end + 60),
  );
  const before = view.text.slice(Math.max(sentence.start, entity.start - 30), entity.start);
  return {
    ...mentionOf(context, entity),
    kind: entity.label === 'Condition' ? 'condition' : 'finding',
    onset: entity.flags.includes('neg') || entity.flags.includes('fam') ? null : onsetOf(context, entity),
    laterality: lateralityOfMention(view, entity),
    relative: entity.flags.includes('fam') ? relativeOf(context, entity) : null,
    resolved: RESOLVED.test(after) || /\b(?:resolved|resolution of|healed|recovered from|cleared)\s+$/i.test(before),
    ruledOut: entity.flags.includes('neg') && (RULED_OUT.test(after) || RULED_OUT.test(before)),
  };
}

/** A date linked to it; else reckoned back from how long it has lasted ("x 3 days"). */
function onsetOf(context: ReadingContext, entity: Entity): When | null {
  const dated = bestTime(context.times.timesOf(entity.id));
  if (dated !== null) return dated.when;
  const { view, time } = context;
  for (const duration of view.dependents(entity.id, 'of').filter(({ label }) => label === 'Duration')) {
    const match = LENGTH.exec(normaliseTime(view.words(duration)).text);
    if (match === null) continue;
    const unit =
      match[4] === undefined
        ? (WORDS.time.units as Record<string, string>)[match[2]!]!
        : { 7: 'day', 52: 'week', 12: 'month' }[match[4]]!;
    const start = back(Number(match[1] ?? match[3]), unit, time.noteDate);
    if (start !== null) return { ...start, end: time.noteDate };
  }
  return null;
}

/** The relative named before it in the sentence or list item, else after it ("breast cancer in a maternal aunt"). */
function relativeOf({ view }: ReadingContext, entity: Entity): string | null {
  const sentence = view.sentenceAt(entity.start);
  const before = view.text.slice(sentence.start, entity.start);
  const named = [...before.matchAll(RELATIVE)].at(-1);
  if (named !== undefined) return named[1]!;
  const after = view.text.slice(entity.end, Math.min(sentence.end, entity.end + 50));
  return [...after.matchAll(RELATIVE)][0]?.[1] ?? null;
}
