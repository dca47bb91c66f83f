import type { GivenSpan, TaggedText } from '../../contracts/token-tagger.ts';

/** Folders of the models that a worker serves. */
export interface WorkerModels {
  readonly extractor?: string;
  readonly embedder?: string;
  readonly ranker?: string;
}

/** What a worker is asked for. */
export type ModelTask =
  | {
      readonly kind: 'tag';
      readonly text: string;
      readonly schema: string;
      readonly entities?: readonly GivenSpan[] | undefined;
    }
  | { readonly kind: 'embed'; readonly texts: readonly string[] }
  | { readonly kind: 'rank'; readonly question: string; readonly texts: readonly string[] };

export type TaskResult = TaggedText | readonly Float32Array[] | readonly number[];

export type ResultOf<Task extends ModelTask> = Task extends { kind: 'tag' }
  ? TaggedText
  : Task extends { kind: 'embed' }
    ? readonly Float32Array[]
    : readonly number[];

export type ToWorker =
  | { readonly type: 'run'; readonly id: number; readonly task: ModelTask }
  | { readonly type: 'cancel'; readonly id: number }
  /** Ends the worker after the model call under way. */
  | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: number; readonly result: TaskResult }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string };
