import { lineRanges } from './segments.ts';

/** Shorter lines repeat by chance ("Plan:", "BP 120/80"). */
const LEAST = 40;

const key = (line: string): string => line.replace(/\s+/g, ' ').trim();

/** Starts of the lines of a text that stand word for word (white space aside) in an earlier text. */
export function copiedLineStarts(text: string, earlier: readonly string[]): ReadonlySet<number> {
  if (earlier.length === 0) return new Set();
  const known = new Set(earlier.flatMap((other) => other.split(/\r\n|\n|\r/).map(key)));
  return new Set(
    lineRanges(text)
      .filter(({ start, end }) => {
        const line = key(text.slice(start, end));
        return line.length >= LEAST && known.has(line);
      })
      .map(({ start }) => start),
  );
}
