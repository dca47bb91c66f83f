import type { ClaimDrafter } from '../contracts/claim-drafter.ts';
import type { PairRanker } from '../contracts/pair-ranker.ts';
import type { PassageSearch } from '../contracts/retrieval.ts';
import type { Terminology } from '../contracts/terminology.ts';
import type { Chart } from '../domain/chart.ts';
import type { Turn } from '../domain/conversation.ts';
import type { IsoDate, Release } from '../domain/ids.ts';
import type { ScoredPassage } from '../domain/passage.ts';
import type { PgxReport } from '../domain/pgx.ts';
import { draftAnswer } from './draft/choose.ts';
import { asksOfTherapy } from './draft/pgx.ts';
import { draftContraindication } from './draft/contraindication.ts';
import { draftSeveral } from './draft/several.ts';
import type { Draft, DraftContext } from './draft/types.ts';
import { indexOf } from './evidence/chart-index.ts';
import { judgeUnits } from './evidence/judge-units.ts';
import { rankByTrees } from './evidence/rank-by-trees.ts';
import type { RankedUnit } from './evidence/rank-units.ts';
import { hitsOf, rankUnits } from './evidence/rank-units.ts';
import { readQuestion } from './question/read-question.ts';
import { outOfScope } from './question/scope.ts';
import { splitQuestion } from './question/split-question.ts';
import type { Question } from './question/types.ts';
import type { Verified } from './verify/gate.ts';
import { verifyClaims } from './verify/gate.ts';

export interface Asking {
  readonly question: string;
  readonly asOf: IsoDate | null;
  readonly chart: Chart;
  readonly previous: readonly Turn[];
  readonly otherNames: readonly string[];
  readonly unreadNotes?: number;
  /** Types of the chart's notes, where it holds only some of the patient's. */
  readonly noteTypes?: readonly string[];
  /** Types that the question was narrowed to, where the chart holds all notes all the same. */
  readonly widenedFrom?: readonly string[];
}

export interface Engines {
  readonly terminology: Terminology;
  readonly search: PassageSearch;
  /** Reads question and sentence together; without it the rules alone rank sentences. */
  readonly ranker?: PairRanker;
  readonly therapy?: (drugs?: string[]) => PgxReport;
  readonly languageModel?: ClaimDrafter;
}

/** A question read, its evidence gathered, and the claims that the rules propose, verified. */
export interface Prepared {
  readonly context: DraftContext;
  readonly asOf: IsoDate | null;
  /** Notes that the answer does not know because they are not read yet. */
  readonly unreadNotes: number;
  /** Types of notes that the question was narrowed to; empty where to none. */
  readonly noteTypes: readonly string[];
  /** Types that the question was narrowed to in vain, since it is one of safety; else empty. */
  readonly widenedFrom: readonly string[];
  readonly outOfScope: string | null;
  readonly draft: Draft | null;
  readonly verified: Verified;
  /** Parts of a text of several questions that nothing in the chart answers, in the person's own words. */
  readonly unanswered: readonly string[];
  /** Release of the pair ranker that judged the sentences; null where the rules ranked alone. */
  readonly ranker: Release | null;
  /** Sentences that speak to the question, best first. */
  readonly evidence: readonly RankedUnit[];
}

const EVIDENCE = 12;

/** Reads the question, gathers evidence and drafts. Equal input gives an equal result. */
export async function prepare(asking: Asking, engines: Engines, passages: readonly ScoredPassage[]): Promise<Prepared> {
  const { chart, previous } = asking;
  const { terminology } = engines;
  const index = indexOf(chart);
  const read = (text: string): Question => readQuestion(text, { index, terminology, previous });
  const contextOf = (question: Question): Promise<DraftContext> => gather(question, asking, engines, passages);
  const question = read(asking.question);
  const context = await contextOf(question);
  const found = outOfScope(question, index, asking.otherNames);
  // "Can I give amoxicillin?" reads like a textbook's question, but in this chart an allergy answers it.
  const scope = found === 'general knowledge' && draftContraindication(context) !== null ? null : found;
  const parts = scope === null ? splitQuestion(asking.question, read) : [];
  const { draft, unanswered } =
    scope !== null
      ? { draft: null, unanswered: [] }
      : parts.length > 1
        ? draftSeveral(await Promise.all(parts.map(contextOf)))
        : { draft: draftAnswer(context), unanswered: [] };
  const verified = verifyClaims(draft?.claims ?? [], index, terminology);
  return {
    context,
    asOf: chart.asOf,
    unreadNotes: asking.unreadNotes ?? 0,
    noteTypes: asking.noteTypes ?? [],
    widenedFrom: asking.widenedFrom ?? [],
    outOfScope: scope,
    draft,
    verified,
    unanswered,
    ranker: engines.ranker?.release ?? null,
    evidence: context.ranked.filter(({ coverage }) => coverage > 0.3).slice(0, EVIDENCE),
  };
}

/** Whether allergies, or giving a drug, are asked about: then no note may be left out, whatever a question is narrowed to. */
export function asksOfSafety({ context }: Prepared): boolean {
  return context.question.asked.has('allergy') || asksOfTherapy(context);
}

/** What a drafter may look at for one question. */
async function gather(
  question: Question,
  { chart }: Asking,
  { terminology, therapy, ranker }: Engines,
  passages: readonly ScoredPassage[],
): Promise<DraftContext> {
  const index = indexOf(chart);
  const hits = hitsOf(index, question.subjects);
  const contextHits = hitsOf(index, question.context);
  const byRules = rankUnits(question, index, hits, contextHits, passages);
  const { ranked, documented } =
    ranker === undefined
      ? { ranked: byRules, documented: null }
      : rankByTrees(await judgeUnits(byRules, question, index, hits, ranker), question, index, hits);
  return {
    question,
    chart,
    index,
    terminology,
    hits,
    contextHits,
    ranked,
    documented,
    passages,
    therapy: therapy ?? null,
  };
}
