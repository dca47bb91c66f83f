/**
 * Turns tag scores into log-probabilities, in place of a row: log-softmax in double precision, kept as float32.
 *
 * @param scores - Raw scores, row after row of `width`.
 */
export function logSoftmax(scores: Float32Array, width: number): Float32Array {
  const out = new Float32Array(scores.length);
  for (let row = 0; row < scores.length; row += width) {
    let highest = -Infinity;
    for (let tag = 0; tag < width; tag++) highest = Math.max(highest, scores[row + tag]!);
    let sum = 0;
    for (let tag = 0; tag < width; tag++) sum += Math.exp(scores[row + tag]! - highest);
    const logSum = Math.log(sum);
    for (let tag = 0; tag < width; tag++) out[row + tag] = scores[row + tag]! - highest - logSum;
  }
  return out;
}

/**
 * Best path of tags in which I of a label follows only B or I of that label. Tags: 0 is O, `1 + 2i` B and `2 + 2i` I of
 * label i. Sums are kept in float32 and ties go to the lower tag, so that the path is the reference reader's to the bit.
 *
 * @param scores - Log-probabilities, row after row of `width`.
 * @returns One tag for each row.
 */
export function bestPath(scores: Float32Array, width: number): Uint8Array {
  const rows = scores.length / width;
  const path = new Uint8Array(rows);
  if (rows === 0) return path;
  const back = new Uint8Array(scores.length);
  let best = new Float32Array(width);
  let next = new Float32Array(width);
  for (let tag = 0; tag < width; tag++) best[tag] = isInside(tag) ? -1e9 : scores[tag]!;
  for (let row = 1; row < rows; row++) {
    const strongest = argmax(best);
    for (let tag = 0; tag < width; tag++) {
      const from = isInside(tag) ? (best[tag - 1]! >= best[tag]! ? tag - 1 : tag) : strongest;
      back[row * width + tag] = from;
      next[tag] = best[from]! + scores[row * width + tag]!;
    }
    [best, next] = [next, best];
  }
  path[rows - 1] = argmax(best);
  for (let row = rows - 1; row > 0; row--) path[row - 1] = back[row * width + path[row]!]!;
  return path;
}

function isInside(tag: number): boolean {
  return tag > 0 && tag % 2 === 0;
}

function argmax(values: Float32Array): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]!) at = i;
  return at;
}
