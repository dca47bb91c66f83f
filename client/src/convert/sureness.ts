const STEP = 5;
/** Ratings above 0.93 were right in 91 of 100 of 668 answers on charts and patients that nothing was fitted to (1 Dec 2026). */
const MOST = 90;
/** Below, ratings were too low: 0.34 where 44 of 100 were right. */
const LEAST = 50;

/** How often answers rated like this one were right, in words; null where an answer has no rating (an abstention). */
export function surenessWords(confidence: number | undefined): string | null {
  if (confidence === undefined) return null;
  const share = STEP * Math.round((100 * confidence) / STEP);
  const often = share < LEAST ? 'fewer than half of the' : `about ${Math.min(MOST, share)} of 100`;
  return `${often} answers rated like this one were right on test charts; read the sources`;
}
