import type { Task } from '../task.ts';

/** Every task by name, loaded when asked for, so that one task's engines do not slow another's start. */
export const TASKS: Readonly<Record<string, () => Promise<Task>>> = {
  absence: async () => (await import('./absence.ts')).absence,
  'chart-qa': async () => (await import('./chart-qa.ts')).chartQa,
  cohort: async () => (await import('./cohort.ts')).cohort,
  context: async () => (await import('./context.ts')).context,
  extraction: async () => (await import('./extraction.ts')).extraction,
  paraphrase: async () => (await import('./paraphrase.ts')).paraphraseTask,
  pgx: async () => (await import('./pgx.ts')).pgx,
  'pgx-speed': async () => (await import('./pgx-speed.ts')).pgxSpeed,
  timeline: async () => (await import('./timeline.ts')).timeline,
};
