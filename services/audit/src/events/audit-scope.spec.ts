import { describe, expect, it } from '@jest/globals';
import type { Actor } from '@brain/auth';
import type { DomainError, Role } from '@brain/contracts';
import { auditScopeOf, requireReadable, requireReadableEvent } from './audit-scope.js';

const actor = (role: Role, ...areaCodes: string[]): Actor => ({ id: 'a', username: 'a', name: 'a', roles: [role], areaCodes, staffId: null });

const refusalOf = (work: () => unknown): DomainError => {
  try {
    work();
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('was not refused');
};

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

  it('of an area is refused outside, with a path', () => {
    expect(() => requireReadable(actor('auditor', '440305'), '440305001')).not.toThrow();
    expect(() => requireReadable(actor('auditor', '440305'), '440306001')).toThrow(expect.objectContaining({ code: 'AREA_OUT_OF_SCOPE' }));
  });

  it('of one event is refused outside as if there were none, and the record is told the truth', () => {
    const none = refusalOf(() => requireReadableEvent(actor('auditor', '440305'), undefined));
    expect(none).toMatchObject({ code: 'EVENT_NOT_FOUND', recordedAs: undefined });
    for (const [who, areaCode] of [[actor('auditor', '440305'), '440306001'], [actor('evaluator', '440305'), null]] as const) {
      expect(refusalOf(() => requireReadableEvent(who, { areaCode }))).toMatchObject({ code: none.code, message: none.message, details: none.details, recordedAs: 'AREA_OUT_OF_SCOPE' });
    }
    expect(requireReadableEvent(actor('auditor', '440305'), { areaCode: '440305001' })).toEqual({ areaCode: '440305001' });
    expect(requireReadableEvent(actor('auditor', '440305'), { areaCode: null })).toEqual({ areaCode: null });
  });
});
