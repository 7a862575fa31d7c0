import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  it('work one after the other for one key, also after a failure, and at once for others', async () => {
    const turns = new Turns();
    const done: string[] = [];
    let fail: (error: Error) => void = () => undefined;
    const failing = turns.take('a', () => new Promise<never>((_, reject) => (fail = reject)));
    const second = turns.take('a', () => Promise.resolve(done.push('second')));
    await turns.take('b', () => Promise.resolve(done.push('other')));
    expect(done).toEqual(['other']);
    fail(new Error('refused'));
    await expect(failing).rejects.toThrow('refused');
    await second;
    expect(done).toEqual(['other', 'second']);
  });
});
