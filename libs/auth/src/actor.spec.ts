import { describe, expect, it } from '@jest/globals';
import { coversArea, EVERYWHERE, requireArea, requireRole, type Actor } from './actor.js';
import { areaFilter } from './area-filter.js';

const withAreas = (...areaCodes: string[]): Actor => ({
  id: 'a',
  username: 'a',
  name: 'a',
  roles: ['operator'],
  areaCodes,
  staffId: null,
});

describe('the scope of an actor', () => {
  it('covers its areas and what lies below them', () => {
    expect(coversArea(withAreas('440305001'), '440305001002')).toBe(true);
    expect(coversArea(withAreas('440305001'), '440305002')).toBe(false);
  });

  it('covers nothing when there are no areas', () => {
    expect(coversArea(withAreas(), '440305')).toBe(false);
    expect(areaFilter(withAreas())).toEqual([]);
  });

  it('covers everything when it is everywhere', () => {
    expect(coversArea(withAreas(EVERYWHERE), '110101')).toBe(true);
    expect(areaFilter(withAreas(EVERYWHERE))).toBe('all');
  });

  it('is the list of codes to match for a query', () => {
    expect(areaFilter(withAreas('440305', '440306'))).toEqual(['440305', '440306']);
  });

  it('refuses an area outside with a code and a path', () => {
    expect(() => requireArea(withAreas('440305'), '440306')).toThrow(
      expect.objectContaining({ code: 'AREA_OUT_OF_SCOPE', details: { errors: [expect.objectContaining({ path: 'areaCode' })] } }),
    );
  });

  it('refuses a role that is not held', () => {
    expect(() => requireRole(withAreas(), 'administrator')).toThrow(expect.objectContaining({ code: 'ROLE_NOT_ALLOWED' }));
    expect(() => requireRole(withAreas(), 'administrator', 'operator')).not.toThrow();
  });
});
