import type { FoundCue, Token } from './find-cues.ts';

/** An entity within a sentence: a half-open range of token indexes. */
export interface PlacedEntity {
  readonly id: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** Words that may stand between a cue and the items of its list. */
const CONNECTORS: ReadonlySet<string> = new Set(
  'and or nor any other the a an of to in for & / , his her their either new such as ( )'.split(' '),
);
const CLAUSE_ENDS: ReadonlySet<string> = new Set([',', ';', ':', '(', ')', '|', '→', '–', '—']);
const LIST_ENDS: ReadonlySet<string> = new Set([';', ':', '→']);
/** Other words between a cue and the first item, and between items of a list. */
const FIRST_GAP = 5;
const LIST_GAP = 2;
const TOUCHING_GAP = 2;
const NEXT_GAP = 2;

/**
 * Entities that a cue reaches, in a sentence whose entities are in order. A terminating cue of the same flag, or a closing
 * bracket around the cue, ends its reach.
 */
export function reachOf(
  cue: FoundCue,
  tokens: readonly Token[],
  entities: readonly PlacedEntity[],
  cues: readonly FoundCue[],
): PlacedEntity[] {
  return placesOf(cue, tokens, entities, cues).filter(({ label }) => cue.labels?.includes(label) ?? true);
}

function placesOf(
  cue: FoundCue,
  tokens: readonly Token[],
  entities: readonly PlacedEntity[],
  cues: readonly FoundCue[],
): PlacedEntity[] {
  switch (cue.direction) {
    case 'forward':
      return reachForward(cue, tokens, entities, forwardLimit(cue, tokens, cues));
    case 'backward':
      return reachBackward(cue, tokens, entities, backwardLimit(cue, tokens, cues));
    case 'attached':
      return entities.filter((entity) => entity.from === cue.to && tokens[entity.from]!.start - cue.end <= 1);
    default:
      return [];
  }
}

function forwardLimit(cue: FoundCue, tokens: readonly Token[], cues: readonly FoundCue[]): number {
  const ends = cues.filter(
    ({ direction, flag, from }) => direction === 'terminate' && flag === cue.flag && from >= cue.to,
  );
  let limit = Math.min(tokens.length, ...ends.map(({ from }) => from));
  let depth = 0;
  for (let at = cue.to; at < limit; at++) {
    const { text } = tokens[at]!;
    if (text === '(') depth++;
    if (text === ')' && --depth < 0) limit = at;
    if (cue.scope === 'list' && depth === 0 && LIST_ENDS.has(text) && at > cue.to) limit = at;
    if (cue.scope === 'clause' && depth === 0 && CLAUSE_ENDS.has(text) && at > cue.to) limit = at;
  }
  return limit;
}

function backwardLimit(cue: FoundCue, tokens: readonly Token[], cues: readonly FoundCue[]): number {
  const ends = cues.filter(
    ({ direction, flag, to }) => direction === 'terminate' && flag === cue.flag && to <= cue.from,
  );
  let limit = Math.max(0, ...ends.map(({ to }) => to));
  for (let at = cue.from - 1; at >= limit; at--) {
    const text = tokens[at]!.text;
    if (text === ';' || text === '(' || (cue.scope === 'clause' && CLAUSE_ENDS.has(text) && text !== ')'))
      limit = at + 1;
  }
  return limit;
}

function reachForward(
  cue: FoundCue,
  tokens: readonly Token[],
  entities: readonly PlacedEntity[],
  limit: number,
): PlacedEntity[] {
  const ahead = entities.filter((entity) => entity.from >= cue.to && entity.from < limit);
  if (cue.scope === 'sentence') return ahead;
  const reached: PlacedEntity[] = [];
  let at = cue.to;
  for (const entity of ahead) {
    const gap = otherWords(tokens, at, entity.from);
    const most = cue.scope === 'next' ? NEXT_GAP : at === cue.to ? FIRST_GAP : LIST_GAP;
    if (gap > most) break;
    if (cue.scope === 'list' && opensBracket(tokens, cue.to, entity.from)) continue; // an aside: "no NSAIDs (CKD)"
    reached.push(entity);
    if (cue.scope === 'next') break;
    at = Math.max(at, entity.to);
  }
  return reached;
}

function reachBackward(
  cue: FoundCue,
  tokens: readonly Token[],
  entities: readonly PlacedEntity[],
  limit: number,
): PlacedEntity[] {
  const before = entities.filter((entity) => entity.to <= cue.from && entity.from >= limit).reverse();
  if (cue.scope === 'sentence') return before;
  const reached: PlacedEntity[] = [];
  let at = cue.from;
  for (const entity of before) {
    const most = cue.scope === 'clause' ? FIRST_GAP : TOUCHING_GAP;
    if (otherWords(tokens, entity.to, at) > most) break;
    reached.push(entity);
    if (cue.scope !== 'clause') break;
    at = entity.from;
  }
  return reached;
}

function opensBracket(tokens: readonly Token[], from: number, to: number): boolean {
  let depth = 0;
  for (let at = from; at < to; at++) depth += tokens[at]!.text === '(' ? 1 : tokens[at]!.text === ')' ? -1 : 0;
  return depth > 0;
}

/** Words of a stretch that are neither connectors nor punctuation. */
function otherWords(tokens: readonly Token[], from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    if (!CONNECTORS.has(tokens[at]!.text) && /[\p{L}\p{N}]/u.test(tokens[at]!.text)) count++;
  }
  return count;
}
