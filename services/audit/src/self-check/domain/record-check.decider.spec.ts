import { describe, it } from '@jest/globals';
import { scenario } from '@brain/testing';
import { recordCheckDecider, type RecordCheckEvent } from './record-check.decider.js';

const now = '2026-11-22T02:00:00.000Z';
const { given } = scenario(recordCheckDecider);
const broken = (code: string, leafIndex: number | null): RecordCheckEvent => ({ type: 'RecordFoundBroken', data: { code, leafIndex, treeSize: 9, at: now } });
const whole: RecordCheckEvent = { type: 'RecordFoundWhole', data: { treeSize: 9, at: now } };
const found = (code: string, leafIndex: number | null) => ({ finding: { whole: false, code, leafIndex, treeSize: 9 }, now }) as const;
const foundWhole = { finding: { whole: true, treeSize: 9 }, now } as const;

describe('what the self-check tells', () => {
  it('is nothing while all is well', () => given().when(foundWhole).expectEvents());
  it('is a fault', () => given().when(found('RECORD_CHANGED', 3)).expectEvents(broken('RECORD_CHANGED', 3)));
  it('is a fault once', () => given(broken('RECORD_CHANGED', 3)).when(found('RECORD_CHANGED', 3)).expectEvents());
  it('is another fault, further ahead', () => given(broken('RECORD_CHANGED', 3)).when(found('RECORD_CHANGED', 2)).expectEvents(broken('RECORD_CHANGED', 2)));
  it('is that it is whole again', () => given(broken('RECORD_SHORT', 3)).when(foundWhole).expectEvents(whole));
  it('is the same fault after it was whole', () => given(broken('RECORD_SHORT', 3), whole).when(found('RECORD_SHORT', 3)).expectEvents(broken('RECORD_SHORT', 3)));
});
