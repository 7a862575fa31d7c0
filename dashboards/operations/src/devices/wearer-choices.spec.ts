import { describe, expect, it } from '@jest/globals';
import { wearerChoices } from './wearer-choices.js';

const ANA = { value: '018f0000-0000-7000-8000-0000000000a1', label: '安娜 · 网格员' };
const newcomer = { value: '6f1d2c3b-0000-4000-8000-000000000001', label: 'new' };
const nobody = { people: [], words: '', value: null, name: null, newcomer };

describe('whom a device can be given to', () => {
  it('is somebody new, as long as nobody is looked for', () => {
    expect(wearerChoices(nobody)).toEqual([newcomer]);
    expect(wearerChoices({ ...nobody, value: newcomer.value, name: 'unlisted' })).toEqual([newcomer]);
  });

  it('is who wears it now, by name, before that', () => {
    expect(wearerChoices({ ...nobody, value: ANA.value, name: '安娜' })).toEqual([{ value: ANA.value, label: '安娜' }, newcomer]);
  });

  it('is whoever was found, and nobody before them: Enter takes the first', () => {
    expect(wearerChoices({ ...nobody, people: [ANA], words: '安', value: newcomer.value, name: 'unlisted' })).toEqual([ANA]);
    expect(wearerChoices({ ...nobody, words: '没有', value: ANA.value, name: '安娜' })).toEqual([]);
  });

  it('is anybody whose id is pasted, as the server writes it', () => {
    expect(wearerChoices({ ...nobody, words: ANA.value.toUpperCase() })).toEqual([{ value: ANA.value, label: ANA.value }]);
  });
});
