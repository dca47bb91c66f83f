import type { BriefSection, PageCaps } from './types.ts';

/** Lines of an A4 or letter page in the client's print style, headings included. */
export const PAGE_LINES = 62;
/** Characters of one line. */
const LINE = 118;
/** Room that a citation's mark takes. */
const MARK = 4;

/** From the fullest page to the shortest: the first that fits is taken. */
export const LEVELS: readonly PageCaps[] = [
  { problems: 7, recent: 4, quoteWords: 24, listed: 6, open: 8 },
  { problems: 6, recent: 3, quoteWords: 18, listed: 6, open: 6 },
  { problems: 5, recent: 3, quoteWords: 14, listed: 3, open: 6 },
  { problems: 5, recent: 2, quoteWords: 0, listed: 3, open: 4 },
  { problems: 4, recent: 2, quoteWords: 0, listed: 3, open: 2 },
  { problems: 3, recent: 1, quoteWords: 0, listed: 3, open: 2 },
];

/** Lines that sections take on paper. */
export function linesOf(sections: readonly BriefSection[]): number {
  return sections
    .filter(({ claims }) => claims.length > 0)
    .reduce(
      (sum, { claims }) =>
        sum +
        1.3 +
        claims.reduce(
          (lines, { text, citations }) => lines + Math.ceil((text.length + MARK * citations.length) / LINE),
          0,
        ),
      0,
    );
}
