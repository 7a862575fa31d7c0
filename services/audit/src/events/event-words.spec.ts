import { describe, expect, it } from '@jest/globals';
import { idsOf, wordsAsked, wordsOf } from './event-words.js';

const caseId = '0193b4a0-0000-7000-8000-000000000001';
const candidate = '0193B4A0-0000-7000-8000-00000000000B';

describe('the words of an event', () => {
  it('are pairs of characters where a script has no spaces, else words in small letters', () => {
    expect(wordsOf({ title: '电梯机房', description: 'Lift room · 1栋' })).toEqual(['电梯', '梯机', '机房', '房', 'lift', 'room', '1', '栋']);
  });

  it('are taken from every depth, each once, and not from ids, times and numbers', () => {
    const data = { caseId, at: '2026-11-22T02:00:00.000Z', load: 0.5, scores: [{ name: '李敏' }, { name: '李敏' }], number: '440305-2026' };
    expect(wordsOf(data)).toEqual(['李敏', '敏', '440305', '2026']);
  });

  it('have an end', () => {
    const many = wordsOf({ text: Array.from({ length: 5_000 }, (_, index) => `word${String(index)}`).join(' ') });
    expect(many).toHaveLength(2_000);
    expect(wordsOf({ token: 'x'.repeat(10_000) })).toEqual(['x'.repeat(64)]);
  });
});

describe('what a search asks for', () => {
  it.each([
    ['电梯机', "'电梯' & '梯机'"],
    ['梯', "'梯':*"],
    ['Lift 电梯', "'lift':* & '电梯'"],
    ['grid-worker', "'grid':* & 'worker':*"],
    ["o'k | !", "'o':* & 'k':*"],
  ])('by %s', (text, query) => expect(wordsAsked(text)).toBe(query));

  it('is nothing where there is no word', () => expect(wordsAsked(' …%_! ')).toBeUndefined());
});

describe('the ids an event names', () => {
  it('are found at every depth, each once', () => {
    expect(idsOf({ caseId, by: 'dispatch-rule', reason: { candidates: [{ staffId: candidate }, { staffId: candidate }] } })).toEqual([caseId, candidate.toLowerCase()]);
  });
});
