import { describe, expect, it } from '@jest/globals';
import { isSupervisorGone } from './run-service.js';

describe('the supervisor of a service', () => {
  const send = () => true;

  it('is gone when its channel had closed before the service listened', () => {
    expect(isSupervisorGone({ send, connected: false })).toBe(true);
  });

  it('is there while the channel is open, and was never there without one', () => {
    expect(isSupervisorGone({ send, connected: true })).toBe(false);
    expect(isSupervisorGone({ connected: false })).toBe(false);
  });
});
