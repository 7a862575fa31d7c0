import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '@brain/auth';
import { DomainError, SERVICES } from '@brain/contracts';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { upstreamsOf } from '../front-door/routes.js';

const TIMEOUT_MS = 3_000;
const serviceName = z.enum(SERVICES).exclude(['operations-gateway']);

/**
 * The services listen on loopback alone, so a scraper elsewhere reads each through this door: one target a service,
 * and a service that is down is a failed scrape of its own.
 */
@Public()
@Controller('metrics')
export class ServiceMetricsController {
  private readonly upstreams: ReturnType<typeof upstreamsOf>;

  constructor(@Inject(CONFIG) config: GatewayConfig) {
    this.upstreams = upstreamsOf(config);
  }

  @Get(':service')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async prometheus(@Param('service') name: string): Promise<string> {
    const service = serviceName.safeParse(name).data;
    const upstream = service === undefined ? undefined : this.upstreams.get(service);
    if (upstream === undefined) throw new DomainError('SERVICE_UNKNOWN', `There is no service ${name}`);
    const response = await fetch(new URL('/metrics', upstream), { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined);
    if (response?.ok === true) return response.text();
    throw new DomainError('SERVICE_UNAVAILABLE', `${name} does not answer now`);
  }
}
