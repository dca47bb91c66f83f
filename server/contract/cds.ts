import { z } from 'zod';

/** CDS Hooks 2.0: discovery, service request, cards and feedback. Members that are not used here are let through. */
export const cdsDiscovery = z.object({
  services: z.array(
    z.object({
      hook: z.string(),
      id: z.string(),
      title: z.string(),
      description: z.string(),
      prefetch: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const resource = z.looseObject({ resourceType: z.string() });

export const cdsRequest = z.looseObject({
  hook: z.string(),
  hookInstance: z.string().min(1),
  context: z.looseObject({
    userId: z.string().optional(),
    patientId: z.string().min(1).max(200),
    selections: z.array(z.string()).optional(),
    draftOrders: z
      .looseObject({ entry: z.array(z.looseObject({ resource: resource.optional() })).optional() })
      .optional(),
  }),
  prefetch: z.record(z.string(), z.unknown()).optional(),
});

const coding = z.object({ system: z.string(), code: z.string(), display: z.string() });

const action = z.object({
  type: z.enum(['create', 'update', 'delete']),
  description: z.string(),
  resourceId: z.string().optional(),
});

export const cdsCard = z.object({
  uuid: z.string(),
  summary: z.string().min(1).max(139),
  detail: z.string().optional(),
  indicator: z.enum(['info', 'warning', 'critical']),
  source: z.object({ label: z.string().min(1), url: z.string().optional(), topic: coding.optional() }),
  suggestions: z
    .array(
      z.object({
        label: z.string(),
        uuid: z.string(),
        isRecommended: z.boolean().optional(),
        actions: z.array(action),
      }),
    )
    .optional(),
  selectionBehavior: z.enum(['at-most-one', 'any']).optional(),
  overrideReasons: z.array(coding).optional(),
  links: z.array(z.object({ label: z.string(), url: z.string(), type: z.enum(['absolute', 'smart']) })).optional(),
});

export const cdsResponse = z.object({ cards: z.array(cdsCard) });

const anyCoding = z.looseObject({ code: z.string(), system: z.string().optional(), display: z.string().optional() });

export const cdsFeedbackRequest = z.object({
  feedback: z.array(
    z.looseObject({
      card: z.string().min(1).max(100),
      outcome: z.enum(['accepted', 'overridden']),
      acceptedSuggestions: z.array(z.looseObject({ id: z.string() })).optional(),
      overrideReason: z
        .looseObject({ reason: anyCoding.optional(), userComment: z.string().max(2000).optional() })
        .optional(),
      outcomeTimestamp: z.string().min(1).max(40),
    }),
  ),
});
export const cdsFeedbackResponse = z.object({ received: z.number().int() });

export type CdsRequest = z.output<typeof cdsRequest>;
export type CdsCard = z.infer<typeof cdsCard>;
export type CdsFeedbackRequest = z.output<typeof cdsFeedbackRequest>;
