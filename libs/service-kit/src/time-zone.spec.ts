import { describe, expect, it } from '@jest/globals';
import { timeZone } from './time-zone.js';

describe('the time zone of the installation', () => {
  it('is Asia/Shanghai unless told otherwise', () => expect(timeZone.parse(undefined)).toBe('Asia/Shanghai'));
  it('is any zone of the tz database', () => expect(timeZone.parse('Europe/Berlin')).toBe('Europe/Berlin'));
  it.each(['', 'China', 'UTC+8:00:00x'])('refuses %j', (name) => expect(timeZone.safeParse(name).success).toBe(false));
});
