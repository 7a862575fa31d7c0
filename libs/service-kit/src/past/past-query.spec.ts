import { describe, expect, it } from '@jest/globals';
import { pastOfQuery } from './past-of-query.js';
import { pastQuery, type KeptTable } from './past-query.js';

const past = { at: '2026-03-01T09:00:00.000Z', as: 'recorded' } as const;
const sheet: KeptTable = { name: 'sheet', columns: ['id', 'text'], since: null };
const note: KeptTable = { name: 'note', columns: ['id'], since: new Date('2026-02-01T00:00:00.000Z') };

function refusalOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a query of an earlier moment', () => {
  it('is the same query over the states of then, and of nothing it does not name', () => {
    const { text, params } = pastQuery('service', [sheet, note], past, { text: 'SELECT text FROM sheet WHERE id = $1', params: ['one'] });
    expect(text.replace(/\s+/g, ' ')).toBe(
      'WITH "sheet" AS NOT MATERIALIZED ( SELECT "id", "text" FROM "service"."sheet" WHERE recorded_from <= $2::timestamptz' +
        ' UNION ALL SELECT "id", "text" FROM "service"."sheet_past" WHERE recorded_from <= $2::timestamptz AND recorded_to > $2::timestamptz)' +
        ' SELECT text FROM sheet WHERE id = $1',
    );
    expect(params).toEqual(['one', past.at]);
  });

  it('goes by when things happened, when that is asked for', () => {
    expect(pastQuery('service', [sheet], { ...past, as: 'occurred' }, { text: 'SELECT FROM sheet', params: [] }).text).toContain('occurred_to > $1::timestamptz');
  });

  it('is refused before the tables it names were kept', () => {
    const before = { ...past, at: '2026-01-31T23:59:59.999Z' };
    expect(refusalOf(() => pastQuery('service', [sheet, note], before, { text: 'SELECT FROM note', params: [] }))).toMatchObject({
      code: 'PAST_NOT_KEPT',
      details: { errors: [{ path: 'at', message: 'is before 2026-02-01T00:00:00.000Z' }] },
    });
    expect(pastQuery('service', [sheet, note], before, { text: 'SELECT FROM sheet', params: [] }).params).toEqual([before.at]);
  });

  it('leaves a table whose past is not kept to the database, which does not find it', () => {
    const query = { text: 'SELECT FROM sheets', params: [] };
    expect(pastQuery('service', [sheet], past, query)).toBe(query);
  });
});

describe('the moment that is asked for', () => {
  const now = '2026-03-01T10:00:00.000Z';
  it('is told in UTC, as known then unless said otherwise', () => {
    expect(pastOfQuery('2026-03-01T17:00:00+08:00', undefined, now)).toEqual(past);
    expect(pastOfQuery(now, 'occurred', now)).toEqual({ at: now, as: 'occurred' });
  });

  it.each([
    ['yesterday', undefined, 'AT_INVALID'],
    ['2026-03-01T09:00:00', undefined, 'AT_INVALID'],
    [['2026-03-01T09:00:00Z', '2026-03-01T08:00:00Z'], undefined, 'AT_INVALID'],
    [undefined, 'occurred', 'AT_INVALID'],
    ['2026-03-01T09:00:00Z', 'known', 'AS_INVALID'],
    ['2026-03-01T10:00:00.001Z', undefined, 'AT_IN_FUTURE'],
  ])('%s %s is refused with %s', (at, as, code) => {
    expect(refusalOf(() => pastOfQuery(at, as, now))).toMatchObject({ code });
  });
});
