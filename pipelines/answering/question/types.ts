import type { IsoDate } from '../../domain/ids.ts';
import type { MedicationVerb } from '../rules.ts';
import type { Form } from '../evidence/subject-match.ts';

/** Ways of asking; the names of `kinds.json`. One question may ask in several ways ("what dose, and why?"). */
export type Asked =
  | 'summary'
  | 'conflict'
  | 'family'
  | 'allergy'
  | 'pgx'
  | 'trend'
  | 'why'
  | 'adverse'
  | 'when'
  | 'duration'
  | 'count'
  | 'dose'
  | 'frequency'
  | 'route'
  | 'who'
  | 'where'
  | 'habit'
  | 'procedure'
  | 'plan'
  | 'latest'
  | 'first'
  | 'peak'
  | 'nadir'
  | 'medication'
  | 'summaryCourse';

export type SubjectKind = 'medication' | 'class' | 'test' | 'panel' | 'condition' | 'gene' | 'term';

/** Something that a question is about. */
export interface Subject {
  /** As typed, misspellings put right. */
  readonly words: string;
  readonly kind: SubjectKind;
  /** Canonical key; equal to `concept` of the chart's facts where the terminology knows it. */
  readonly key: string;
  /** Members of a class or panel, by canonical name. */
  readonly members: readonly string[];
  /** Its own names, best first, then narrower and related words with less weight. */
  readonly forms: readonly Form[];
  /** Whether the words were found in a terminology, in the chart or in the word lists. */
  readonly known: boolean;
  readonly start: number;
  readonly end: number;
}

export type Place = 'admission' | 'discharge' | 'emergency' | 'intensive' | 'clinic' | 'operation';

/** What part of the course a question means. */
export interface TimeWindow {
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  /** Month and day, or month alone, where the year was left out. */
  readonly partial: readonly {
    readonly month: number | null;
    readonly day: number | null;
    /** Where "Feb 23" may mean a month of 2023. */
    readonly year?: number;
  }[];
  readonly places: readonly Place[];
  /** The words that said so. */
  readonly words: readonly string[];
}

/** A question as it was understood. Pure: equal text, chart and turns give an equal reading. */
export interface Question {
  readonly text: string;
  /** The text with misspelt words put right; offsets of subjects are into this. */
  readonly corrected: string;
  readonly asked: ReadonlySet<Asked>;
  readonly yesNo: boolean;
  readonly verb: MedicationVerb | null;
  readonly subjects: readonly Subject[];
  /** What only places the question in time or names the occasion ("before the *CABG*"). */
  readonly context: readonly Subject[];
  /** How the occasion places what is asked: "*before* the CABG". */
  readonly order: 'before' | 'after' | 'during' | null;
  /** The question names an occasion and nothing else: a follow-up keeps its subject. */
  readonly occasionOnly: boolean;
  readonly genes: readonly string[];
  readonly window: TimeWindow;
  readonly followUp: boolean;
}
