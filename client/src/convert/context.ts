interface Range {
  readonly start: number;
  readonly end: number;
}

const FURTHEST = 160;

/** The words at a range with the rest of their line and one line on either side, shortened where lines are long. */
export function contextOf(text: string, { start, end }: Range): { before: string; quote: string; after: string } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const previous = lineStart > 0 ? text.lastIndexOf('\n', lineStart - 2) + 1 : 0;
  const lineEnd = text.indexOf('\n', end);
  const next = lineEnd < 0 ? text.length : text.indexOf('\n', lineEnd + 1);
  const stop = next < 0 ? text.length : next;
  const from = Math.max(previous, start - FURTHEST);
  const to = Math.min(stop, end + FURTHEST);
  return {
    before: (from > previous ? '…' : '') + text.slice(from, start).trimStart(),
    quote: text.slice(start, end),
    after: text.slice(end, to).trimEnd() + (to < stop ? '…' : ''),
  };
}
