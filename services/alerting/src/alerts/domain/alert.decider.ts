import type { AlertRaised } from '@brain/contracts';
import { DomainError, type Decider } from '@brain/event-store/pure';
import type { AcknowledgeAlert, AlertCommand, ClearAlert, ClearByPerson, EraseWearerOfAlert, RecurAlert } from './alert.commands.js';
import type { AlertEvent } from './alert.events.js';

export interface RaisedAlert {
  readonly status: 'active' | 'cleared';
  readonly alertId: string;
  readonly areaCode: string;
  readonly occurrences: number;
  readonly acknowledgedBy: string | null;
  readonly assigneeId: string | null;
  readonly caseIds: readonly string[];
  /** Set when a person, not a reading, cleared it. */
  readonly clearReason: string | null;
  /** Whose device it was, until they are erased. */
  readonly wearerId: string | null;
}
export type AlertDeciderState = { readonly status: 'absent' } | RaisedAlert;

/**
 * Commands from the evaluation are idempotent by their content, not by a command id: the same reading evaluated
 * again after a crash says the same, and what is already recorded is not recorded twice.
 */
export const alertDecider: Decider<AlertDeciderState, AlertCommand, AlertEvent> = {
  initial: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'RaiseAlert':
        return state.status === 'absent' ? [{ type: 'AlertRaised', data: command.alert }] : [];
      case 'RecurAlert':
        return recur(command, requireRaised(state));
      case 'ClearAlert':
        return clear(command, requireRaised(state));
      case 'ClearByPerson':
        return clearByPerson(command, requireRaised(state));
      case 'AcknowledgeAlert':
        return acknowledge(command, requireRaised(state));
      case 'CommentAlert': {
        const { alertId } = requireRaised(state);
        return [{ type: 'AlertCommented', data: { alertId, by: command.by, text: command.text, at: command.now } }];
      }
      case 'AssignAlert': {
        const { alertId, assigneeId } = requireRaised(state);
        if (assigneeId === command.assigneeId) return [];
        const data = { alertId, assigneeId: command.assigneeId, assignedBy: command.by, at: command.now };
        return [{ type: 'AlertAssigned', data }];
      }
      case 'LinkCase': {
        const { alertId, caseIds } = requireRaised(state);
        if (caseIds.includes(command.caseId)) return [];
        return [{ type: 'AlertCaseLinked', data: { alertId, caseId: command.caseId } }];
      }
      case 'EraseWearerOfAlert':
        return eraseWearer(command, requireRaised(state));
    }
  },

  evolve(state, event) {
    if (event.type === 'AlertRaised') return raised(event.data);
    return state.status === 'absent' ? state : evolveRaised(state, event);
  },
};

function raised({ alertId, areaCode, wearerId }: AlertRaised['data']): RaisedAlert {
  return {
    status: 'active',
    alertId,
    areaCode,
    occurrences: 1,
    acknowledgedBy: null,
    assigneeId: null,
    caseIds: [],
    clearReason: null,
    wearerId: wearerId ?? null,
  };
}

function evolveRaised(state: RaisedAlert, event: Exclude<AlertEvent, { type: 'AlertRaised' }>): RaisedAlert {
  switch (event.type) {
    case 'AlertRecurred':
      return { ...state, occurrences: event.data.occurrences };
    case 'AlertCleared':
      return { ...state, status: 'cleared', occurrences: event.data.occurrences, clearReason: event.data.reason };
    case 'AlertAcknowledged':
      return { ...state, acknowledgedBy: event.data.acknowledgedBy };
    case 'AlertAssigned':
      return { ...state, assigneeId: event.data.assigneeId };
    case 'AlertCaseLinked':
      return { ...state, caseIds: [...state.caseIds, event.data.caseId] };
    case 'AlertCommented':
      return state;
    case 'AlertWearerErased':
      return { ...state, wearerId: null };
  }
}

/** Silent on a cleared alert: a person cleared it while the reading was on its way. */
function recur({ occurrences, at, wearerId, reading }: RecurAlert, state: RaisedAlert): AlertEvent[] {
  if (state.status === 'cleared' || occurrences <= state.occurrences) return [];
  return [{ type: 'AlertRecurred', data: { alertId: state.alertId, occurrences, at, ...wornBy(wearerId), reading } }];
}

function clear({ clearedAt, occurrences, wearerId, reading }: ClearAlert, state: RaisedAlert): AlertEvent[] {
  if (state.status === 'cleared') return [];
  return [{ type: 'AlertCleared', data: { alertId: state.alertId, clearedAt, occurrences, ...wornBy(wearerId), reading, reason: null } }];
}

/** Silent when already cleared. The count is as far as events have told it. */
function clearByPerson({ reason, now }: ClearByPerson, { status, alertId, occurrences }: RaisedAlert): AlertEvent[] {
  if (status === 'cleared') return [];
  return [{ type: 'AlertCleared', data: { alertId, clearedAt: now, occurrences, reading: null, reason } }];
}

function acknowledge({ by, now }: AcknowledgeAlert, state: RaisedAlert): AlertEvent[] {
  if (state.acknowledgedBy === by) return [];
  if (state.acknowledgedBy !== null) {
    throw new DomainError('ALERT_ALREADY_ACKNOWLEDGED', `Already acknowledged by ${state.acknowledgedBy}`);
  }
  return [{ type: 'AlertAcknowledged', data: { alertId: state.alertId, acknowledgedBy: by, acknowledgedAt: now } }];
}

function eraseWearer({ wearerId, now }: EraseWearerOfAlert, state: RaisedAlert): AlertEvent[] {
  if (state.wearerId !== wearerId) return [];
  return [{ type: 'AlertWearerErased', data: { alertId: state.alertId, wearerId, at: now } }];
}

function wornBy(wearerId: string | undefined): { readonly wearerId?: string } {
  return wearerId === undefined ? {} : { wearerId };
}

function requireRaised(state: AlertDeciderState): RaisedAlert {
  if (state.status === 'absent') throw new DomainError('ALERT_UNKNOWN', 'There is no such alert');
  return state;
}
