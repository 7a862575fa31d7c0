import { beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '@brain/contracts';
import pino from 'pino';
import { aborted, BackgroundTask } from './background-task.js';
import { OutageLog } from './outage-log.js';

const away = (message: string) => new DomainError('EVENT_STORE_UNAVAILABLE', message);

describe('an outage in the log', () => {
  let lines: Record<string, unknown>[];
  let now: number;
  let log: OutageLog;
  const logger = pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) });
  beforeEach(() => {
    [lines, now] = [[], 0];
    log = new OutageLog(logger, () => now);
  });

  it('is one line a minute, without a stack, whoever and however many miss the engine, and says how many more', () => {
    for (now = 0; now < 60_000; now += 20) {
      log.failed('relay', away(`no answer within ${String(now)} ms`), 'task failed');
      log.failed('log', away('ECONNREFUSED'), 'task failed');
    }
    expect(lines).toEqual([expect.objectContaining({ who: 'relay', reason: 'no answer within 0 ms', msg: 'task failed' })]);
    expect(lines[0]).not.toHaveProperty('err');
    log.failed('log', away('ECONNREFUSED'), 'task failed');
    expect(lines[1]).toMatchObject({ who: 'log', reason: 'ECONNREFUSED', more: 5_999, by: ['log', 'relay'] });
    expect(lines).toHaveLength(2);
  });

  it('is told for each engine by itself', () => {
    log.failed('relay', away('x'), 'task failed');
    log.failed('relay', new DomainError('BUS_UNAVAILABLE', 'x'), 'task failed');
    expect(lines).toHaveLength(2);
  });

  it('that is none, but a defect, is told with its stack, once a minute for each who has it', () => {
    for (let n = 0; n < 3; n += 1) for (const who of ['relay', 'log']) log.failed(who, new TypeError('x is undefined'), 'task failed');
    expect(lines.map((line) => [line['who'], (line['err'] as { stack: string }).stack.includes('TypeError')])).toEqual([['relay', true], ['log', true]]);
  });

  it('is one line for all background tasks that share a logger', async () => {
    let failed = 0;
    const tasks = ['a', 'b', 'c'].map((name) => new BackgroundTask(name, logger, async (signal) => {
      failed += 1;
      await aborted(signal, 1);
      throw away('gone');
    }));
    for (const task of tasks) task.start();
    while (failed < 9) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all(tasks.map((task) => task.stop()));
    expect(lines).toHaveLength(1);
  });
});
