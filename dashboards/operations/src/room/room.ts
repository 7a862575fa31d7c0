import type { CaseCommandName, CaseView, PastAxis } from '@brain/contracts';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ExternalStore } from '../elements/external-store.js';
import type { LiveState } from '../live/live-state.js';

type RoomState = Pick<ExternalStore<LiveState>, 'get' | 'subscribe'>;

export type AlertCommand =
  | { readonly command: 'acknowledge' }
  | { readonly command: 'clear'; readonly reason: string }
  | { readonly command: 'comment'; readonly text: string };

/** What can be done from the room. Whoever shows a command needs this, and only the room of now has it. */
export interface RoomCommands {
  readonly commandAlert: (alertId: string, command: AlertCommand) => Promise<void>;
  readonly commandCase: (command: CaseCommandName, caseId: string, revision: number, body: unknown) => Promise<CaseView>;
}

export interface RoomNow {
  readonly time: 'now';
  readonly state: RoomState;
  readonly commands: RoomCommands;
}

export interface RoomThen {
  readonly time: 'past';
  readonly state: RoomState;
  readonly as: PastAxis;
  /** The moment shown, ISO 8601. */
  readonly at: () => string;
  readonly openCase: (caseId: string) => void;
}

/** Where map, feed and board read from: the line, or a moment of the past. */
export type Room = RoomNow | RoomThen;

export const RoomContext = createContext<Room | null>(null);

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (room === null) throw new Error('useRoom is for what is shown in a room');
  return room;
}

/** One part of the room's state. Choose a part that keeps its identity while unchanged: a collection, a number. */
export function useRoomState<Part>(part: (state: LiveState) => Part): Part {
  const { state } = useRoom();
  return useSyncExternalStore(state.subscribe, () => part(state.get()));
}

/** null in the past: nothing can be done about it. */
export function useCommands(): RoomCommands | null {
  const room = useRoom();
  return room.time === 'now' ? room.commands : null;
}
