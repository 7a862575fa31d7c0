import { join } from 'node:path';
import express, { Router, type Response } from 'express';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** Never the dashboard's, whether they exist or not, and however they are written. */
const SERVER_PATHS = /^[/\\]+(api|healthz|readyz|metrics|socket\.io|mqtt|open311|alertmanager)([/\\]|$)/i;

/** The built dashboard. Files under /assets have a hash in their name and never change; every page is index.html. */
export function dashboardFiles(folder: string): Router {
  const router = Router();
  router.use('/assets', express.static(join(folder, 'assets'), { maxAge: YEAR_MS, immutable: true, index: false, fallthrough: true }));
  router.use(express.static(folder, { index: false, setHeaders: revalidated }));
  router.use((request, response, next) => {
    const isPage = request.method === 'GET' && !SERVER_PATHS.test(decoded(request.path)) && request.accepts('html') !== false;
    if (!isPage || /\.\w+$/.test(request.path)) {
      next();
      return;
    }
    revalidated(response);
    response.sendFile(join(folder, 'index.html'), (error) => {
      if (error !== undefined && !response.headersSent) next(error);
    });
  });
  return router;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function revalidated(response: Response): void {
  response.setHeader('Cache-Control', 'no-cache');
}
