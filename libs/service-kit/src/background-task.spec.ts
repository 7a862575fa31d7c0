import { describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import pino from 'pino';
import { aborted, BackgroundTask } from './background-task.js';

const FOR_EVER = 2_147_483_647;
const STEADY_MS = 20;
const silent = pino({ level: 'silent' });

describe('a background task', () => {
  it('that failed is well again once its work goes on, though nothing comes for it to do', async () => {
    let [runs, goOn] = [0, false];
    const task = new BackgroundTask('quiet', silent, async (signal) => {
      runs += 1;
      if (!goOn) throw new Error('no connection');
      await aborted(signal, FOR_EVER);
    }, STEADY_MS);
    task.start();
    await eventually(() => expect(task.lastError).toBe('no connection'));
    goOn = true;
    await eventually(() => expect(task.lastError).toBeUndefined());
    const runsThen = runs;
    await task.stop();
    expect(runs).toBe(runsThen);
  });

  it('is not well while it pauses between failures', async () => {
    const errors: (string | undefined)[] = [];
    const task: BackgroundTask = new BackgroundTask('failing', silent, () => {
      errors.push(task.lastError);
      return Promise.reject(new Error(`failure ${String(errors.length)}`));
    }, STEADY_MS);
    task.start();
    await eventually(() => expect(errors).toHaveLength(3));
    await task.stop();
    expect(errors).toEqual([undefined, 'failure 1', 'failure 2']);
  });
});
