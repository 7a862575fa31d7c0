import { describe, expect, it } from '@jest/globals';
import { Restartable } from './restartable.js';

describe('Restartable', () => {
  it('closes the one before it opens the next, and each once', async () => {
    const seen: string[] = [];
    let count = 0;
    const restartable = new Restartable(() => Promise.resolve(`${(count += 1)}`), (name) => seen.push(name));
    expect(() => restartable.current).toThrow('Not open');
    await restartable.start();
    await restartable.restart();
    expect([restartable.current, seen]).toEqual(['2', ['1']]);
    await restartable.stop();
    await restartable.stop();
    expect(seen).toEqual(['1', '2']);
  });

  it('has nothing to close when it could not be opened again', async () => {
    const seen: string[] = [];
    const openings = [Promise.resolve('first'), Promise.reject(new Error('port in use'))];
    const restartable = new Restartable(() => openings.shift() ?? Promise.resolve(''), (name) => seen.push(name));
    await restartable.start();
    await expect(restartable.restart()).rejects.toThrow('port in use');
    await restartable.stop();
    expect(seen).toEqual(['first']);
  });
});
