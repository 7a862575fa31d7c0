import { describe, expect, it } from '@jest/globals';
import type { AuditEvent } from '@brain/contracts';
import { changesOf } from './event-diff.js';

const event = (revision: number, data: Record<string, unknown>): AuditEvent => ({
  eventId: `e${String(revision)}`, type: 'x.y.v1', subject: 'case-1', revision, position: String(revision), source: 'x', areaCode: null,
  actor: { type: 'user', id: 'li' }, time: '', recordedAt: '', correlationId: '', causationId: '', data, address: null, leafIndex: null,
});

describe('what an event changed', () => {
  it('is first said, changed, or said again', () => {
    const earlier = [event(2, { dueAt: '11:00', by: 'li' }), event(1, { dueAt: '10:00', title: '电梯' })];
    expect(changesOf(event(3, { dueAt: '12:00', title: '电梯', reason: '待料' }), earlier)).toEqual([
      { path: ['dueAt'], kind: 'changed', before: '11:00', since: 'e2', after: '12:00' },
      { path: ['title'], kind: 'same', before: '电梯', since: 'e1', after: '电梯' },
      { path: ['reason'], kind: 'first', after: '待料' },
    ]);
  });

  it('is found inside parts, and what a part has lost too', () => {
    const earlier = [event(1, { scope: { kind: 'temperature', areaCode: '440305' } })];
    expect(changesOf(event(2, { scope: { kind: 'smoke' } }), earlier)).toEqual([
      { path: ['scope', 'kind'], kind: 'changed', before: 'temperature', since: 'e1', after: 'smoke' },
      { path: ['scope', 'areaCode'], kind: 'gone', before: '440305', since: 'e1' },
    ]);
  });

  it('takes a list as one value and null as a value', () => {
    const earlier = [event(1, { areaCodes: ['a', 'b'], reading: { ts: 1 } })];
    expect(changesOf(event(2, { areaCodes: ['a'], reading: null }), earlier)).toEqual([
      { path: ['areaCodes'], kind: 'changed', before: ['a', 'b'], since: 'e1', after: ['a'] },
      { path: ['reading'], kind: 'first', after: null },
    ]);
  });

  it('leaves out the id that is in the stream’s name', () => {
    expect(changesOf(event(1, { caseId: '1', other: '2' }), [])).toEqual([{ path: ['other'], kind: 'first', after: '2' }]);
  });
});
