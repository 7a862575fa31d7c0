import { describe, expect, it } from '@jest/globals';
import type { DifferenceReason } from '@brain/event-store';
import { replayFindings } from './replay-findings.js';

const same = (service: string, table: string) => ({ service, table, identical: true, reason: null });
const other = (service: string, table: string, reason: DifferenceReason) => ({ service, table, identical: false, reason });

describe('what a replay has found', () => {
  it('is one line when nothing differs', () => {
    expect(replayFindings([same('audit', 'audit_event'), same('alerting', 'alert_list')], false)).toEqual(['All 2 read tables are identical to what the events say.']);
  });

  it('names tables, reason and command after an upgrade', () => {
    const compared = [other('alerting', 'alert_list', 'earlier-version'), other('alerting', 'alert_list_past', 'earlier-version'), other('audit', 'audit_event', 'made-otherwise'), same('audit', 'refused')];
    expect(replayFindings(compared, false)).toEqual([
      '3 of 4 read tables differ from what the events say.',
      '  2 were begun by an earlier version of the product, before tables kept how they are made: alert_list, alert_list_past (alerting)',
      '  1 were made by an earlier version: their columns, the types of events in them or the version of their projection have changed since: audit_event (audit)',
      'Put the rebuilt ones in their place with: npm run brain -- replay --swap',
    ]);
  });

  it('asks to keep what no version explains, before it is put right', () => {
    const lines = replayFindings([other('alerting', 'alert_list', 'unexplained')], false);
    expect(lines[1]).toContain('differ all the same');
    expect(lines.slice(2)).toEqual(['Put the rebuilt ones in their place with: npm run brain -- replay --swap', 'Before that, keep the unexplained tables for an investigation: npm run brain -- backup DIR']);
  });

  it('says that the rebuilt tables are in place after a swap', () => {
    expect(replayFindings([other('alerting', 'alert_list', 'earlier-version')], true).at(-1)).toBe('The rebuilt tables are in their place now.');
  });
});
