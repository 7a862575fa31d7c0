import { describe, expect, it } from '@jest/globals';
import { addressOf, readAddress } from './past-address.js';
import { NINE } from './past.fixture.js';

describe('the address of a moment', () => {
  it('leads back to the same moment', () => {
    const address = { at: NINE + 123, as: 'occurred', speed: 300 } as const;
    expect(readAddress(new URLSearchParams(addressOf(address)))).toEqual(address);
  });

  it('takes what it cannot read for not said', () => {
    expect(readAddress(new URLSearchParams('at=yesterday&as=dreamt&speed=7'))).toEqual({ at: null, as: 'recorded', speed: 60 });
    expect(readAddress(new URLSearchParams())).toEqual({ at: null, as: 'recorded', speed: 60 });
  });
});
