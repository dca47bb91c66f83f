import { z } from 'zod';
import { operationOutcome } from '#server/contract/index.ts';
import type { Operation, Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of the routes that are mounted: it cannot name others, nor leave one out. */
export function openApiOf(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { operation } of routes) (paths[operation.path] ??= {})[operation.method] = describe(operation);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Anamnesis',
      version,
      description:
        'Reads clinical notes and answers questions about a patient with citations. Offsets are half-open, in UTF-16 code units of the text as received. Errors are FHIR OperationOutcomes.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { OperationOutcome: jsonSchema(operationOutcome, 'output') },
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer' } },
    },
    security: [{}, { accessToken: [] }],
  };
}

function describe(operation: Operation): Json {
  const reply = { description: 'Success', content: jsonContent(jsonSchema(operation.response, 'output')) };
  const statuses = [operation.status ?? 200, ...(operation.otherStatuses ?? [])];
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    parameters: [...pathParameters(operation.path), ...queryParameters(operation.query)],
    ...(operation.body && { requestBody: bodyOf(operation.body, operation.otherBodies ?? []) }),
    responses: {
      ...Object.fromEntries(statuses.map((status) => [status, reply])),
      default: {
        description: 'A FHIR OperationOutcome: details.coding[0].code is the stable error code',
        content: { 'application/fhir+json': { schema: { $ref: '#/components/schemas/OperationOutcome' } } },
      },
    },
  };
}

function bodyOf(schema: z.ZodType, others: readonly string[]): Json {
  const file = { schema: { type: 'string' } };
  return {
    required: true,
    content: { ...jsonContent(jsonSchema(schema, 'input')), ...Object.fromEntries(others.map((type) => [type, file])) },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: each,
  }));
}

function jsonContent(schema: unknown): Json {
  return { 'application/json': { schema } };
}

/** Replies may gain fields within a version, so that none is closed. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema: each }) => {
      delete each.additionalProperties;
    },
  });
  return rest;
}
