import type { CaseCommandName } from '@brain/contracts';

export type CommandField = 'reason' | 'result' | 'comment' | 'dueAt' | 'reviewAt' | 'assignee' | 'newAssignee' | 'intoCaseId' | 'satisfaction';

/** What each command asks for. None: one press is enough. */
export const COMMAND_FIELDS: Readonly<Record<CaseCommandName, readonly CommandField[]>> = {
  accept: [],
  dispatch: ['assignee'],
  start: [],
  complete: ['result'],
  verify: [],
  close: [],
  rework: ['reason'],
  'send-back': ['reason'],
  reassign: ['newAssignee', 'reason'],
  extend: ['dueAt', 'reason'],
  suspend: ['reviewAt', 'reason'],
  resume: [],
  void: ['reason'],
  merge: ['intoCaseId'],
  reopen: ['reason'],
  rate: ['satisfaction', 'comment'],
};
