import type { TextRange } from '../../domain/span.ts';
import { wordsOf } from '../../text/words.ts';
import type { ContextRules, CueRule } from './context-rules.ts';

/** A word of a sentence, lower case, with its place in the note. */
export interface Token extends TextRange {
  readonly text: string;
}

/** A cue found in a sentence: `from` and `to` are a half-open range of token indexes. */
export interface FoundCue extends TextRange, CueRule {
  readonly from: number;
  readonly to: number;
}

export function tokensOf(text: string, sentence: TextRange): Token[] {
  const body = text.slice(sentence.start, sentence.end);
  return wordsOf(body)
    .filter((word) => word.form === 'word')
    .map((word) => ({
      start: sentence.start + word.start,
      end: sentence.start + word.end,
      text: body.slice(word.start, word.end).toLowerCase().replace('’', "'"),
    }));
}

/**
 * Finds the cues of a sentence. A phrase that lies within a longer one does not count ("history of" in "no history of"), nor
 * does one within an entity; phrases of the same words count with all their rules.
 */
export function findCues(tokens: readonly Token[], entities: readonly TextRange[], rules: ContextRules): FoundCue[] {
  const cues: FoundCue[] = [];
  let covered = 0;
  for (let from = 0; from < tokens.length; from++) {
    const match = longestMatch(tokens, from, rules);
    if (!match || match.to <= covered) continue;
    covered = match.to;
    const place = { from, to: match.to, start: tokens[from]!.start, end: tokens[match.to - 1]!.end };
    if (entities.some((entity) => entity.start <= place.start && place.end <= entity.end)) continue;
    cues.push(...match.rules.map((rule) => ({ ...rule, ...place })));
  }
  return cues;
}

function longestMatch(
  tokens: readonly Token[],
  from: number,
  rules: ContextRules,
): { to: number; rules: readonly CueRule[] } | null {
  for (const phrase of rules.phrases.get(tokens[from]!.text) ?? []) {
    if (!phrase.words.every((word, offset) => tokens[from + offset]?.text === word)) continue;
    const to = from + phrase.words.length;
    const fitting = phrase.rules.filter((rule) => stands(rule, tokens, from, to));
    if (fitting.length > 0) return { to, rules: fitting };
  }
  return null;
}

const CLAUSE_END = /^[.;,|)]$/;

/** Whether a rule's demands on what stands around it hold. */
function stands(rule: CueRule, tokens: readonly Token[], from: number, to: number): boolean {
  const next = tokens[to];
  if (rule.final && next && !CLAUSE_END.test(next.text) && next.text !== '(') return false;
  if (
    rule.glued &&
    (from === 0 || next?.start !== tokens[to - 1]!.end || tokens[from - 1]!.end === tokens[from]!.start)
  ) {
    return false;
  }
  return true;
}
