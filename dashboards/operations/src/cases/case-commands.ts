import { CASE_COMMANDS, ROLES_OF_CASE_COMMAND, type CaseCommandName, type CaseState, type CaseView } from '@brain/contracts';
import { hasRole, type User } from '../session/user.js';

/** In which states each command is possible; the service decides in the end, this only says which buttons to show. */
const POSSIBLE_IN: Readonly<Record<CaseCommandName, readonly CaseState[]>> = {
  accept: ['reported'],
  void: ['reported'],
  merge: ['reported'],
  dispatch: ['accepted'],
  start: ['dispatched'],
  'send-back': ['dispatched'],
  reassign: ['dispatched', 'in-progress'],
  complete: ['in-progress'],
  extend: ['in-progress'],
  suspend: ['in-progress'],
  resume: ['suspended'],
  verify: ['completed'],
  rework: ['completed'],
  close: ['verified'],
  reopen: ['closed'],
  rate: ['closed'],
};

const FORWARD: readonly CaseCommandName[] = ['accept', 'dispatch', 'start', 'complete', 'verify', 'close', 'resume'];
const FINAL: readonly CaseCommandName[] = ['void', 'merge'];

/** What this person may do with this case now, the step forward first. */
export function allowedCommands({ state, assignee }: Pick<CaseView, 'state' | 'assignee'>, user: User): CaseCommandName[] {
  const operator = hasRole(user, 'operator');
  const own = hasRole(user, 'grid-worker') && user.staffId !== null && assignee?.staffId === user.staffId;
  return CASE_COMMANDS.filter((name) => POSSIBLE_IN[name].includes(state))
    .filter((name) => (operator && ROLES_OF_CASE_COMMAND[name].includes('operator')) || (own && ROLES_OF_CASE_COMMAND[name].includes('grid-worker')))
    .sort((a, b) => Number(isForward(b)) - Number(isForward(a)));
}

export const isForward = (command: CaseCommandName): boolean => FORWARD.includes(command);
/** Cannot be taken back: asked twice. */
export const isFinal = (command: CaseCommandName): boolean => FINAL.includes(command);
