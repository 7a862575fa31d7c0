import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type ProblemDetails, type StaffWorkload } from '@brain/contracts';
import { MAX_PAGE, type Page, type Past } from '@brain/service-kit';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';

/** What the service must hear of the caller: it decides, and puts on record, who sees what. */
const OF_THE_CALLER = ['authorization', 'x-forwarded-for', 'x-correlation-id', 'traceparent'] as const;

/** The workload at a moment is computed where the cases are, with the caller's own rights. */
@Injectable()
export class PastWorkload {
  private readonly cases: string | undefined;
  private readonly timeoutMs: number;

  constructor(@Inject(CONFIG) config: GatewayConfig) {
    this.cases = config.GATEWAY_UPSTREAM_CASES;
    this.timeoutMs = config.GATEWAY_UPSTREAM_TIMEOUT_SECONDS * 1000;
  }

  /** All pages. Refuses with what the service refuses with, and with SERVICE_UNAVAILABLE. */
  async at({ at, as }: Past, caller: IncomingHttpHeaders): Promise<readonly StaffWorkload[]> {
    if (this.cases === undefined) return [];
    const all: StaffWorkload[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = new URLSearchParams({ at, as, limit: String(MAX_PAGE), ...(cursor === '' ? {} : { cursor }) });
      const page: Page<StaffWorkload> = await this.get(new URL(`/api/staff/workload?${query.toString()}`, this.cases), caller);
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    return all;
  }

  private async get<Body>(url: URL, caller: IncomingHttpHeaders): Promise<Body> {
    const headers = OF_THE_CALLER.flatMap((name) => (typeof caller[name] === 'string' ? [[name, caller[name]] as [string, string]] : []));
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(this.timeoutMs) }).catch(() => undefined);
    if (response === undefined) throw new DomainError('SERVICE_UNAVAILABLE', 'The service does not answer now, try again');
    const body: unknown = await response.json();
    if (response.ok) return body as Body;
    const { code, detail, errors } = body as ProblemDetails;
    throw new DomainError(code, detail, errors === undefined ? undefined : [...errors]);
  }
}
