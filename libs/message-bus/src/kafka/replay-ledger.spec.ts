import { describe, expect, it } from '@jest/globals';
import { ReplayLedger, type ReplayRequest } from './replay-ledger.js';

const request: ReplayRequest = { kind: 'requested', id: '1', group: 'g', topic: 't', partition: 2, notBefore: 5 };
const at = '2026-01-01T00:00:00.000Z';

describe('a replay that was asked for', () => {
  it('is due once its partition has come as far as it was then', () => {
    const ledger = new ReplayLedger();
    ledger.apply(request);
    expect(ledger.due('g', 't', 2, 4)).toBeUndefined();
    expect(ledger.due('g', 't', 2, 5)).toBe('1');
  });

  it('is due in no other group, topic or partition', () => {
    const ledger = new ReplayLedger();
    ledger.apply(request);
    expect([ledger.due('h', 't', 2, 9), ledger.due('g', 'u', 2, 9), ledger.due('g', 't', 1, 9)]).toEqual([undefined, undefined, undefined]);
  });

  it('is due no more once it is replayed', () => {
    const ledger = new ReplayLedger();
    ledger.apply(request);
    ledger.apply({ kind: 'replayed', id: '1', at });
    expect(ledger.due('g', 't', 2, 9)).toBeUndefined();
    expect(ledger.of('1')).toMatchObject({ replayedAt: at, failure: undefined });
  });

  it('keeps its newest error when it fails, and can be asked for again', () => {
    const ledger = new ReplayLedger();
    ledger.apply(request);
    ledger.apply({ kind: 'failed', id: '1', at, error: 'second' });
    expect(ledger.due('g', 't', 2, 9)).toBeUndefined();
    expect(ledger.of('1').failure).toEqual({ error: 'second', at });
    ledger.apply(request);
    expect(ledger.due('g', 't', 2, 9)).toBe('1');
  });
});
