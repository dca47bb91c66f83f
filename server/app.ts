import express, { Router } from 'express';
import type { Express } from 'express';
import { ClinicalError } from '#pipelines/errors.ts';
import type { Log } from './middleware/access-log.ts';
import { accessLog } from './middleware/access-log.ts';
import { errorReply } from './middleware/error-reply.ts';
import {
  accessTokenOnly,
  neverCached,
  ownHostOnly,
  requestId,
  requestsPerMinute,
  securityHeaders,
} from './middleware/guards.ts';
import type { Product } from './product.ts';
import { briefRoutes } from './routes/brief.ts';
import { cdsRoutes } from './routes/cds-services.ts';
import { chartRoutes } from './routes/charts.ts';
import { clientFiles } from './routes/client-files.ts';
import { noteRoutes } from './routes/notes.ts';
import { openApiOf } from './routes/openapi.ts';
import { patientRoutes } from './routes/patients.ts';
import { pgxRoutes } from './routes/pgx.ts';
import { questionRoutes } from './routes/questions.ts';
import type { Route } from './routes/route.ts';
import { mount } from './routes/route.ts';
import { healthRoute, systemRoutes } from './routes/system.ts';

export interface AppOptions {
  readonly log: Log;
  readonly allowedHosts: readonly string[];
  readonly accessToken: string | null;
  readonly requestsPerMinute: number;
  /** Folder of the built client. */
  readonly clientFolder: string;
  /** Checks every reply against its schema: for tests. */
  readonly checkReplies?: boolean;
}

/** Every route of the API. A new group of routes is one more line here, and is then in the OpenAPI document too. */
export function routesOf(product: Product): readonly Route[] {
  return [
    ...patientRoutes(product),
    ...noteRoutes(product),
    ...chartRoutes(product),
    ...briefRoutes(product),
    ...questionRoutes(product),
    ...pgxRoutes(product),
    ...cdsRoutes(product),
    ...systemRoutes(product),
  ];
}

/** The Express application, which has not been told to listen. */
export function buildApp(product: Product, options: AppOptions): Express {
  const app = express();
  const routes = routesOf(product);
  const health = healthRoute(product);
  const checks = { checkReplies: options.checkReplies ?? false };
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requestId(), accessLog(options.log), securityHeaders(), ownHostOnly(options.allowedHosts));

  const open = Router();
  mount(open, [health], checks);
  open.get('/api/openapi.json', (_request, response) => {
    response.locals['route'] = '/api/openapi.json';
    response.json((document ??= openApiOf([...routes, health], product.version)));
  });
  let document: ReturnType<typeof openApiOf> | null = null;
  app.use(open);

  const guarded = Router();
  guarded.use(['/api', '/cds-services'], requestsPerMinute(options.requestsPerMinute));
  guarded.use(['/api', '/cds-services'], accessTokenOnly(options.accessToken), neverCached());
  mount(guarded, routes, checks);
  guarded.use(['/api', '/cds-services'], () => {
    throw new ClinicalError('ROUTE_NOT_FOUND');
  });
  app.use(guarded);

  app.use(clientFiles(options.clientFolder));
  app.use(errorReply(options.log));
  return app;
}
