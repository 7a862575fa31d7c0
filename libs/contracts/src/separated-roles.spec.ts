import { describe, expect, it } from '@jest/globals';
import { requireSeparatedRoles, separationConflict } from './separated-roles.js';
import { ROLES, type Role } from './values.js';

describe('the separated roles', () => {
  it.each<[Role[]]>([
    [['administrator', 'security-administrator']],
    [['administrator', 'auditor']],
    [['operator', 'auditor', 'security-administrator']],
    [[...ROLES]],
  ])('are never held together: %p', (roles) => {
    expect(() => requireSeparatedRoles(roles)).toThrow(
      expect.objectContaining({ code: 'ROLES_NOT_SEPARATED', details: { errors: [expect.objectContaining({ path: 'roles' })] } }),
    );
  });

  it.each<[Role[]]>([[['administrator', 'operator']], [['auditor', 'evaluator']], [['security-administrator']], [[]]])('go with the others: %p', (roles) => {
    expect(separationConflict(roles)).toEqual([]);
    expect(() => requireSeparatedRoles(roles)).not.toThrow();
  });
});
