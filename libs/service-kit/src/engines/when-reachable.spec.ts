import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@brain/contracts';
import { pino } from 'pino';
import { whenReachable } from './when-reachable.js';

const logger = pino({ level: 'silent' });

describe('an engine at the start', () => {
  it('is waited for until it answers', async () => {
    let asked = 0;
    await whenReachable('bus', () => ((asked += 1) < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve()), logger);
    expect(asked).toBe(3);
  });

  it('ends the start when it refuses', async () => {
    const refused = new DomainError('BUS_REFUSED', 'wrong credentials: check BRAIN_KAFKA_PASSWORD');
    await expect(whenReachable('bus', () => Promise.reject(refused), logger)).rejects.toBe(refused);
  });
});
