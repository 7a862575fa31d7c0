import type { RecordFoundBroken, RecordFoundWhole } from '@brain/contracts';
import type { Decider } from '@brain/event-store/pure';

export type RecordCheckEvent = RecordFoundBroken | RecordFoundWhole;

/** What a pass of the self-check found. */
export type RecordFinding =
  | { readonly whole: true; readonly treeSize: number }
  | { readonly whole: false; readonly code: string; readonly leafIndex: number | null; readonly treeSize: number };

export interface RecordCheckCommand {
  readonly finding: RecordFinding;
  readonly now: string;
}

/** The fault that was told last; null: whole. */
export type RecordCheckState = { readonly code: string; readonly leafIndex: number | null } | null;

/** Only what changes is told: a fault once, another fault, and that the record is whole again. */
export const recordCheckDecider: Decider<RecordCheckState, RecordCheckCommand, RecordCheckEvent> = {
  initial: null,

  decide({ finding, now }, state) {
    const { treeSize } = finding;
    if (finding.whole) return state === null ? [] : [{ type: 'RecordFoundWhole', data: { treeSize, at: now } }];
    const { code, leafIndex } = finding;
    if (state !== null && state.code === code && state.leafIndex === leafIndex) return [];
    return [{ type: 'RecordFoundBroken', data: { code, leafIndex, treeSize, at: now } }];
  },

  evolve(_state, event) {
    switch (event.type) {
      case 'RecordFoundBroken':
        return { code: event.data.code, leafIndex: event.data.leafIndex };
      case 'RecordFoundWhole':
        return null;
    }
  },
};

/** There is one record. */
export const RECORD_CHECK_STREAM = 'record-check';
