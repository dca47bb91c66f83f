import { z } from 'zod';
import { assertion, id, isoDate, list } from './common.ts';

export const progress = z.object({
  queued: z.number().int(),
  read: z.number().int(),
  failed: z.number().int(),
  wordsPerSecond: z.number().nullable(),
});

export const statusResponse = z.object({
  version: z.string(),
  releases: list(z.string()),
  notes: z.object({ queued: z.number().int(), read: z.number().int(), failed: z.number().int() }),
  /** The note being read now; null when nothing waits. */
  reading: z
    .object({
      patient: id,
      noteId: id,
      wordsPerSecond: z.number().nullable(),
      remaining: z.number().int(),
    })
    .nullable(),
  outboundConnections: z.number().int(),
  languageModel: z.string().nullable(),
  actor: z.string(),
});

export const healthResponse = z.object({ status: z.literal('ok'), version: z.string() });

export const searchQuery = z.object({
  q: z.string(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});
/** Cohort search: only patients who have it, best first. */
export const searchResponse = z.object({
  query: z.string(),
  patients: list(
    z.object({
      patient: id,
      name: z.string(),
      score: z.number(),
      hits: list(
        z.object({
          noteId: id,
          date: isoDate,
          start: z.number().int(),
          end: z.number().int(),
          quote: z.string(),
          label: z.string(),
          assertion,
        }),
      ),
    }),
  ),
  by: list(z.string()),
  milliseconds: z.number(),
});

export type Progress = z.infer<typeof progress>;
export type StatusResponse = z.infer<typeof statusResponse>;
export type HealthResponse = z.infer<typeof healthResponse>;
export type SearchResponse = z.infer<typeof searchResponse>;
