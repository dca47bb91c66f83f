/** Finds the drawn line that holds an offset; lines carry `data-start`. */
function lineAt(offset: number): HTMLElement | undefined {
  const lines = document.querySelectorAll<HTMLElement>('[data-note-text] [data-start]');
  let last: HTMLElement | undefined;
  for (const line of lines) {
    if (Number(line.dataset.start) > offset) break;
    last = line;
  }
  return last;
}

/** Brings the line that holds an offset of the note to the top of the pane. */
export function scrollToOffset(offset: number): void {
  lineAt(offset)?.scrollIntoView({ block: 'start' });
}

/** Brings an element to the middle of its pane. Lines far away have estimated heights, so it is done again once they are drawn. */
export function centre(element: Element): void {
  element.scrollIntoView({ block: 'center' });
  requestAnimationFrame(() => element.scrollIntoView({ block: 'center' }));
}
