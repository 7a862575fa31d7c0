import { describe, expect, it } from '@jest/globals';
import { payloadText } from './payload-text.js';

describe('the payload of a refused message', () => {
  it('is shown as text, Chinese too', () => expect(payloadText(Buffer.from('{"温度":1').toString('base64'))).toBe('{"温度":1'));
  it('is shown as bytes when it is no text', () => expect(payloadText(Buffer.from([0xff, 0x00, 0x9c]).toString('base64'))).toBe('ff 00 9c'));
  it('may be empty', () => expect(payloadText('')).toBe(''));
});
