import type { Terminology } from '../../contracts/terminology.ts';
import type { Chart } from '../../domain/chart.ts';
import type { Citation, Finding } from '../../domain/evidence.ts';
import type { ScoredPassage } from '../../domain/passage.ts';
import type { PgxReport } from '../../domain/pgx.ts';
import type { ChartIndex } from '../evidence/chart-index.ts';
import type { RankedUnit, SubjectHits } from '../evidence/rank-units.ts';
import type { Question } from '../question/types.ts';

/** Everything that a drafter may look at. */
export interface DraftContext {
  readonly question: Question;
  readonly chart: Chart;
  readonly index: ChartIndex;
  readonly terminology: Terminology;
  readonly hits: readonly SubjectHits[];
  readonly contextHits: readonly SubjectHits[];
  readonly ranked: readonly RankedUnit[];
  /** The chance that the chart answers the question at all, 0 to 1; null where no pair ranker read its sentences. */
  readonly documented: number | null;
  readonly passages: readonly ScoredPassage[];
  readonly therapy: ((drugs?: string[]) => PgxReport) | null;
}

/** What a claim says of its citations; the gate holds the claim to it. */
export interface DraftClaim {
  readonly text: string;
  readonly citations: readonly [Citation, ...Citation[]];
  /** `denied` where the claim says that something is absent; `quoted` where it only repeats words of the note. */
  readonly polarity: 'present' | 'denied' | 'quoted';
  /** Whether the claim is about a family member. */
  readonly family?: boolean;
  /** Names of computations that gave numbers which the cited words do not hold ("count", "duration", "trend"). */
  readonly computed?: readonly string[];
}

/** Claims proposed by one drafter. */
export interface Draft {
  readonly claims: readonly DraftClaim[];
  readonly finding: Finding;
  /** Name of the rule, for the basis panel. */
  readonly rule: string;
  /** 0 to 1; ranks drafts and gives the risk-coverage curve. */
  readonly confidence: number;
}

/** Proposes claims for the questions it understands, else null. Pure. */
export type Drafter = (context: DraftContext) => Draft | null;
