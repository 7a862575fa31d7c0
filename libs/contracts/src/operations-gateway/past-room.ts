import type { Change, Snapshot } from './socket.js';

/**
 * How the past is told. recorded: as it was known then. occurred: as it later turned out to have been, each event at
 * the time it happened whenever it was heard of (the two time axes of bitemporal data, ISO/IEC 9075-2 2011).
 */
export const PAST_AXES = ['recorded', 'occurred'] as const;
export type PastAxis = (typeof PAST_AXES)[number];

/** GET /api/audit/room?at=&as=: the control room at a moment, as the screens showed it. */
export interface PastRoom extends Omit<Snapshot, 'seq'> {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly as: PastAxis;
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'seq'> : never;

/** A device that went where whoever asks may not look: that it is gone, and nothing of where it is. Nothing else moves. */
interface DeviceLeft {
  readonly topic: 'device-left';
  readonly type: 'device.left.v1';
  readonly data: { readonly deviceId: string };
}

/** One change of the room, with the moment at which the screens would have shown it, ISO 8601 UTC. */
export type PastChange = (Unnumbered<Extract<Change, { topic: 'alert' | 'case' | 'device' }>> | DeviceLeft) & { readonly at: string };

/** GET /api/audit/room/changes?from=&to=&as=&limit=&cursor=: what changed after `from` and up to `to`, in order of time. */
export interface PastChanges {
  readonly items: readonly PastChange[];
  readonly nextCursor: string | null;
}
