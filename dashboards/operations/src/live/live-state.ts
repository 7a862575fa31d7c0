import type { AlertView, CaseView, Change, DeviceReading, DeviceView, Snapshot, StaffWorkload } from '@brain/contracts';
import { keepsNewer, upsertAlerts, upsertCases, type Keeps } from './live-collections.js';

/** Everything the socket told us, by id. Collections are replaced, never mutated, so identity means "unchanged". */
export interface LiveState {
  /** The last sequence number applied; null before the first snapshot or after a hole. */
  readonly seq: number | null;
  readonly alerts: ReadonlyMap<string, AlertView>;
  readonly cases: ReadonlyMap<string, CaseView>;
  readonly workload: ReadonlyMap<string, StaffWorkload>;
  readonly devices: ReadonlyMap<string, DeviceView>;
  /** The newest reading of each device. */
  readonly readings: ReadonlyMap<string, DeviceReading>;
  /** Readings seen since the page opened, for the rate. */
  readonly readingCount: number;
}

export const EMPTY: LiveState = {
  seq: null,
  alerts: new Map(),
  cases: new Map(),
  workload: new Map(),
  devices: new Map(),
  readings: new Map(),
  readingCount: 0,
};

export function applySnapshot(state: LiveState, snapshot: Snapshot): LiveState {
  return { ...applyRoom(state, snapshot), seq: snapshot.seq };
}

/** Everything in a room, in the place of what was there. */
export function applyRoom(state: LiveState, snapshot: Omit<Snapshot, 'seq'>): LiveState {
  return {
    ...state,
    alerts: new Map(snapshot.alerts.map((alert) => [alert.alertId, alert])),
    cases: new Map(snapshot.cases.map((one) => [one.caseId, one])),
    workload: new Map(snapshot.workload.map((one) => [one.staffId, one])),
    devices: new Map(snapshot.devices.map((device) => [device.deviceId, device])),
  };
}

export interface Applied {
  readonly state: LiveState;
  /** Alerts that were not there before: what the operator should hear. */
  readonly raised: readonly AlertView[];
  /** A sequence number is missing: nothing after it can be trusted until a new snapshot. */
  readonly hole: boolean;
}

/**
 * Applies a burst of changes at once. Each is the whole view, so one that comes twice changes nothing;
 * `seq` must grow by exactly one.
 */
export function applyChanges(state: LiveState, changes: readonly Change[]): Applied {
  const { accepted, seq, hole } = inOrder(state.seq, changes);
  if (accepted.length === 0) return { state: hole ? { ...state, seq: null } : state, raised: [], hole };
  const alerts = accepted.filter((change) => change.topic === 'alert').map(({ data }) => data);
  return { state: { ...applyViews(state, accepted), seq: hole ? null : seq }, raised: newlyRaised(state.alerts, alerts), hole };
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'seq'> : never;

/** Whole views put in their places, in the order given. */
export function applyViews(state: LiveState, changes: readonly Unnumbered<Change>[], keeps: Keeps = keepsNewer): LiveState {
  const alerts = changes.filter((change) => change.topic === 'alert').map(({ data }) => data);
  const cases = changes.filter((change) => change.topic === 'case').map(({ data }) => data);
  const workload = changes.filter((change) => change.topic === 'workload').map(({ data }) => data);
  const devices = changes.filter((change) => change.topic === 'device').map(({ data }) => data);
  const readings = changes.filter((change) => change.topic === 'reading').map(({ data }) => data);
  return {
    seq: state.seq,
    alerts: upsertAlerts(state.alerts, alerts, keeps),
    cases: upsertCases(state.cases, cases, keeps),
    workload: upsert(state.workload, workload, (one) => one.staffId),
    devices: upsert(state.devices, devices, (device) => device.deviceId),
    readings: upsert(state.readings, readings, (reading) => reading.deviceId),
    readingCount: state.readingCount + readings.length,
  };
}

function inOrder(from: number | null, changes: readonly Change[]): { accepted: Change[]; seq: number | null; hole: boolean } {
  const accepted: Change[] = [];
  let seq = from;
  for (const change of changes) {
    if (seq === null) break; // before a snapshot there is nothing to change
    if (change.seq <= seq) continue; // a repeat
    if (change.seq !== seq + 1) return { accepted, seq, hole: true };
    accepted.push(change);
    seq = change.seq;
  }
  return { accepted, seq, hole: false };
}

function newlyRaised(known: ReadonlyMap<string, AlertView>, alerts: readonly AlertView[]): AlertView[] {
  const fresh = new Map<string, AlertView>();
  for (const alert of alerts) {
    if (!known.has(alert.alertId) && alert.state === 'ACTIVE_UNACK') fresh.set(alert.alertId, alert);
  }
  return [...fresh.values()];
}

function upsert<View>(map: ReadonlyMap<string, View>, views: readonly View[], id: (view: View) => string): ReadonlyMap<string, View> {
  if (views.length === 0) return map;
  const next = new Map(map);
  for (const view of views) next.set(id(view), view);
  return next;
}
