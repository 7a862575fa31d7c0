import { describe, expect, it } from '@jest/globals';
import { claimOf } from './device-sign-in.js';

const deviceId = '0197c1f0-5a7e-7c3b-9d55-0f1e2d3c4b5a';
const nothing = { username: undefined, password: undefined, certificateName: undefined };

describe('what a device shows of itself', () => {
  it.each([
    ['a certificate, whatever user name comes with it', { ...nothing, certificateName: deviceId, username: 'other' }, { by: 'certificate', deviceId }],
    ['a token as user name', { ...nothing, username: 'tok' }, { by: 'token', token: 'tok' }],
    ['a token as user name, and a password that nobody asked for', { ...nothing, username: 'tok', password: 'x' }, { by: 'token', token: 'tok' }],
    ['its id and its token', { ...nothing, username: deviceId, password: 'tok' }, { by: 'id-and-token', deviceId, token: 'tok' }],
    ['its id alone, which proves nothing', { ...nothing, username: deviceId }, { by: 'id-and-token', deviceId, token: '' }],
    ['no name', { ...nothing, username: '', password: 'tok' }, { by: 'nothing' }],
  ])('can be %s', (_what, signIn, claim) => {
    expect(claimOf(signIn)).toEqual(claim);
  });
});
