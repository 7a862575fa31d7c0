import { describe, expect, it } from '@jest/globals';
import { admit, dismiss, reconcile } from './dynsec-commands.js';

const ana = '0197c1f0-5a7e-7c3b-9d55-0f1e2d3c4b5a';
const bob = '0197c1f0-5a7e-7c3b-9d55-0f1e2d3c4b5b';
const device = (deviceId: string, rotation = -1, isWaiting = false) => ({ deviceId, rotation, isWaiting });

describe('the access of a device', () => {
  it('is to its own topics', () => {
    const [role] = admit(ana, 'token', -1);
    expect(role).toMatchObject({ acls: [{ acltype: 'publishClientSend', topic: `devices/${ana}/#`, allow: true }, { topic: `devices/${ana}/#` }] });
  });
});

describe('reconciling the broker with the registry', () => {
  it('changes nothing when both say the same', () => {
    expect(reconcile([device(ana)], [{ username: ana, textname: 'token -1' }])).toEqual({ commands: [], missing: [] });
  });

  it('takes away a device that is none of ours any more', () => {
    expect(reconcile([device(ana)], [{ username: ana, textname: 'token -1' }, { username: bob }]).commands).toEqual(dismiss(bob));
  });

  it('leaves people and programs alone', () => {
    expect(reconcile([], [{ username: 'admin' }, { username: 'brain' }]).commands).toEqual([]);
  });

  it('names a device that the broker has lost, and one with an older token', () => {
    expect(reconcile([device(ana), device(bob, 3)], [{ username: bob, textname: 'token -1' }]).missing).toEqual([ana, bob]);
  });

  it('waits for a token that is on its way', () => {
    expect(reconcile([device(ana, 3, true)], []).missing).toEqual([]);
  });
});
