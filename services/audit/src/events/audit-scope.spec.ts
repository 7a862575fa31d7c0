import { describe, expect, it } from '@jest/globals';
import type { Actor } from '@brain/auth';
import type { Role } from '@brain/contracts';
import { auditScopeOf, requireReadable } from './audit-scope.js';

const actor = (role: Role, ...areaCodes: string[]): Actor => ({ id: 'a', username: 'a', name: 'a', roles: [role], areaCodes, staffId: null });

describe('what may be read of the record', () => {
  it.each<[string, Actor, readonly string[] | null, boolean]>([
    ['an auditor of everywhere', actor('auditor', '*'), null, true],
    ['an auditor of a county', actor('auditor', '440305'), ['440305'], true],
    ['an auditor of a street', actor('auditor', '440305001'), ['440305001'], false],
    ['an evaluator of a county', actor('evaluator', '440305'), ['440305'], false],
    ['an auditor without areas', actor('auditor'), [], false],
  ])('by %s', (_, who, areas, withoutArea) => {
    expect(auditScopeOf(who)).toEqual({ areas, withoutArea });
  });

  it('of one event is refused outside, with a path', () => {
    const refusal = expect.objectContaining({ code: 'AREA_OUT_OF_SCOPE' });
    expect(() => requireReadable(actor('auditor', '440305'), '440305001')).not.toThrow();
    expect(() => requireReadable(actor('auditor', '440305'), '440306001')).toThrow(refusal);
    expect(() => requireReadable(actor('auditor', '440305'), null)).not.toThrow();
    expect(() => requireReadable(actor('evaluator', '440305'), null)).toThrow(refusal);
  });
});
