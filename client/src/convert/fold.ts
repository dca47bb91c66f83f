import type { NoteLine } from './segments.ts';

export interface LineGroup {
  readonly start: number;
  readonly folded: boolean;
  readonly lines: readonly NoteLine[];
}

/** Puts runs of copied lines into folds; a run that holds the cited words stays open. */
export function groupFolded(
  lines: readonly NoteLine[],
  copied: ReadonlySet<number>,
  cited: { readonly start: number; readonly end: number } | null,
): LineGroup[] {
  const groups: { start: number; folded: boolean; lines: NoteLine[] }[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const isCited = cited !== null && cited.start < line.end && line.start < cited.end;
    const blank = line.text.trim() === '';
    // A blank line between copied ones belongs to their fold.
    const folded = !isCited && (copied.has(line.start) || (blank && last?.folded === true));
    if (last && last.folded === folded) last.lines.push(line);
    else groups.push({ start: line.start, folded, lines: [line] });
  }
  return groups;
}
