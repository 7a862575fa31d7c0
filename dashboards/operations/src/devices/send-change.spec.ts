import { describe, expect, it } from '@jest/globals';
import type { DeviceView } from '@brain/contracts';
import { ApiError } from '../api/api-error.js';
import { sendChange, type DeviceApi } from './send-change.js';

const seen: DeviceView = {
  deviceId: '018f0000-0000-7000-8000-000000000002', name: 'band', kind: 'wristband', areaCode: '440305001001', location: null,
  wearerId: null, state: 'registered', online: false, lastSeenAt: null, revision: 1,
};

function refusal(code: string): ApiError {
  return new ApiError({ type: 'about:blank', title: code, status: 412, code, detail: code });
}

/** Stands at `now`, and moves on by itself as often as `moves` says, as a device that comes and goes. */
function serverAt(now: DeviceView, moves = 0) {
  let device = now;
  let left = moves;
  const taken: Partial<DeviceView>[] = [];
  const api: DeviceApi = {
    change: (before, change) => {
      if (before.revision !== device.revision) return Promise.reject(refusal('REVISION_STALE'));
      taken.push(change);
      return Promise.resolve(device);
    },
    get: () => {
      const told = device;
      if (left > 0) device = { ...device, online: !device.online, revision: device.revision + 1 };
      left -= 1;
      return Promise.resolve(told);
    },
  };
  return { api, taken };
}

describe('a change of a device', () => {
  it('is done at once when nothing happened', async () => {
    const { api, taken } = serverAt(seen);
    expect(await sendChange(api, seen, { name: 'n' })).toEqual({ done: true });
    expect(taken).toEqual([{ name: 'n' }]);
  });

  it('is done when the device only came and went meanwhile', async () => {
    const { api, taken } = serverAt({ ...seen, online: true, revision: 4 }, 2);
    expect(await sendChange(api, seen, { name: 'n' })).toEqual({ done: true });
    expect(taken).toHaveLength(1);
  });

  it('is left to the user when somebody else changed it', async () => {
    const theirs = { ...seen, name: 'theirs', revision: 2 };
    const { api, taken } = serverAt(theirs);
    expect(await sendChange(api, seen, { name: 'n' })).toEqual({ done: false, theirs });
    expect(taken).toEqual([]);
  });

  it('ends with the refusal when the device comes and goes without end, and with any other at once', async () => {
    await expect(sendChange(serverAt({ ...seen, revision: 2 }, 99).api, seen, {})).rejects.toThrow('REVISION_STALE');
    const api: DeviceApi = { change: () => Promise.reject(refusal('WEARER_ERASED')), get: () => Promise.resolve(seen) };
    await expect(sendChange(api, seen, {})).rejects.toThrow('WEARER_ERASED');
  });
});
