/** Half-open run of words, by index. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts a text into runs of words that a model reads one at a time. No run has more than `limit` pieces; a run that does not
 * end the text is cut after the last stop (line end or full stop) of its second half, where there is one. No overlap.
 *
 * @param pieceCounts - Pieces of each word; each at most `limit`.
 * @param isStop - Whether a run may well end after the word.
 */
export function windowsOf(pieceCounts: readonly number[], isStop: (word: number) => boolean, limit: number): Window[] {
  const windows: Window[] = [];
  let from = 0;
  while (from < pieceCounts.length) {
    let to = from;
    let used = 0;
    let stop: number | null = null;
    while (to < pieceCounts.length && used + pieceCounts[to]! <= limit) {
      used += pieceCounts[to]!;
      to++;
      if (isStop(to - 1)) stop = to;
    }
    if (to === from) throw new RangeError('A word has more pieces than a window holds.');
    if (to < pieceCounts.length && stop !== null && stop > from + Math.floor((to - from) / 2)) to = stop;
    windows.push({ from, to });
    from = to;
  }
  return windows;
}
