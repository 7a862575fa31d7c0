import type { AuditEvent, EventCount, EventProof, EventStory } from '@brain/contracts';
import { ApiError } from './api-error.js';
import type { Page } from './page.js';
import { request, requestText, type QueryValue } from './request.js';

type Query = Readonly<Record<string, QueryValue>>;

export async function listAuditEvents(query: Query): Promise<Page<AuditEvent>> {
  return (await request('/api/audit/events', { query })) as Page<AuditEvent>;
}

export async function countAuditEvents(query: Query): Promise<EventCount> {
  return (await request('/api/audit/events/count', { query })) as EventCount;
}

export async function getAuditEvent(eventId: string): Promise<AuditEvent> {
  return (await request(`/api/audit/events/${encodeURIComponent(eventId)}`)) as AuditEvent;
}

export async function getStory(eventId: string): Promise<EventStory> {
  return (await request(`/api/audit/events/${encodeURIComponent(eventId)}/story`)) as EventStory;
}

export async function getProof(eventId: string): Promise<EventProof> {
  return (await request(`/api/audit/proof/${encodeURIComponent(eventId)}`)) as EventProof;
}

/** null: this installation keeps no log, or has not signed anything yet. */
export async function getCheckpoint(): Promise<string | null> {
  try {
    return await requestText('/api/audit/log/checkpoint');
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** The key that signs the log, as a signed-note verifier key. */
export function getLogKey(): Promise<string> {
  return requestText('/api/audit/log/vkey');
}
