import type { PairRanker } from '../../contracts/pair-ranker.ts';
import type { Question } from '../question/types.ts';
import type { ChartIndex } from './chart-index.ts';
import { questionFor, sentenceText } from './pair-texts.ts';
import type { SubjectHits } from './subject-hits.ts';
import type { RankedUnit } from './rank-units.ts';
import { withFeatures } from './rank-units.ts';

/** Sentences that the model reads for one question: what the rules rank first, … */
const BY_RULES = 14;
/** … and what the passages found by meaning hold besides. */
const BY_MEANING = 6;

/**
 * Lets the pair ranker read the sentences that rules and passages put forward, and ranks them anew by both. Sentences that it did not
 * read keep their order behind, as if it had found nothing in them.
 */
export async function judgeUnits(
  ranked: readonly RankedUnit[],
  question: Question,
  index: ChartIndex,
  hits: readonly SubjectHits[],
  ranker: PairRanker,
): Promise<RankedUnit[]> {
  const rest = ranked.slice(BY_RULES);
  const meant = rest
    .filter(({ features }) => features['semantic']! > 0)
    .sort((a, b) => b.features['semantic']! - a.features['semantic']!)
    .slice(0, BY_MEANING);
  const judged = [...ranked.slice(0, BY_RULES), ...meant];
  const scores = await scoresOf(
    judged.map(({ unit }) => ({ question: questionFor(question, unit, hits), sentence: sentenceText(unit, index) })),
    ranker,
  );
  return [
    ...judged.map((candidate, i) => withFeatures(candidate, judgementOf(scores[i]!))),
    ...rest
      .filter((candidate) => !meant.includes(candidate))
      .map((candidate) => withFeatures(candidate, judgementOf(Number.NEGATIVE_INFINITY))),
  ].sort((a, b) => b.score - a.score || a.unit.index - b.unit.index);
}

interface Pair {
  readonly question: string;
  readonly sentence: string;
}

/** Scores pairs in order; sentences that share a question are read together. */
async function scoresOf(pairs: readonly Pair[], ranker: PairRanker): Promise<number[]> {
  const scores: number[] = Array.from({ length: pairs.length });
  for (const question of new Set(pairs.map((pair) => pair.question))) {
    const own = pairs.flatMap((pair, at) => (pair.question === question ? [at] : []));
    const found = await ranker.score(
      question,
      own.map((at) => pairs[at]!.sentence),
    );
    for (const [i, at] of own.entries()) scores[at] = found[i]!;
  }
  return scores;
}

/** Where the model was trained to be in two minds. */
const EVEN = 2;

/** The model's number as the chance that the sentence answers, and on an even scale; both 0 to 1. */
function judgementOf(score: number): Record<'answers' | 'reads', number> {
  return { answers: 1 / (1 + Math.exp(EVEN - score)), reads: Math.min(1, Math.max(0, (score + 8) / 14)) };
}
