import { describe, expect, it } from '@jest/globals';
import { socketTopicsFor } from './operations-gateway/socket.js';
import { READERS } from './readers.js';
import { ROLES } from './values.js';

describe('the topics of a screen', () => {
  it('are all for an operator', () => expect(socketTopicsFor(['operator'])).toEqual(['alert', 'case', 'workload', 'device', 'reading']));
  it('are those of every role of the account together', () =>
    expect(socketTopicsFor(['grid-worker', 'evaluator'])).toEqual(['alert', 'case', 'workload', 'device']));
  it('are none without a role', () => expect(socketTopicsFor([])).toEqual([]));
  it('are none for a security administrator', () => expect(socketTopicsFor(['security-administrator'])).toEqual([]));
});

describe('what the roles read', () => {
  it('is accounts and whom they may speak for alone, for a security administrator', () => {
    const read = Object.entries(READERS).filter(([, roles]) => (roles as readonly string[]).includes('security-administrator'));
    expect(read.map(([what]) => what)).toEqual(['staffName', 'account']);
  });

  it('is nothing that nobody reads', () => {
    for (const roles of Object.values(READERS)) expect(roles.filter((role) => ROLES.includes(role)).length).toBeGreaterThan(0);
  });
});
