import { DomainError, type Decider } from '@brain/event-store/pure';
import type { AskForErasure, ErasureCommand, RecordErasure } from './erasure.commands.js';
import type { ErasureEvent } from './erasure.events.js';

export type ErasureState =
  | { readonly status: 'none' }
  | { readonly status: 'requested'; readonly requestedBy: string; readonly expiresAt: string }
  /** Decided, and the key is still to be destroyed; then `erased`. */
  | { readonly status: 'decided' | 'erased'; readonly keyId: string };

/** There is no way back from the second voice, so there is no command that takes one back. */
export const erasureDecider: Decider<ErasureState, ErasureCommand, ErasureEvent> = {
  initial: { status: 'none' },

  decide(command, state) {
    switch (command.type) {
      case 'AskForErasure':
        return ask(command, state);
      case 'RecordErasure':
        return record(command, state);
    }
  },

  evolve(_, event) {
    switch (event.type) {
      case 'ErasureRequested':
        return { status: 'requested', requestedBy: event.data.requestedBy, expiresAt: event.data.expiresAt };
      case 'PersonErased':
        return { status: 'decided', keyId: event.data.keyId };
      case 'ErasureCarriedOut':
        return { status: 'erased', keyId: event.data.keyId };
    }
  },
};

function ask({ subject, by, now: { at, expiresAt, keyId } }: AskForErasure, state: ErasureState): readonly ErasureEvent[] {
  // A case that was erased may have been written about since: then it has another key, and can be erased again.
  if (state.status === 'decided' || (state.status === 'erased' && (keyId === null || keyId === state.keyId))) return [];
  if (keyId === null) throw new DomainError('PERSON_UNKNOWN', `Nothing is encrypted for ${subject}`);
  if (state.status !== 'requested' || state.expiresAt <= at) {
    return [{ type: 'ErasureRequested', data: { subject, requestedBy: by, at, expiresAt } }];
  }
  if (state.requestedBy === by) return []; // asked already, and nobody can agree with themselves
  return [{ type: 'PersonErased', data: { subject, keyId, requestedBy: state.requestedBy, confirmedBy: by, at } }];
}

function record({ subject, now }: RecordErasure, state: ErasureState): readonly ErasureEvent[] {
  if (state.status !== 'decided') return [];
  return [{ type: 'ErasureCarriedOut', data: { subject, keyId: state.keyId, at: now } }];
}
