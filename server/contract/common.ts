import { z } from 'zod';

/** A list that nobody changes; keeps domain values assignable to contract types. */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

/** A list with at least one item. */
export const oneOrMore = <Item extends z.ZodType>(item: Item) => z.tuple([item], item).readonly();

export const isoDate = z.iso.date().meta({ description: 'Calendar date YYYY-MM-DD' });
export const partialDate = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .meta({ description: 'YYYY, YYYY-MM or YYYY-MM-DD' });
export const isoInstant = z.string().meta({ description: 'Instant in UTC, YYYY-MM-DDTHH:MM:SS.sssZ' });
export const id = z.string().min(1).max(100);
export const probability = z.number().min(0).max(1);

/** Half-open range in UTF-16 code units of the note's text as received. */
export const textRange = z.object({ start: z.number().int().min(0), end: z.number().int().min(0) });

export const coding = z.object({
  system: z.string(),
  version: z.string().optional(),
  code: z.string(),
  display: z.string(),
});

export const noteCitation = z.object({
  kind: z.literal('note'),
  noteId: z.string(),
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  quote: z.string().meta({ description: "Exactly the note's text from start to end" }),
});

export const ruleCitation = z.object({
  kind: z.literal('rule'),
  ruleSet: z.string(),
  release: z.string(),
  rule: z.string(),
  url: z.string(),
  quote: z.string().optional(),
});

export const citation = z.discriminatedUnion('kind', [noteCitation, ruleCitation]);

export const when = z.object({
  start: partialDate.nullable(),
  end: partialDate.nullable(),
  precision: z.enum(['day', 'month', 'year', 'unknown']),
  anchor: z.enum(['stated', 'relative', 'note-date']),
});

export const assertion = z.object({
  existence: z.enum(['present', 'absent', 'possible', 'hypothetical']),
  temporality: z.enum(['current', 'historical']),
  experiencer: z.enum(['patient', 'family']),
});

export const provenance = z.object({
  component: z.string(),
  model: z.string().optional(),
  rules: list(z.string()).optional(),
  prompt: z.string().optional(),
});

/** FHIR R4 OperationOutcome; `details.coding[0].code` is the stable error code, `diagnostics` what to do, `id` the request id. */
export const operationOutcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  id: z.string().optional(),
  issue: oneOrMore(
    z.object({
      severity: z.enum(['fatal', 'error', 'warning', 'information']),
      code: z.string(),
      details: z.object({
        coding: oneOrMore(z.object({ system: z.string(), code: z.string() })),
        text: z.string(),
      }),
      diagnostics: z.string().optional(),
      expression: list(z.string()).optional(),
    }),
  ),
});

/** The day after which notes are left out. */
export const asOfQuery = z.object({ asOf: isoDate.optional() });

export type Coding = z.infer<typeof coding>;
export type NoteCitation = z.infer<typeof noteCitation>;
export type RuleCitation = z.infer<typeof ruleCitation>;
export type Citation = z.infer<typeof citation>;
export type When = z.infer<typeof when>;
export type AssertionView = z.infer<typeof assertion>;
export type OperationOutcome = z.infer<typeof operationOutcome>;
