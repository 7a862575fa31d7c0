import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

/** An event as auditors read it. */
export interface AuditEvent {
  readonly eventId: string;
  readonly type: string;
  /** The stream it belongs to. */
  readonly subject: string;
  readonly revision: number;
  readonly position: string;
  readonly areaCode: string | null;
  readonly actor: { readonly type: string; readonly id: string };
  readonly time: string;
  readonly recordedAt: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export async function listAuditEvents(query: Readonly<Record<string, QueryValue>>): Promise<Page<AuditEvent>> {
  return (await request('/api/audit/events', { query })) as Page<AuditEvent>;
}
