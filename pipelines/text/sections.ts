import type { Section } from '../domain/annotated-note.ts';
import rules from '../rules/sections/1/sections.json' with { type: 'json' };

/** Signs the section layer. */
export const SECTION_RULES = 'sections/1';

interface Header {
  readonly start: number;
  readonly titleEnd: number;
  readonly category: string;
}

const CATEGORY_OF = new Map(
  rules.categories.flatMap(({ category, titles }) => titles.map((title) => [title, category])),
);
const CATEGORY_OF_KEYWORD = new Map(
  rules.keywords.flatMap(({ category, words }) => words.map((word) => [word, category])),
);
const LINE_START_ONLY: ReadonlySet<string> = new Set(rules.lineStartOnly);
const NEEDS_COLON: ReadonlySet<string> = new Set(rules.lineAloneNeedsColon);

const LINE = /[^\r\n]+/g;
// Marks that may stand before a title: headings and emphasis of plain-text conventions, numbers of a form.
const TITLE_WITH_COLON =
  /^(?:[\s#*_=>]|\d{1,2}[.)]\s)*(\p{L}[\p{L}\p{N}/&+.,' ()-]{0,58}?)\s*[*_]*(?::|\s[-–—](?=\s))/u;
const TITLE_ALONE = /^[\s#*_=]*(\p{L}[\p{L}/&+.,' ()-]{0,58}?)[\s#*_=]*$/u;
const TITLE_WITHIN = /(?<=[.;|!?)]\s{1,3}|\s{3})(\p{Lu}[\p{L}/&]*(?: [\p{L}/&]+){0,3}):/gu;
const MAX_TITLE_WORDS = 7;

/**
 * Divides a note into sections by their headers: titles known from the rules anywhere that a header may stand, whole lines
 * in capitals, and titles that hold a telling word ("Meds on transfer:"). Every character after the first header belongs to
 * a section; text before it has no title and the category `other`.
 *
 * @returns Sections in order, adjoining, together the whole text; empty for a text without words.
 */
export function findSections(text: string): Section[] {
  if (!/\S/.test(text)) return [];
  const headers = findHeaders(text);
  const sections: Section[] = [];
  const first = headers[0]?.start ?? text.length;
  if (first > 0) sections.push({ start: 0, end: first, category: 'other', title: null });
  headers.forEach((header, index) => {
    sections.push({
      start: header.start,
      end: headers[index + 1]?.start ?? text.length,
      category: header.category,
      title: { start: header.start, end: header.titleEnd },
    });
  });
  return sections;
}

function findHeaders(text: string): Header[] {
  const shouting = isMostlyCapitals(text);
  const headers: Header[] = [];
  let lastEnd = 0;
  for (const match of text.matchAll(LINE)) {
    const afterBlank =
      match.index === 0 || /\n[ \t]*\r?\n$|^\s+$/.test(text.slice(Math.max(0, lastEnd - 1), match.index));
    lastEnd = match.index + match[0].length;
    const header = headerOfLine(match[0], match.index, afterBlank, shouting);
    if (header) headers.push(header);
    headers.push(...headersWithin(match[0], match.index, header?.titleEnd ?? match.index));
  }
  return headers;
}

function headerOfLine(line: string, offset: number, afterBlank: boolean, shouting: boolean): Header | null {
  const withColon = TITLE_WITH_COLON.exec(line);
  if (withColon) {
    const category = categoryOf(withColon[1]!) ?? keywordCategory(withColon[1]!);
    if (category !== null) return headerAt(line, offset, withColon[1]!, category);
  }
  const alone = TITLE_ALONE.exec(line);
  if (!alone || wordsIn(alone[1]!) > MAX_TITLE_WORDS) return null;
  const title = alone[1]!;
  if (!/^\p{Lu}/u.test(title) || NEEDS_COLON.has(normalise(title))) return null;
  const known = categoryOf(title);
  if (known !== null) return headerAt(line, offset, title, known);
  if (title !== title.toUpperCase() || shouting || !afterBlank || title.length < 4) return null;
  return headerAt(line, offset, title, keywordCategory(title) ?? 'other');
}

/** Telegraphic notes put several headers on a line: "NKDA. Meds: lisinopril. FH: father MI." */
function headersWithin(line: string, offset: number, after: number): Header[] {
  const headers: Header[] = [];
  for (const match of line.matchAll(TITLE_WITHIN)) {
    const title = match[1]!;
    const category = categoryOf(title);
    if (category === null || LINE_START_ONLY.has(normalise(title)) || offset + match.index < after) continue;
    headers.push({ start: offset + match.index, titleEnd: offset + match.index + title.length, category });
  }
  return headers;
}

function headerAt(line: string, offset: number, title: string, category: string): Header {
  const start = offset + line.indexOf(title);
  return { start, titleEnd: start + title.length, category };
}

function categoryOf(title: string): string | null {
  const whole = normalise(title);
  const known = CATEGORY_OF.get(whole) ?? CATEGORY_OF.get(whole.replace(/^(?:the|pt|patient's|patient) /, ''));
  if (known !== undefined) return known;
  const parts = whole.split(/\s*(?:[/&,+]| and )\s*/);
  const categories = parts.map((part) => CATEGORY_OF.get(part));
  return parts.length > 1 && categories.every((category) => category !== undefined) ? categories[0]! : null;
}

/** Category of a title that the rules do not list, by the first telling word in it. */
function keywordCategory(title: string): string | null {
  const words = normalise(title).split(/[\s/&,]+/);
  if (words.length > MAX_TITLE_WORDS) return null;
  for (const [keyword, category] of CATEGORY_OF_KEYWORD) if (words.includes(keyword)) return category;
  return null;
}

function normalise(title: string): string {
  return title
    .toLowerCase()
    .replace(/\([^)]*\)?/g, '')
    .replace(/\./g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function wordsIn(title: string): number {
  return title.trim().split(/\s+/).length;
}

function isMostlyCapitals(text: string): boolean {
  const letters = text.slice(0, 20_000).match(/\p{L}/gu) ?? [];
  return letters.filter((letter) => letter !== letter.toLowerCase()).length > letters.length / 2;
}
