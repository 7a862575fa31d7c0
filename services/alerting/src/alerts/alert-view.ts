import { ERASED, ERASED_READING, type AlertState, type AlertView, type StoredEvent } from '@brain/contracts';
import type { AlertEvent } from './domain/alert.events.js';

/** Events → the alert as everybody sees it. Used by the list and by the single alert, so that they cannot differ. */
export function alertViewAfter(view: AlertView | undefined, event: AlertEvent, stored: StoredEvent): AlertView | undefined {
  if (event.type === 'AlertRaised') return raised(event.data, stored);
  if (view === undefined) return undefined;
  return { ...changed(view, event), updatedAt: stored.metadata.time, revision: stored.revision };
}

function raised(data: Extract<AlertEvent, { type: 'AlertRaised' }>['data'], stored: StoredEvent): AlertView {
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
    updatedAt: stored.metadata.time,
    clearedAt: null,
    acknowledgedBy: null,
    assigneeId: null,
    occurrences: 1,
    reading,
    caseId: null,
    revision: stored.revision,
  };
}

function changed(view: AlertView, event: Exclude<AlertEvent, { type: 'AlertRaised' }>): AlertView {
  switch (event.type) {
    case 'AlertRecurred':
      return { ...view, occurrences: event.data.occurrences, reading: newest(view, event.data) };
    case 'AlertCleared': {
      const { clearedAt, occurrences } = event.data;
      return { ...view, state: cleared(view.state), clearedAt, occurrences, reading: newest(view, event.data) };
    }
    case 'AlertAcknowledged':
      return { ...view, state: acknowledged(view.state), acknowledgedBy: event.data.acknowledgedBy };
    case 'AlertAssigned':
      return { ...view, assigneeId: event.data.assigneeId };
    case 'AlertCaseLinked':
      return { ...view, caseId: event.data.caseId };
    case 'AlertCommented':
      return view;
    case 'AlertWearerErased':
      return { ...view, deviceName: ERASED, location: null, reading: ERASED_READING };
  }
}

/** An alert tells of one wearer alone: should another have got the device since, their reading is not shown on it. */
function newest(view: AlertView, { reading, wearerId }: { readonly reading: AlertView['reading'] | null; readonly wearerId?: string | null | undefined }): AlertView['reading'] {
  return reading === null || (wearerId ?? null) !== (view.wearerId ?? null) ? view.reading : reading;
}

function cleared(state: AlertState): AlertState {
  return state === 'ACTIVE_ACK' || state === 'CLEARED_ACK' ? 'CLEARED_ACK' : 'CLEARED_UNACK';
}

function acknowledged(state: AlertState): AlertState {
  return state === 'ACTIVE_UNACK' || state === 'ACTIVE_ACK' ? 'ACTIVE_ACK' : 'CLEARED_ACK';
}
