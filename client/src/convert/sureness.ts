const STEP = 5;
const MOST = 95;

/** How often answers rated like this one were right, in words; null where an answer has no rating (an abstention). */
export function surenessWords(confidence: number | undefined): string | null {
  if (confidence === undefined) return null;
  const share = Math.min(MOST, Math.max(STEP, STEP * Math.round((100 * confidence) / STEP)));
  return `about ${share} of 100 answers rated like this one were right on test charts; read the sources`;
}
