import { describe, expect, it } from '@jest/globals';
import type { Actor } from '@brain/auth';
import type { DomainError } from '@brain/contracts';
import { requireKnownAssignee } from './case-access.js';

const CASE_AREA = '440305001001001';
const operator: Actor = { id: 'o', username: 'o', name: 'o', roles: ['operator'], areaCodes: ['440305001'], staffId: null };
const worker = (...areaCodes: string[]) => ({ roles: ['grid-worker'] as const, areaCodes });
const refusalOf = (person: Parameters<typeof requireKnownAssignee>[2]): DomainError | undefined => {
  try {
    requireKnownAssignee(operator, CASE_AREA, person);
    return undefined;
  } catch (error) {
    return error as DomainError;
  }
};

describe('whom an operator may name for a case', () => {
  it.each([
    ['somebody responsible for it', worker('440305001001001')],
    ['somebody responsible for an area above, beyond those of the operator', worker('440305')],
    ['somebody who works elsewhere in the areas of the operator: the decision says why not', worker('440305001002')],
  ])('is %s', (_, person) => expect(refusalOf(person)).toBeUndefined());

  it('is nobody who works outside the areas of the operator, as if there were no such person; the record is told the truth', () => {
    const unknown = refusalOf(undefined);
    expect(unknown).toMatchObject({ code: 'STAFF_UNKNOWN', details: { errors: [{ path: 'assignee' }] }, recordedAs: undefined });
    expect(refusalOf(worker('440306001001'))).toMatchObject({ code: 'STAFF_UNKNOWN', message: unknown?.message, details: unknown?.details, recordedAs: 'AREA_OUT_OF_SCOPE' });
  });
});
