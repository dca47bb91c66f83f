import { readFileSync } from 'node:fs';
import type { GivenSpan, TaggedText, TokenTagger } from '#pipelines/contracts/token-tagger.ts';
import { offsetMap } from '#pipelines/text/index.ts';

/** A note with what the release's reference reader made of it. Offsets are code points, as in the files. */
export interface ParityCase {
  readonly id: string;
  readonly text: string;
  readonly schema: string;
  readonly entities?: readonly GivenSpan[];
  readonly expected: TaggedText;
}

export interface ParityCounts {
  readonly things: number;
  /** One line for each thing that one reader has and the other has not: kind, note and place, never words. */
  readonly differences: readonly string[];
  readonly largestScoreGap: number;
}

/** Reads `notes.jsonl` of a parity folder with what a file beside it expects. */
export function readParityCases(folder: string, expectedFile: string): ParityCase[] {
  const notes = readLines(`${folder}/notes.jsonl`) as { id: string; text: string; entities?: GivenSpan[] }[];
  const expected = readLines(`${folder}/${expectedFile}`) as (TaggedText & { id: string; schema: string })[];
  const byId = new Map(expected.map((line) => [line.id, line]));
  return notes.map((note) => {
    const { schema, entities, relations } = byId.get(note.id)!;
    return { ...note, schema, expected: { entities, relations } };
  });
}

/** Reads each note as the product does and counts spans with labels, flags, actions and relations that differ. */
export async function compareWithReference(cases: readonly ParityCase[], tagger: TokenTagger): Promise<ParityCounts> {
  let things = 0;
  let largestScoreGap = 0;
  const differences: string[] = [];
  for (const one of cases) {
    const ours = thingsOf(await readInCodePoints(one, tagger));
    const theirs = thingsOf(one.expected);
    for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
      things++;
      const [a, b] = [ours.get(key), theirs.get(key)];
      if (a === undefined || b === undefined)
        differences.push(`${one.id}: ${a === undefined ? 'lacks' : 'adds'} ${key}`);
      else largestScoreGap = Math.max(largestScoreGap, Math.abs(a - b));
    }
  }
  return { things, differences, largestScoreGap };
}

async function readInCodePoints(one: ParityCase, tagger: TokenTagger): Promise<TaggedText> {
  const offsets = offsetMap(one.text);
  const entities = one.entities?.map((span) => ({
    ...span,
    start: offsets.toCodeUnit(span.start),
    end: offsets.toCodeUnit(span.end),
  }));
  const read = await tagger.tag(one.text, { schema: one.schema, ...(entities && { entities }) });
  return {
    relations: read.relations,
    entities: read.entities.map((entity) => ({
      ...entity,
      start: offsets.toCodePoint(entity.start),
      end: offsets.toCodePoint(entity.end),
    })),
  };
}

/** Every comparable thing with its score: a span with its label, each flag, each action, each relation. */
function thingsOf(read: TaggedText): Map<string, number> {
  const things = new Map<string, number>();
  const places = new Map(read.entities.map((entity) => [entity.id, `${entity.start}-${entity.end} ${entity.label}`]));
  for (const entity of read.entities) {
    const place = places.get(entity.id)!;
    things.set(`span ${place}`, entity.score);
    for (const flag of entity.flags) things.set(`flag ${flag} on ${place}`, 0);
    if (entity.action !== null) things.set(`action ${entity.action} on ${place}`, 0);
  }
  for (const { type, head, tail, score } of read.relations) {
    things.set(`relation ${type} from ${places.get(head)!} to ${places.get(tail)!}`, score);
  }
  return things;
}

function readLines(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
