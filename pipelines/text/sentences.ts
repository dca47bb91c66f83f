import type { TextRange } from '../domain/span.ts';
import abbreviations from '../rules/sections/1/abbreviations.json' with { type: 'json' };

const NEVER_ENDS: ReadonlySet<string> = new Set(abbreviations.neverEndASentence);
const MAY_END: ReadonlySet<string> = new Set(abbreviations.mayEndASentence);

const ITEM = /^\s*(?:[-*•·–—>+]|\(?\d{1,2}[.)](?!\d)|\(?[a-z][.)]|#\s?\d*)\s*/i;
const STOP = /[.!?]+["')\]]*(?=\s|$)/g;
/** A line shorter than this was broken on purpose, and not because the page ended. */
const WRAPPED_LINE = 55;
/** A sentence longer than this is divided at its semicolons, so that a quote stays readable. */
const LONG_SENTENCE = 200;

/**
 * Divides a text into sentences. A line ends a sentence unless the next one plainly goes on (a wrapped line followed by a
 * small letter); list items are sentences of their own; abbreviations, initials and decimals do not end one.
 *
 * @returns Ranges in order, without overlap, white space at the ends left out.
 */
export function splitSentences(text: string): TextRange[] {
  return blocksOf(text).flatMap((block) => sentencesOf(text, block));
}

/** Runs of lines that read as one: a paragraph of wrapped lines, or a single line. */
function blocksOf(text: string): TextRange[] {
  const blocks: { start: number; end: number }[] = [];
  let open: { start: number; end: number; lastLine: string } | null = null;
  for (const match of text.matchAll(/[^\r\n]+|\r\n?|\n/g)) {
    const line = match[0];
    if (/^[\r\n]/.test(line)) continue;
    if (!/\S/.test(line)) {
      open = null;
      continue;
    }
    const end = match.index + line.length;
    const adjoins = open !== null && /^(?:\r\n|\r|\n)$/.test(text.slice(open.end, match.index));
    if (open && adjoins && goesOn(open.lastLine, line)) {
      open.end = end;
      open.lastLine = line;
    } else {
      open = { start: match.index, end, lastLine: line };
      blocks.push(open);
    }
  }
  return blocks;
}

function goesOn(line: string, next: string): boolean {
  const trimmed = line.trimEnd();
  if (ITEM.test(next) || /[.!?:;]["')\]]*$/.test(trimmed)) return false;
  return (
    (trimmed.length >= WRAPPED_LINE && /^\s*[\p{Ll}\d(]/u.test(next)) ||
    /[,(/&]$|\b(?:and|or|of|with|for|the|to|in)$/.test(trimmed)
  );
}

function sentencesOf(text: string, block: TextRange): TextRange[] {
  const body = text.slice(block.start, block.end);
  const ranges: TextRange[] = [];
  let from = 0;
  for (const match of body.matchAll(STOP)) {
    const end = match.index + match[0].length;
    if (!endsSentence(body, match.index, end, from)) continue;
    pushTrimmed(ranges, text, block.start + from, block.start + end);
    from = end;
  }
  pushTrimmed(ranges, text, block.start + from, block.end);
  return ranges.flatMap((range) => clausesOf(text, range));
}

/** Whether the stop at `at` ends a sentence that began at `from`; `end` is the first character after it. */
function endsSentence(body: string, at: number, end: number, from: number): boolean {
  if (body[at] !== '.') return true;
  const before = body.slice(from, at);
  if (/^\s*\(?(?:\d{1,2}|[A-Za-z])$/.test(before)) return false; // the number of a list item
  const word = /[\p{L}\p{N}./]+$/u.exec(before)?.[0].toLowerCase() ?? '';
  const next = /\S/.exec(body.slice(end))?.[0] ?? '';
  const capitalNext = /[\p{Lu}"'(\[]/u.test(next);
  if (NEVER_ENDS.has(word)) return false;
  if (MAY_END.has(word)) return capitalNext;
  // An initial ("J. Smith") or a genus ("E. coli"); a letter before a number ("hepatitis B. 3 doses") ends its sentence.
  if (/^\p{L}$/u.test(word)) return !capitalNext && !(/\p{Lu}$/u.test(before) && /\p{Ll}/u.test(next));
  return true;
}

function clausesOf(text: string, range: TextRange): TextRange[] {
  if (range.end - range.start <= LONG_SENTENCE) return [range];
  const clauses: TextRange[] = [];
  let from = range.start;
  for (const match of text.slice(range.start, range.end).matchAll(/;(?=\s)/g)) {
    const end = range.start + match.index + 1;
    pushTrimmed(clauses, text, from, end);
    from = end;
  }
  pushTrimmed(clauses, text, from, range.end);
  return clauses;
}

function pushTrimmed(ranges: TextRange[], text: string, start: number, end: number): void {
  const piece = text.slice(start, end);
  const lead = piece.length - piece.trimStart().length;
  const trail = piece.length - piece.trimEnd().length;
  if (lead < piece.length) ranges.push({ start: start + lead, end: end - trail });
}
