import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import { ClinicalError } from '#pipelines/errors.ts';

/** What a route takes and gives: enough to check a request, and to describe the route in the OpenAPI document. */
export interface Operation {
  /** Unique name, for generated clients. */
  readonly id: string;
  readonly method: 'get' | 'post';
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Content types of the body beside application/json. */
  readonly otherBodies?: readonly string[];
  /** Status of success; 200 by default. */
  readonly status?: number;
  /** Further statuses of success. */
  readonly otherStatuses?: readonly number[];
  readonly response: z.ZodType;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Reply<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;

export interface Input<Of extends Operation> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Output<Of['query']>;
  readonly body: Output<Of['body']>;
  readonly request: Request;
  /** For another status or a header; the body is what the handler returns. */
  readonly response: Response;
}

export interface Route {
  readonly operation: Operation;
  /** Reads the body before the handler runs. */
  readonly parsers: readonly RequestHandler[];
  readonly handle: (input: Input<Operation>) => Promise<unknown>;
}

/** Joins an operation with the function that serves it. */
export function route<const Of extends Operation>(
  operation: Of,
  handle: (input: Input<Of>) => Promise<Reply<Of['response']>>,
  parsers: readonly RequestHandler[] = [],
): Route {
  return { operation, parsers, handle: handle as Route['handle'] };
}

/** Puts routes on a router. With `checkReplies`, a reply that does not fit its schema is an error: for tests. */
export function mount(router: Router, routes: readonly Route[], options: { readonly checkReplies: boolean }): void {
  for (const each of routes) {
    const { operation } = each;
    const path = operation.path.replace(/\{(\w+)\}/g, ':$1');
    router[operation.method](path, named(operation.path), ...each.parsers, serve(each, options.checkReplies));
  }
}

function named(path: string): RequestHandler {
  return (_request, response, next) => {
    response.locals['route'] = path;
    next();
  };
}

function serve({ operation, handle }: Route, checkReplies: boolean) {
  return async (request: Request, response: Response, _next: NextFunction): Promise<void> => {
    response.status(operation.status ?? 200);
    const reply = await handle({
      params: request.params as Record<string, string>,
      query: operation.query ? checked(operation.query, request.query, 'query') : undefined,
      body: operation.body ? checked(operation.body, request.body, 'body') : undefined,
      request,
      response,
    });
    if (checkReplies) operation.response.parse(reply);
    response.json(reply);
  };
}

/** @throws ClinicalError `REQUEST_INVALID`, which names the place and not the value. */
function checked(schema: z.ZodType, value: unknown, part: string): unknown {
  const read = schema.safeParse(value ?? {});
  if (read.success) return read.data;
  const path = [part, ...read.error.issues[0]!.path.map(String)].join('.');
  throw new ClinicalError('REQUEST_INVALID', { path });
}
