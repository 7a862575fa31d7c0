import { z } from 'zod';
import type { AlertView } from '../alerting/alert-view.js';
import type { CaseView } from '../case-management/case-view.js';
import type { StaffWorkload } from '../case-management/staff-workload.v1.js';
import type { DeviceView } from '../sensor-ingestion/device-view.js';
import type { Reading } from '../telemetry/telemetry-message.v1.js';
import { READERS } from '../readers.js';
import { areaCode, type Role } from '../values.js';

export const SOCKET_NAMESPACE = '/operations';
export const SOCKET_TOPICS = ['alert', 'case', 'workload', 'device', 'reading'] as const;
export type SocketTopic = (typeof SOCKET_TOPICS)[number];

/** The topics a client with these roles can subscribe to: what they may read. Anything else is refused with TOPIC_NOT_ALLOWED. */
export function socketTopicsFor(roles: readonly Role[]): readonly SocketTopic[] {
  return SOCKET_TOPICS.filter((topic) => READERS[topic].some((role) => roles.includes(role)));
}

export const subscribeRequest = z.strictObject({
  /** `*` is everywhere, for an account whose scope is everywhere. */
  areas: z.array(z.union([areaCode, z.literal('*')])).min(1).max(500),
  topics: z.array(z.enum(SOCKET_TOPICS)).min(1),
});
export type SubscribeRequest = z.infer<typeof subscribeRequest>;

/**
 * `RATE_LIMITED`: too many subscriptions of this connection or account, try again in a moment. `SUBSCRIPTION_REPLACED`: a
 * newer one of the same connection came before this was begun.
 */
export type SubscribeAck =
  | { readonly ok: true; readonly seq: number; readonly resumed: boolean }
  | { readonly ok: false; readonly code: string; readonly detail: string; readonly path?: string };

/** Everything in the subscribed areas as of `seq`; open alerts and open cases only. */
export interface Snapshot {
  readonly seq: number;
  readonly alerts: readonly AlertView[];
  readonly cases: readonly CaseView[];
  readonly workload: readonly StaffWorkload[];
  readonly devices: readonly DeviceView[];
}

export interface DeviceReading extends Reading {
  readonly deviceId: string;
  readonly areaCode: string;
}

/**
 * `seq` grows by one per client stream, without holes. `type` is the event's versioned client name, e.g.
 * `alert.raised.v1`; `data` is always the whole view as it now is, so applying a change twice is harmless.
 */
export type Change =
  | { readonly seq: number; readonly topic: 'alert'; readonly type: string; readonly data: AlertView }
  | { readonly seq: number; readonly topic: 'case'; readonly type: string; readonly data: CaseView }
  | { readonly seq: number; readonly topic: 'workload'; readonly type: string; readonly data: StaffWorkload }
  | { readonly seq: number; readonly topic: 'device'; readonly type: string; readonly data: DeviceView }
  | { readonly seq: number; readonly topic: 'reading'; readonly type: string; readonly data: DeviceReading };

/** Server → client events of the namespace. */
export interface ServerToClientEvents {
  snapshot: (snapshot: Snapshot) => void;
  change: (change: Change) => void;
}
export interface ClientToServerEvents {
  subscribe: (request: SubscribeRequest, acknowledge: (answer: SubscribeAck) => void) => void;
}
