import type { Readable, Writable } from 'node:stream';
import { ClinicalError } from '#pipelines/errors.ts';

/** Why a line cannot be used, in words that hold nothing of the line itself. */
export class BadLine extends Error {}

export interface JsonLinesRun {
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
  /** Lines under way at once; output keeps the order of input. */
  readonly concurrency: number;
  /** Turns one parsed line into what is written for it. @throws BadLine, ClinicalError: the line is named and passed over. */
  readonly handle: (value: unknown) => Promise<unknown>;
}

/**
 * Reads JSON lines as they arrive and writes one line for each good one, in order. A bad line is named on `errors`
 * (`line 7: …`) and passed over; blank lines are none. Lines may end in CR LF; the first may bear a byte order mark.
 *
 * @returns The exit code: 0, or 1 where any line was bad.
 */
export async function runJsonLines(run: JsonLinesRun): Promise<number> {
  const waiting: { readonly line: number; readonly result: Promise<Outcome> }[] = [];
  let bad = false;
  const writeFirst = async (): Promise<void> => {
    const { line, result } = waiting.shift()!;
    const outcome = await result;
    if ('reason' in outcome) {
      bad = true;
      await write(run.errors, `line ${line}: ${outcome.reason}\n`);
    } else await write(run.output, `${JSON.stringify(outcome.value)}\n`);
  };
  let number = 0;
  for await (const bytes of linesOf(run.input)) {
    number++;
    const text = decode(bytes, number);
    if (text !== null && text.trim() === '') continue;
    waiting.push({ line: number, result: outcomeOf(text, run.handle) });
    if (waiting.length >= run.concurrency) await writeFirst();
  }
  while (waiting.length > 0) await writeFirst();
  return bad ? 1 : 0;
}

type Outcome = { readonly value: unknown } | { readonly reason: string };

async function outcomeOf(text: string | null, handle: JsonLinesRun['handle']): Promise<Outcome> {
  if (text === null) return { reason: 'not valid UTF-8' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: 'not JSON' };
  }
  try {
    return { value: await handle(value) };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof BadLine) return error.message;
  if (error instanceof ClinicalError) return `${error.message} ${error.remedy} (${error.code})`;
  return 'failed inside (INTERNAL)';
}

/** Lines as bytes, without their line feed, so that a broken encoding spoils one line and not the stream. */
async function* linesOf(input: Readable): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of input) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    let from = 0;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
      yield Buffer.concat([...rest, bytes.subarray(from, at)]);
      rest = [];
      from = at + 1;
    }
    if (from < bytes.length) rest.push(bytes.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

/** Text of a line; null where it is not UTF-8. The decoder drops a byte order mark. */
function decode(bytes: Buffer, line: number): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: line !== 1 }).decode(bytes);
  } catch {
    return null;
  }
}

async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await new Promise((resolve) => stream.once('drain', resolve));
}
