import type { TextRange } from '#pipelines/domain/span.ts';
import { WORDS, alternatives } from '../words.ts';

/** A heading, or a label at the start of a line ("Meds:"), in force from `start` on. */
export interface Heading extends TextRange {
  /** Lower case, without colon and numbering; empty where a label's reach ends and nothing stands above. */
  readonly words: string;
}

const LABEL = /^[\s\-*•#>|]*(?:\d{1,2}[.)]\s*)?([A-Za-z][A-Za-z0-9 /&.,'()+-]{0,70}?)\s*(?::|\s[-–](?=\s)|\t)/;
const NUMBERED = /^\s*(?:\d{1,2}[.)]|[-*•+#])\s?/;
const INDENTED = /^(?:\s{2,}|\t)\S/;
const { homeLists, dischargeLists, inpatientLists, planSections } = WORDS.medication;
const KNOWN = alternatives([
  ...homeLists,
  ...dischargeLists,
  ...inpatientLists,
  ...planSections,
  ...WORDS.clinical.allergySections,
  ...WORDS.clinical.otherSections,
]);
/** A known label inside a line: after the end of a sentence, a bar or a wide gap. */
const INLINE = new RegExp(`(?:[.;|][ \\t]+|[ \\t]{3,}|\\t)((?:${KNOWN}))[ \\t]*:`, 'giu');
const ALLERGY = /\b(?:allerg|intoleranc)|^(?:all|alls|adrs?)$/;
const LIST = new RegExp(
  `^(?:${alternatives([...homeLists, ...dischargeLists, ...inpatientLists])}|medications?|meds|drugs|treatment|current treatment)$`,
  'iu',
);
const PROSE_WORDS =
  /\b(?:I|we|he|she|you|his|her|your|they|it|was|were|has|have|had|is|are|the|this|that|who|which|been|will|would)\b/gi;
/** A line of fewer characters was not broken because it was full. */
const FULL_LINE = 60;

/**
 * Finds what each place stands under. A title holds until the next one. A label with text behind it holds for its line and
 * the lines right below, until a blank line or another label; one over allergies for its own line and the list items or
 * wrapped words that go on with it, so that what follows is not taken for an allergy.
 */
export function findHeadings(text: string, lines: readonly TextRange[]): Heading[] {
  const headings: Heading[] = [];
  let title = '';
  let hasItems = false;
  let isLabel = false;
  let last = '';
  const push = (words: string, { start, end }: TextRange): void => {
    headings.push({ start, end, words });
  };
  for (const line of lines) {
    const words = text.slice(line.start, line.end);
    const current = headings.at(-1)?.words ?? '';
    const heading = words.trim() === '' || NUMBERED.test(words) ? null : headingOf(words);
    if (heading !== null) {
      push(heading.words, line);
      isLabel = heading.hasText;
      if (!heading.hasText) title = heading.words;
      hasItems = heading.hasText && hasItems;
    } else if (hasItems && last.trim() === '' && LIST.test(title) && isProse(words)) {
      push('', line);
      [title, isLabel, hasItems] = ['', false, false];
    } else if (isLabel && endsLabel(current, words, last)) {
      push(title, line);
      isLabel = false;
    } else if (words.trim() === '' && ALLERGY.test(current) && last.trim() !== '' && !headingOf(last)) push('', line);
    for (const inline of words.matchAll(INLINE)) {
      const start = line.start + inline.index + inline[0].length - inline[0].trimStart().length;
      push(clean(inline[1]!), { start: Math.min(start + 1, line.end), end: line.end });
      isLabel = true;
    }
    hasItems ||= words.trim() !== '' && heading?.words !== title;
    last = words;
  }
  return headings;
}

/** "Medications" over a letter's list does not hold for the letter: a paragraph of sentences behind the list ends it. */
function isProse(line: string): boolean {
  return line.trim().split(/\s+/).length >= 12 && (line.match(PROSE_WORDS) ?? []).length >= 3;
}

function endsLabel(current: string, words: string, last: string): boolean {
  if (words.trim() === '') return true;
  if (!ALLERGY.test(current)) return false;
  const goesOn = last.length >= FULL_LINE && !/[.;:]\s*$/.test(last) && /^\s*[a-z(]/.test(words);
  return !(NUMBERED.test(words) || INDENTED.test(words) || goesOn);
}

function headingOf(line: string): { words: string; hasText: boolean } | null {
  const label = LABEL.exec(line);
  if (label !== null && label[1]!.split(/\s+/).length <= 8)
    return { words: clean(label[1]!), hasText: line.slice(label[0].length).trim() !== '' };
  const words = line.trim();
  const isCapitals =
    words.length >= 2 &&
    words.length < 70 &&
    words === words.toUpperCase() &&
    /[A-Z]{2}/.test(words) &&
    !/\d{2}|[.;]\s/.test(words);
  const isShortTitle = /^[A-Z][A-Za-z/&' -]{2,40}$/.test(words) && words.split(/\s+/).length <= 5;
  return isCapitals || isShortTitle ? { words: clean(words), hasText: false } : null;
}

function clean(words: string): string {
  return words
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[^\p{L}\p{N}/&' -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
