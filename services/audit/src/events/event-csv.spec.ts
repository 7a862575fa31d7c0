import { describe, expect, it } from '@jest/globals';
import type { AuditEvent } from '@brain/contracts';
import { csvHead, csvLine } from './event-csv.js';

const event: AuditEvent = {
  eventId: 'e1', type: 'case-management.case-rated.v1', subject: 'case-1', revision: 3, position: '7', source: 'case-management', areaCode: null,
  actor: { type: 'user', id: '=HYPERLINK("http://x")' }, time: '2026-11-22T02:00:00.000Z', recordedAt: '2026-11-22T02:00:01.000Z',
  correlationId: 'c', causationId: '-1', address: '203.0.113.7', data: { comment: '好,\n"很好"' }, leafIndex: 5,
};

describe('an event as a line of CSV', () => {
  it('has a value for each column, quoted where it must be, on one line', () => {
    const line = csvLine(event);
    expect(line.trimEnd()).not.toMatch(/[\r\n]/);
    expect(line).toContain('"{""comment"":""好,\\n\\""很好\\""""}"');
    expect(line.startsWith('7,e1,case-management.case-rated.v1,case-1,3,case-management,,user,')).toBe(true);
    expect(csvHead.split(',')).toHaveLength(15);
  });

  it('is no formula to a spreadsheet', () => {
    expect(csvLine(event)).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(csvLine(event)).toContain(',-1,203.0.113.7,');
  });
});
