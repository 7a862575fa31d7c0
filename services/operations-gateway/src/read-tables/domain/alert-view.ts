import {
  ERASED,
  ERASED_READING,
  type AlertAcknowledged,
  type AlertAssigned,
  type AlertCaseLinked,
  type AlertCleared,
  type AlertCommented,
  type AlertRaised,
  type AlertRecurred,
  type AlertState,
  type AlertView,
  type AlertWearerErased,
} from '@brain/contracts';
import type { Stamp } from './stamp.js';

export type AlertEvent =
  | AlertRaised
  | AlertRecurred
  | AlertAcknowledged
  | AlertCleared
  | AlertAssigned
  | AlertCommented
  | AlertCaseLinked
  | AlertWearerErased;

/** The alert after the event. Nothing is known of an alert before it was raised. */
export function foldAlert(view: AlertView | undefined, event: AlertEvent, { revision, time }: Stamp): AlertView | undefined {
  if (event.type === 'AlertRaised') return raised(event, revision);
  return view && { ...view, ...changeBy(event, view, time), revision };
}

export function isAlertOpen(view: AlertView): boolean {
  return view.state !== 'CLEARED_ACK';
}

function raised({ data }: AlertRaised, revision: number): AlertView {
  const { alertId, ruleId, title, deviceId, wearerId, deviceName, areaCode, location, severity, raisedAt, reading } = data;
  return {
    alertId,
    ruleId,
    title,
    deviceId,
    ...(wearerId ? { wearerId } : {}),
    deviceName,
    areaCode,
    location,
    severity,
    state: 'ACTIVE_UNACK',
    raisedAt,
    updatedAt: raisedAt,
    clearedAt: null,
    acknowledgedBy: null,
    assigneeId: null,
    occurrences: 1,
    reading,
    caseId: null,
    revision,
  };
}

function changeBy(event: Exclude<AlertEvent, AlertRaised>, view: AlertView, time: string): Partial<AlertView> {
  switch (event.type) {
    case 'AlertRecurred':
      return { occurrences: event.data.occurrences, reading: newest(view, event.data), updatedAt: event.data.at };
    case 'AlertAcknowledged':
      return {
        state: acknowledged(view.state),
        acknowledgedBy: event.data.acknowledgedBy,
        updatedAt: event.data.acknowledgedAt,
      };
    case 'AlertCleared':
      return {
        state: cleared(view.state),
        clearedAt: event.data.clearedAt,
        occurrences: event.data.occurrences,
        reading: newest(view, event.data),
        updatedAt: event.data.clearedAt,
      };
    case 'AlertAssigned':
      return { assigneeId: event.data.assigneeId, updatedAt: event.data.at };
    case 'AlertCommented':
      return { updatedAt: event.data.at };
    case 'AlertCaseLinked':
      return { caseId: event.data.caseId, updatedAt: time };
    case 'AlertWearerErased':
      return { deviceName: ERASED, location: null, reading: ERASED_READING };
  }
}

/** An alert tells of one wearer alone: should another have got the device since, their reading is not shown on it. */
function newest(view: AlertView, { reading, wearerId }: { readonly reading: AlertView['reading'] | null; readonly wearerId?: string | null | undefined }): AlertView['reading'] {
  return reading === null || (wearerId ?? null) !== (view.wearerId ?? null) ? view.reading : reading;
}

function acknowledged(state: AlertState): AlertState {
  return state === 'CLEARED_UNACK' || state === 'CLEARED_ACK' ? 'CLEARED_ACK' : 'ACTIVE_ACK';
}

function cleared(state: AlertState): AlertState {
  return state === 'ACTIVE_ACK' || state === 'CLEARED_ACK' ? 'CLEARED_ACK' : 'CLEARED_UNACK';
}
