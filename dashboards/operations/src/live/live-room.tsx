import type { ReactNode } from 'react';
import { commandAlert } from '../api/alert-commands.js';
import { commandCase } from '../api/case-commands.js';
import { RoomContext, type RoomNow } from '../room/room.js';
import { live } from './live-feed.js';

const ROOM: RoomNow = { time: 'now', state: live, commands: { commandAlert, commandCase } };

/** The room as it is now, with all that can be done in it. */
export function LiveRoom({ children }: { readonly children: ReactNode }): ReactNode {
  return <RoomContext value={ROOM}>{children}</RoomContext>;
}
