import { describe, expect, it } from '@jest/globals';
import { subscriptionsOf } from './broker-topic.js';

const PLAIN = ['devices/+/telemetry', 'devices/+/status'];
const SHARED = ['$share/brain/devices/+/telemetry', '$share/brain/devices/+/status'];

describe('the subscriptions of a session at the broker', () => {
  it('are its own when it is the only one, and no shared ones are left', () => {
    expect(subscriptionsOf('brain', 1)).toEqual({ wanted: PLAIN, unwanted: SHARED });
  });

  it('are shared by several, and none of its own is left', () => {
    expect(subscriptionsOf('brain', 2)).toEqual({ wanted: SHARED, unwanted: PLAIN });
  });
});
