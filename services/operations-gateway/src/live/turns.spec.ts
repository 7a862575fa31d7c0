import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  it('run one after another, however long each takes', async () => {
    const turns = new Turns();
    const steps: string[] = [];
    let finishFirst = (): void => undefined;
    const first = turns.run(async () => {
      steps.push('first begins');
      await new Promise<void>((resolve) => (finishFirst = resolve));
      steps.push('first ends');
    });
    const second = turns.run(() => Promise.resolve(void steps.push('second')));
    await Promise.resolve();
    finishFirst();
    await Promise.all([first, second]);
    expect(steps).toEqual(['first begins', 'first ends', 'second']);
  });

  it('go on after one that failed, whose caller is told', async () => {
    const turns = new Turns();
    const failed = turns.run(() => Promise.reject(new Error('no')));
    await expect(turns.run(() => Promise.resolve('yes'))).resolves.toBe('yes');
    await expect(failed).rejects.toThrow('no');
  });
});
