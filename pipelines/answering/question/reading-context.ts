import type { Terminology } from '../../contracts/terminology.ts';
import type { Turn } from '../../domain/conversation.ts';
import type { ChartIndex } from '../evidence/chart-index.ts';

/** What a question is read with. */
export interface ReadingContext {
  readonly index: ChartIndex;
  readonly terminology: Terminology;
  /** Turns before this one, oldest first. They resolve what a follow-up leaves out; they are never evidence. */
  readonly previous: readonly Turn[];
}
