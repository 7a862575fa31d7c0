import { describe, expect, it } from '@jest/globals';
import type { Account } from '@brain/contracts';
import { changesSince, matches, separatedFrom } from './account-form.js';

const account: Account = {
  accountId: 'a', username: 'li.na', name: '李娜', roles: ['operator'], areaCodes: ['440305'], staffId: null, issuer: null,
  disabled: false, oneTime: false, createdAt: '2026-11-22T00:00:00.000Z', revision: 3,
};

describe('the roles that are offered', () => {
  it('are all of them for somebody who has none of the separated ones', () => {
    expect(separatedFrom([])).toEqual([]);
    expect(separatedFrom(['operator', 'evaluator'])).toEqual([]);
  });

  it('are without the other separated ones for somebody who has one', () => {
    expect(separatedFrom(['auditor', 'evaluator'])).toEqual(['administrator', 'security-administrator']);
  });
});

describe('an account', () => {
  it.each(['LI', '李', '值班', '440305', '李 值班', ''])('is found by %j', (words) => {
    expect(matches(account, words, () => '值班员')).toBe(true);
  });

  it('is not found where one of the words is missing', () => {
    expect(matches(account, '李 审计', () => '值班员')).toBe(false);
  });

  it('shows what somebody else changed, whatever the order of roles and areas', () => {
    const two: Account = { ...account, roles: ['operator', 'evaluator'] };
    expect(changesSince(two, { ...two, roles: ['evaluator', 'operator'], revision: 4 })).toEqual([]);
    expect(changesSince(account, { ...account, roles: ['auditor'], disabled: true, revision: 5 })).toEqual([
      { field: 'roles', before: ['operator'], now: ['auditor'] },
      { field: 'disabled', before: false, now: true },
    ]);
  });
});
