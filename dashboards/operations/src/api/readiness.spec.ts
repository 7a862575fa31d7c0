import { describe, expect, it } from '@jest/globals';
import { namesFullStorage } from './readiness.js';

const detail = 'STORAGE_FULL: 3 MB are free in the data folder';

describe('a full disk in the readiness report', () => {
  it('is named by the gateway itself or for a service behind it', () => {
    expect(namesFullStorage({ ready: false, checks: { storage: { ready: false, detail } } })).toBe(true);
    expect(namesFullStorage({ ready: false, checks: { bus: { ready: true }, audit: { ready: false, detail: `storage: ${detail}` } } })).toBe(true);
  });

  it('is not named when there is space, when something else is not ready, or in another answer', () => {
    expect(namesFullStorage({ ready: true, checks: { storage: { ready: true, detail: '2 log lines were dropped' } } })).toBe(false);
    expect(namesFullStorage({ ready: false, checks: { audit: { ready: false, detail: 'does not answer' } } })).toBe(false);
    expect(namesFullStorage('<html>')).toBe(false);
  });
});
