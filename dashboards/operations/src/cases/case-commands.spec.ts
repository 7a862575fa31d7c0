import { describe, expect, it } from '@jest/globals';
import type { User } from '../session/user.js';
import { allowedCommands } from './case-commands.js';

const person = (part: Partial<User>): User => ({
  id: 'u', username: 'u', name: 'u', roles: [], areaCodes: ['440305'], staffId: null, ...part,
});
const operator = person({ roles: ['operator'] });
const worker = person({ roles: ['grid-worker'], staffId: 'ana' });
const anas = { assignee: { staffId: 'ana', name: 'Ana' } };

describe('the commands of a case', () => {
  it.each([
    ['reported', ['accept', 'void', 'merge']],
    ['accepted', ['dispatch']],
    ['dispatched', ['start', 'send-back', 'reassign']],
    ['in-progress', ['complete', 'reassign', 'extend', 'suspend']],
    ['suspended', ['resume']],
    ['completed', ['verify', 'rework']],
    ['verified', ['close']],
    ['closed', ['reopen', 'rate']],
    ['voided', []],
    ['merged', []],
  ] as const)('for an operator, %s: %j', (state, commands) => {
    expect(allowedCommands({ state, ...anas }, operator)).toEqual(commands);
  });

  it('let a worker do the own work, and nothing else', () => {
    expect(allowedCommands({ state: 'dispatched', ...anas }, worker)).toEqual(['start', 'send-back']);
    expect(allowedCommands({ state: 'completed', ...anas }, worker)).toEqual([]);
  });

  it("leave another's work alone", () => {
    expect(allowedCommands({ state: 'dispatched', assignee: { staffId: 'bo', name: 'Bo' } }, worker)).toEqual([]);
  });

  it('are none for somebody who only looks', () => {
    expect(allowedCommands({ state: 'dispatched', ...anas }, person({ roles: ['auditor'] }))).toEqual([]);
  });
});
