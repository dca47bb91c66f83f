import type { WordPiece } from '../../text/word-piece.ts';
import type { Model } from './model.ts';
import { piecesOf } from './text-embedder.ts';

const MAX_PIECES = 96;
/** Of the question; longer ones are cut, so that something of the sentence is read. */
const MAX_QUESTION = 48;

/**
 * How well a sentence answers a question, as the pair model's one number: no unit, higher is better; from 2 on it answers
 * more likely than not.
 */
export async function scorePair(
  question: string,
  sentence: string,
  model: Model,
  wordPiece: WordPiece,
): Promise<number> {
  const end = wordPiece.special('[SEP]');
  const first = [wordPiece.special('[CLS]'), ...piecesOf(question, wordPiece, MAX_QUESTION), end];
  const sequence = [...first, ...piecesOf(sentence, wordPiece, MAX_PIECES - first.length - 1), end];
  const [scores] = Object.values(await model(sequence, first.length));
  return scores!.data[0]!;
}
