import type { WordPiece } from '../../text/word-piece.ts';
import type { Model } from './model.ts';

const MAX_PIECES = 254;
const WORD = /[\p{L}\p{N}]+|[^\s]/gu;

/**
 * Embeds one text: the mean over its pieces' rows, scaled to length 1.
 *
 * @param text - Only its first 254 pieces are read, as the release was measured.
 */
export async function embedText(text: string, model: Model, wordPiece: WordPiece): Promise<Float32Array> {
  const pieces = piecesOf(text, wordPiece, MAX_PIECES);
  const sequence = [wordPiece.special('[CLS]'), ...pieces, wordPiece.special('[SEP]')];
  const [{ data, width }] = Object.values(await model(sequence)) as [{ data: Float32Array; width: number }];
  return normalised(meanOfRows(data, width));
}

/** The first pieces of a text, at most `most`. */
export function piecesOf(text: string, wordPiece: WordPiece, most: number): number[] {
  const pieces: number[] = [];
  for (const [word] of text.matchAll(WORD)) {
    pieces.push(...wordPiece.encode(word));
    if (pieces.length >= most) break;
  }
  return pieces.slice(0, most);
}

function meanOfRows(data: Float32Array, width: number): Float32Array {
  const mean = new Float32Array(width);
  for (let i = 0; i < data.length; i++) mean[i % width]! += data[i]!;
  return mean.map((sum) => (sum * width) / data.length);
}

function normalised(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  return vector.map((value) => value / length);
}
