import { describe, expect, it } from '@jest/globals';
import { decodeCursor, foreignCursorIn, page } from './paging.js';

describe('a page', () => {
  const keyOf = (item: { id: number }) => [item.id];

  it('leads to the next one from its last item', () => {
    const first = page([{ id: 1 }, { id: 2 }, { id: 3 }], 2, keyOf);
    expect(first.items).toEqual([{ id: 1 }, { id: 2 }]);
    expect(decodeCursor(first.nextCursor ?? '', 1)).toEqual([2]);
  });

  it('is the last when nothing is left over', () => {
    expect(page([{ id: 1 }], 2, keyOf).nextCursor).toBeNull();
  });

  it.each(['nonsense', Buffer.from('[1,2]').toString('base64url')])('refuses the foreign cursor %s', (cursor) => {
    expect(() => decodeCursor(cursor, 1)).toThrow('did not come from this list');
  });

  it('knows a cursor whose parts the database cannot read for a foreign one, and nothing else', () => {
    const unreadable = Object.assign(new Error('invalid input syntax for type uuid: "x"'), { code: '22P02' });
    expect(foreignCursorIn(unreadable, { cursor: 'WyJ4Il0' })).toMatchObject({ code: 'CURSOR_INVALID', details: { errors: [{ path: 'cursor' }] } });
    expect(foreignCursorIn(unreadable, {})).toBeUndefined();
    expect(foreignCursorIn(Object.assign(new Error('duplicate key'), { code: '23505' }), { cursor: 'WyJ4Il0' })).toBeUndefined();
    expect(foreignCursorIn(new Error('other'), { cursor: 'WyJ4Il0' })).toBeUndefined();
  });
});
