import { ApiError } from './api-error.js';
import type { Page } from './page.js';
import { request, requestText, type QueryValue } from './request.js';

type Query = Readonly<Record<string, QueryValue>>;

/** An event as auditors read it. */
export interface AuditEvent {
  readonly eventId: string;
  readonly type: string;
  /** The stream it belongs to. */
  readonly subject: string;
  readonly revision: number;
  readonly position: string;
  readonly source: string;
  readonly areaCode: string | null;
  readonly actor: { readonly type: string; readonly id: string };
  /** From where a person gave the command. */
  readonly address?: string | null;
  readonly time: string;
  readonly recordedAt: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Its place in the log; null: not yet in it. */
  readonly leafIndex?: number | null;
}

interface Placed {
  readonly id: string;
  readonly place: 'cause' | 'asked' | 'effect' | 'beside' | 'refused';
}

export interface EventNode extends Placed {
  readonly kind: 'event';
  readonly event: Omit<AuditEvent, 'data'>;
}

/** Somebody was refused something; it changed nothing. */
export interface RefusedNode extends Placed {
  readonly kind: 'refused';
  readonly event: Omit<AuditEvent, 'data'>;
  readonly refusal: { readonly command: string; readonly code: string; readonly status: number };
}

export interface ReadingNode extends Placed {
  readonly kind: 'reading';
  readonly deviceId: string | null;
  readonly deviceName: string | null;
  readonly time: string;
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

export interface InitiativeNode extends Placed {
  readonly kind: 'request' | 'system';
  readonly actor: AuditEvent['actor'];
  readonly time: string;
}

export type StoryNode = EventNode | RefusedNode | ReadingNode | InitiativeNode | (Placed & { readonly kind: 'withheld' });

export interface StoryEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'caused' | 'next' | 'rule' | 'names' | 'refused';
  readonly skipped?: number;
}

/** What led to an event and what it led to. */
export interface EventStory {
  readonly eventId: string;
  readonly nodes: readonly StoryNode[];
  readonly edges: readonly StoryEdge[];
  readonly truncated: boolean;
}

export interface EventCount {
  readonly count: number;
  /** False: there are more. */
  readonly exact: boolean;
}

export interface EventProof {
  readonly eventId: string;
  readonly leafIndex: number;
  readonly treeSize: number;
  /** C2SP tlog-proof. */
  readonly proof: string;
  /** Canonical JSON: what the leaf is made of. */
  readonly entry: string;
}

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
