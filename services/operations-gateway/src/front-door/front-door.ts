import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { DomainError } from '@brain/contracts';
import { newCorrelationId, traceRequest, type KitRequest } from '@brain/service-kit';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { SessionTokens } from '../sign-in/session-tokens.js';
import { tokenOf } from './caller.js';
import { dashboardFiles } from './dashboard-files.js';
import { Proxy } from './proxy.js';
import { isOpenToAll, prefixOf, serviceFor, upstreamsOf } from './routes.js';
import { securityHeaders } from './security-headers.js';

/**
 * What every request passes before the gateway's own controllers. It is mounted while the application is being
 * created, ahead of Nest's body parsers: a proxied body must still be unread.
 */
@Injectable()
export class FrontDoor implements OnModuleDestroy {
  private readonly proxy: Proxy;
  private readonly upstreams: ReturnType<typeof upstreamsOf>;

  constructor(
    { httpAdapter }: HttpAdapterHost,
    private readonly sessions: SessionTokens,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.upstreams = upstreamsOf(config);
    this.proxy = new Proxy({
      bodyLimitBytes: config.GATEWAY_BODY_LIMIT_BYTES,
      timeoutMs: config.GATEWAY_UPSTREAM_TIMEOUT_SECONDS * 1000,
    });
    // Express takes the client's address, and whether it came by https, from proxies we trust alone.
    httpAdapter.getInstance<Express>().set('trust proxy', [...config.GATEWAY_TRUSTED_PROXIES]);
    const mount = (handler: RequestHandler): void => {
      httpAdapter.use(handler);
    };
    mount(securityHeaders());
    mount((request, response, next) => void this.admit(request, response, next).catch(next));
    if (config.GATEWAY_DASHBOARD_DIR !== undefined) mount(dashboardFiles(config.GATEWAY_DASHBOARD_DIR));
  }

  onModuleDestroy(): void {
    this.proxy.close();
  }

  /** Sends what belongs to a service on to it, in the name of a session that goes on. Our own routes have the guard, each of them. */
  private async admit(request: Request, response: Response, next: NextFunction): Promise<void> {
    const correlationId = correlate(request, response);
    // Over whatever the caller wrote there, and the same for us and for the services behind.
    request.headers['x-forwarded-for'] = request.ip ?? '';
    const service = serviceFor(request.path);
    if (service === undefined) {
      next();
      return;
    }
    const refusable: KitRequest = request;
    refusable.routePrefix = prefixOf(request.path);
    const token = tokenOf(request.method, request.headers);
    if (token !== undefined || !isOpenToAll(request.method, request.path)) refusable.actor = (await this.sessions.verify(token)).actor;
    const upstream = this.upstreams.get(service);
    if (upstream === undefined) throw new DomainError('SERVICE_UNAVAILABLE', `${service} is not part of this installation`);
    await traceRequest(request, response, () => this.proxy.pass(request, response, upstream, token, correlationId));
  }
}

/** The caller's correlation id when it is well-formed, else a new one; everything behind the door sees the same. */
function correlate(request: Request, response: Response): string {
  const given = request.header('x-correlation-id');
  const correlationId = given !== undefined && /^[\w-]{8,100}$/.test(given) ? given : newCorrelationId();
  request.headers['x-correlation-id'] = correlationId;
  response.setHeader('X-Correlation-Id', correlationId);
  return correlationId;
}
