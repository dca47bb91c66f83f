import type { Release } from '#pipelines/domain/ids.ts';

/** A figure is never shown without its interval and the number of cases behind it. Rates are 0 to 1. */
export interface Figure {
  readonly value: number;
  /** 95% interval; equal to `value` where resampling makes no sense (counts, times). */
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

export interface TaskOptions {
  /** Other data of the same format; the task's own default where absent. */
  readonly data?: string;
  readonly limit?: number;
  readonly seed: number;
  /** One line for the person who waits; not part of the result. */
  readonly log: (line: string) => void;
}

export interface TaskReport {
  readonly release: Release;
  readonly data: { readonly path: string; readonly sha256: string; readonly n: number };
  readonly figures: Readonly<Record<string, Figure>>;
  readonly cases?: readonly unknown[];
  /** Plain counts behind the figures, by set. */
  readonly counts?: Readonly<Record<string, unknown>>;
  /** Further tables for the reader, in Markdown. */
  readonly notes?: readonly string[];
}

/** An evaluation: a data set, a solver that calls the same flows as the product, and scorers. */
export interface Task {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  run(options: TaskOptions): Promise<TaskReport>;
}
