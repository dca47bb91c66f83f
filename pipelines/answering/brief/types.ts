import type { Terminology } from '../../contracts/terminology.ts';
import type { Chart } from '../../domain/chart.ts';
import type { AnswerProvenance, Claim } from '../../domain/evidence.ts';
import type { IsoDate } from '../../domain/ids.ts';
import type { PgxReport } from '../../domain/pgx.ts';
import type { DraftClaim } from '../draft/types.ts';
import type { ChartIndex } from '../evidence/chart-index.ts';
import type { SignificantProblems } from './problem-course.ts';

export type BriefKind =
  'problem' | 'medications' | 'allergies' | 'genotype' | 'results' | 'open-questions' | 'changes' | 'other';

export interface BriefSection {
  readonly kind: BriefKind;
  readonly title: string;
  /** Verified like an answer's; empty where the notes document nothing of the kind. */
  readonly claims: readonly Claim[];
}

/** One page about a chart, in reading order. Deterministic: equal chart and date give equal text. */
export interface Brief {
  /** Date of the last note. */
  readonly asOf: IsoDate | null;
  /** Day after which changes are told; null where none was asked for. */
  readonly since: IsoDate | null;
  readonly sections: readonly BriefSection[];
  readonly by: AnswerProvenance;
}

/** What the sections are written from. */
export interface BriefContext {
  readonly chart: Chart;
  readonly index: ChartIndex;
  readonly terminology: Terminology;
  readonly problems: SignificantProblems;
  readonly since: IsoDate | null;
  readonly therapy: PgxReport | null;
  readonly caps: PageCaps;
}

/** How much of each kind a page takes; lines beyond are counted ("and 4 more"). */
export interface PageCaps {
  readonly problems: number;
  readonly recent: number;
  /** Words of a problem's latest sentence; none is shown below eight. */
  readonly quoteWords: number;
  /** Things of one kind in one list. */
  readonly listed: number;
  readonly open: number;
}

/** A line before the gate; `more` counts what it leaves out. */
export interface BriefLine extends DraftClaim {
  readonly more?: number;
}

export interface BriefPart {
  readonly kind: BriefKind;
  readonly title: string;
  readonly lines: readonly BriefLine[];
}
