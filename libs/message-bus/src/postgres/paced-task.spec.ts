import { eventually } from '@brain/testing';
import { describe, expect, it } from '@jest/globals';
import { PacedTask } from './paced-task.js';

function counted(paceMs: number) {
  const finish: (() => void)[] = [];
  const task = new PacedTask(paceMs, () => new Promise<void>((resolve) => finish.push(resolve)));
  return { task, finish, runs: () => finish.length };
}

describe('a paced task', () => {
  it('shares one run among what is asked for while another runs', async () => {
    const { task, finish, runs } = counted(0);
    task.request();
    await eventually(() => expect(runs()).toBe(1));
    task.request();
    task.request();
    expect(runs()).toBe(1);
    finish[0]?.();
    await eventually(() => expect(runs()).toBe(2));
    finish[1]?.();
    await task.cancel();
    expect(runs()).toBe(2);
  });

  it('runs at once, whatever the pace, when asked to run now', async () => {
    const { task, finish, runs } = counted(60_000);
    const first = task.now();
    finish[0]?.();
    await first;
    const second = task.now();
    expect(runs()).toBe(2);
    finish[1]?.();
    await second;
  });

  it('runs anew for who asks now while an older run is on its way', async () => {
    const { task, finish, runs } = counted(60_000);
    const older = task.now();
    const newer = task.now();
    finish[0]?.();
    await older;
    await eventually(() => expect(runs()).toBe(2));
    finish[1]?.();
    await newer;
  });

  it('forgets what is wanted when cancelled', async () => {
    const { task, runs } = counted(0);
    task.request();
    await task.cancel();
    expect(runs()).toBe(0);
  });
});
