import { expect, it } from '@jest/globals';
import { perDevice } from './per-device.js';

it('minutes of one device are added up, the one with most refusals first', () => {
  const row = (deviceId: string | null, minute: number, refused: number) => ({ deviceId, minute, received: 10, stored: 10 - refused, duplicates: 0, refused });
  expect(perDevice([row('a', 1, 0), row(null, 1, 3), row('a', 2, 1)])).toEqual([
    { deviceId: null, minute: 1, received: 10, stored: 7, duplicates: 0, refused: 3 },
    { deviceId: 'a', minute: 2, received: 20, stored: 19, duplicates: 0, refused: 1 },
  ]);
});
