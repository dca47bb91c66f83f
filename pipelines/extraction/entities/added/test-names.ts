import type { TaggedEntity } from '../../../contracts/token-tagger.ts';
import type { TextRange } from '../../../domain/span.ts';
import rules from '../../../rules/added-mentions/1/results.json' with { type: 'json' };
import { lineAt, oneOf } from './patterns.ts';
import type { SecondReading } from './reading.ts';
import type { WrittenValue } from './values.ts';

/** The test that stands before a value. */
export interface NamedTest {
  readonly range: TextRange;
  /** The model's mention of it. */
  readonly entity: TaggedEntity | null;
  /** Canonical name; null for a mention that the terminology does not know. */
  readonly concept: string | null;
  /** The words name a drug or supplement too. */
  readonly isSubstance: boolean;
  /** Colon, equals sign, column mark or a verb between name and value. */
  readonly isStated: boolean;
}

const CONNECTOR = new RegExp(
  `(?<stated>[ \\t]*(?::|=|\\||->|\\.{2,})[ \\t]*|[ \\t]+(?:${oneOf(rules.connectors)}):?[ \\t]+(?:(?:approximately|about|around|only)[ \\t]+)?)$|[ \\t]*-[ \\t]*$|[ \\t]+$|$`,
  'iu',
);
const GOAL = new RegExp(`(?<![\\p{L}\\d])(?:${oneOf(rules.goalCues)})(?![\\p{L}\\d])[^.;\\n]{0,15}$`, 'iu');
const TOKEN = /[^\s,;:|=()[\]<>]+/g;
const ALIASES: ReadonlyMap<string, string> = new Map(Object.entries(rules.aliases));
const LEADING: ReadonlySet<string> = new Set(rules.leadingWords);
const NOT_NAMES: ReadonlySet<string> = new Set(rules.notNames);
const REACH = 90;
const MOST_WORDS = 5;

/** Finds the test right before a value: the model's mention that ends there, else the longest known name. */
export function nameBefore(
  reading: SecondReading,
  value: WrittenValue,
  entityEndingAt: (offset: number) => TaggedEntity | undefined,
): NamedTest | null {
  const { text } = reading;
  const from = Math.max(lineAt(text, value.start).start, value.start - REACH);
  const before = text.slice(from, value.start);
  const connector = CONNECTOR.exec(before)!;
  const isStated = connector.groups!['stated'] !== undefined;
  const end = from + connector.index;
  if (end === value.start && value.form === 'words') return null;
  const entity = entityEndingAt(end);
  if (entity !== undefined) {
    if (entity.label !== 'Test') return null;
    const concept = reading.terminology.test(text.slice(entity.start, end))?.name ?? null;
    return { range: entity, entity, concept, isSubstance: false, isStated };
  }
  if (end === from || !reading.isFree({ start: end - 1, end })) return null;
  const named = longestName(reading, from, before.slice(0, connector.index));
  return named === null ? null : { ...named, entity: null, isStated };
}

function longestName(
  { text, terminology }: SecondReading,
  from: number,
  before: string,
): Pick<NamedTest, 'range' | 'concept' | 'isSubstance'> | null {
  const end = from + before.length;
  for (const start of startsOf(before)) {
    const words = before.slice(start);
    if (LEADING.has(words.split(/\s/, 1)[0]!.toLowerCase())) continue;
    if (NOT_NAMES.has(words)) return null;
    const concept = terminology.test(ALIASES.get(words) ?? words);
    if (concept === null || !text.slice(end - 1, end).match(/[\p{L}\p{N}+)]/u)) continue;
    const isSubstance = terminology.medication(words) !== null;
    return { range: { start: from + start, end }, concept: concept.name, isSubstance };
  }
  return null;
}

/** Starts of the last words that stand together at the end of a piece of text, the most words first. */
function startsOf(before: string): number[] {
  const starts: number[] = [];
  const tokens = [...before.matchAll(TOKEN)].slice(-MOST_WORDS);
  let next = before.length;
  for (const token of tokens.reverse()) {
    const between = before.slice(token.index + token[0].length, next);
    if (!/^ ?$/.test(between) || (next !== before.length && /[.!?]$/.test(token[0]))) break;
    starts.unshift(token.index);
    next = token.index;
  }
  return starts;
}

/** Whether the words before a test make its number a goal, a limit or a condition. */
export function isGoal(text: string, testStart: number): boolean {
  return GOAL.test(text.slice(Math.max(0, testStart - 40), testStart));
}
