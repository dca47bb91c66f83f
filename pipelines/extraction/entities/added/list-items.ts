import type { Section } from '../../../domain/annotated-note.ts';
import type { TextRange } from '../../../domain/span.ts';

const BREAK = /[,;\n\r|•]|\.(?=\s)|(?<=\s)(?:and|&|\+|plus)(?=\s)|(?<=\s)[-–—](?=\s)/giu;
const LONGEST_TITLE_LINE = 40;

/**
 * Items of a section's list: pieces between line ends, commas, semicolons and "and". If a telegraphic section says
 * something on the line of its title, the list is that line and the lines after it that are items by their mark.
 */
export function itemsOf(text: string, section: Section): TextRange[] {
  const from = section.title === null ? section.start : afterTitle(text, section.title.end);
  const body = text.slice(from, reach(text, from, section));
  const items: TextRange[] = [];
  let at = 0;
  const push = (end: number): void => {
    const piece = body.slice(at, end);
    const lead = piece.length - piece.trimStart().length;
    if (lead < piece.length) items.push({ start: from + at + lead, end: from + at + piece.trimEnd().length });
  };
  for (const match of body.matchAll(BREAK)) {
    push(match.index);
    at = match.index + match[0].length;
  }
  push(body.length);
  return items;
}

function afterTitle(text: string, end: number): number {
  const rest = /^[ \t]*[*_]*[ \t]*(?:\([^)\n]*\))?[ \t]*[:–—-]?[ \t]*/.exec(text.slice(end, end + LONGEST_TITLE_LINE))!;
  return end + rest[0].length;
}

/** A title with words on its own line speaks for that line and for lines that go on with it. */
function reach(text: string, from: number, section: Section): number {
  const lineEnd = text.indexOf('\n', from);
  if (section.title === null || lineEnd < 0 || lineEnd >= section.end) return section.end;
  if (!/[\p{L}\p{N}]/u.test(text.slice(from, lineEnd))) return section.end;
  let end = lineEnd;
  for (;;) {
    const next = /^\n[ \t]*(?:[-*•·+>]|\d{1,2}[.)])[^\n]*|^\n[ \t]+\p{Ll}[^\n]*/u.exec(text.slice(end, section.end));
    const goesOn = /,[ \t]*$/.test(text.slice(from, end)) ? /^\n[^\n]+/.exec(text.slice(end, section.end)) : null;
    const more = next ?? goesOn;
    if (more === null) return end;
    end += more[0].length;
  }
}
