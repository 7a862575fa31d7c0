import { describe, expect, it } from '@jest/globals';
import { personOf } from './person-of-claims.js';

const names = { roles: 'realm_access.roles', areas: 'areas', staffId: 'staff_id' };
const claims = { sub: 's-1', preferred_username: 'limin', name: '李敏', realm_access: { roles: ['operator', 'uma_authorization'] }, areas: ['440305'] };
const refusal = (code: string): unknown => expect.objectContaining({ code });

describe('the person of a set of claims', () => {
  it('has the roles and areas that we know, and nothing else', () => {
    expect(personOf({ ...claims, areas: ['440305', 'Nanshan', 7, '440305'] }, names)).toEqual({
      username: 'limin', name: '李敏', roles: ['operator'], areaCodes: ['440305'], staffId: null,
    });
  });

  it('may be told in one text, everywhere, and under a name with dots in it', () => {
    const roles = 'https://brain.example/roles';
    expect(personOf({ ...claims, [roles]: 'operator, auditor', areas: '*' }, { ...names, roles })).toMatchObject({
      roles: ['operator', 'auditor'], areaCodes: ['*'],
    });
  });

  it('speaks for a staff member when the claim is an id', () => {
    const staffId = '0190c8f2-7a1b-7c3d-8e4f-5a6b7c8d9e0f';
    expect(personOf({ ...claims, staff_id: staffId }, names).staffId).toBe(staffId);
    expect(personOf({ ...claims, staff_id: 'E-17' }, names).staffId).toBeNull();
  });

  it('is called by what there is', () => {
    expect(personOf({ ...claims, preferred_username: ' ', name: undefined }, names)).toMatchObject({ username: 's-1', name: 's-1' });
  });

  it('is refused with two of the separated roles', () => {
    expect(() => personOf({ ...claims, realm_access: { roles: ['auditor', 'administrator'] } }, names)).toThrow(refusal('ROLES_NOT_SEPARATED'));
  });

  it('is refused without a role or without an area of ours', () => {
    expect(() => personOf({ ...claims, realm_access: { roles: ['toString'] } }, names)).toThrow(refusal('OIDC_ROLE_MISSING'));
    expect(() => personOf({ ...claims, realm_access: null }, names)).toThrow(refusal('OIDC_ROLE_MISSING'));
    expect(() => personOf({ ...claims, areas: [] }, names)).toThrow(refusal('OIDC_AREA_MISSING'));
    expect(() => personOf({ ...claims, areas: undefined }, names)).toThrow(refusal('OIDC_AREA_MISSING'));
  });
});
