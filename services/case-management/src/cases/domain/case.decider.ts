import type { Decider } from '@brain/event-store/pure';
import { extend, markOverdue, resume, suspend } from './case-clock.js';
import { accept, merge, open, voidCase } from './case-intake.js';
import { close, rate, reopen, rework, verify } from './case-review.js';
import { requirePresent } from './case-transitions.js';
import { complete, dispatch, reassign, sendBack, start } from './case-work.js';
import type { CaseCommand, OpenCase } from './case.commands.js';
import type { CaseEvent } from './case.events.js';
import { evolveCase } from './case.evolve.js';
import type { CaseRecord, CaseSnapshot } from './case.record.js';
import type { CaseSettings } from './case.settings.js';

export type CaseDecider = Decider<CaseSnapshot, CaseCommand, CaseEvent>;

/** The life of a case under one version of the settings. */
export function createCaseDecider(settings: CaseSettings): CaseDecider {
  return {
    initial: { state: 'absent' },
    decide: (command, snapshot) =>
      command.type === 'OpenCase'
        ? open(settings, command, snapshot)
        : decideStep(settings, command, requirePresent(snapshot)),
    evolve: evolveCase,
  };
}

function decideStep(
  settings: CaseSettings,
  command: Exclude<CaseCommand, OpenCase>,
  record: CaseRecord,
): readonly CaseEvent[] {
  switch (command.type) {
    case 'AcceptCase':
      return accept(command, record);
    case 'DispatchCase':
      return dispatch(command, record);
    case 'StartCase':
      return start(command, record);
    case 'SendBackCase':
      return sendBack(command, record);
    case 'ReassignCase':
      return reassign(command, record);
    case 'CompleteCase':
      return complete(command, record);
    case 'VerifyCase':
      return verify(command, record);
    case 'ReworkCase':
      return rework(command, record);
    case 'CloseCase':
      return close(command, record);
    case 'ReopenCase':
      return reopen(settings, command, record);
    case 'ExtendCase':
      return extend(command, record);
    case 'SuspendCase':
      return suspend(command, record);
    case 'ResumeCase':
      return resume(settings, command, record);
    case 'VoidCase':
      return voidCase(command, record);
    case 'MergeCase':
      return merge(command, record);
    case 'RateCase':
      return rate(command, record);
    case 'MarkOverdue':
      return markOverdue(command, record);
    case 'EraseCase':
      return [{ type: 'CaseErased', data: { caseId: command.caseId, at: command.now } }];
  }
}
