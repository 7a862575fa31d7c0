import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Readiness, type ReadinessEntry } from '@brain/service-kit';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { upstreamsOf } from '../front-door/routes.js';

const TIMEOUT_MS = 3_000;
const report = z.object({ ready: z.boolean(), checks: z.record(z.string(), z.object({ ready: z.boolean(), detail: z.string().optional() })) });

/** Adds an entry per service to this door's readiness, with what each says of its own engines. */
@Injectable()
export class UpstreamReadiness implements OnModuleInit {
  constructor(
    private readonly readiness: Readiness,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  onModuleInit(): void {
    for (const [service, url] of upstreamsOf(this.config)) {
      if (url !== undefined) this.readiness.add(service, () => readinessOf(new URL('/readyz', url)));
    }
  }
}

async function readinessOf(url: URL): Promise<ReadinessEntry> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined);
  if (response === undefined) return { ready: false, detail: 'does not answer' };
  const { data } = report.safeParse(await response.json().catch(() => undefined));
  if (data === undefined) return { ready: false, detail: 'does not say' };
  const checks = Object.fromEntries(Object.entries(data.checks).map(([name, { ready, detail }]) => [name, entryOf(ready, detail)]));
  const failing = Object.entries(checks).filter(([, check]) => !check.ready);
  if (failing.length === 0) return { ready: data.ready, checks };
  return { ready: false, detail: failing.map(([name, { detail }]) => `${name}: ${detail ?? 'not ready'}`).join('; '), checks };
}

function entryOf(ready: boolean, detail: string | undefined): ReadinessEntry {
  return detail === undefined ? { ready } : { ready, detail };
}
