import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { ClinicalError } from '#pipelines/errors.ts';

/** Serves the built client; any other address that a browser opens is the client's own, which reads it. */
export function clientFiles(folder: string): Router {
  const router = Router();
  const page = join(folder, 'index.html');
  router.use((_request, response, next) => {
    response.locals['route'] = 'client';
    next();
  });
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: true }));
  router.use(express.static(folder, { index: false, cacheControl: false }));
  router.use((request, response, next) => {
    // What ends like a file is one that is missing, not an address of the client.
    const opensPage = request.method === 'GET' && !/\.\w{1,8}$/.test(request.path) && request.accepts('html');
    if (!opensPage || !existsSync(page)) {
      next(new ClinicalError('ROUTE_NOT_FOUND'));
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
  return router;
}
