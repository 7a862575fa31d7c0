import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventAt } from '../verify/example-log.fixture.js';
import { canonicalJson } from './canonical-json.js';
import { entryOf } from './event-entry.js';

describe('canonical JSON (RFC 8785)', () => {
  it.each([
    ['the example of its section 3.2', '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}', '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'],
    ['keys by their UTF-16 units', '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}', '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'],
    ['no locale', '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}', '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}'],
    ['structures', '{"1":{"f":{"f":"hi","F":5},"\\n":56.0},"10":{},"":"empty","a":{},"111":[{}],"A":{}}', '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}'],
    ['no normalisation', '{"Unnormalized Unicode":"A\\u030a"}', '{"Unnormalized Unicode":"A\u030a"}'],
  ])('writes %s', (_, input, output) => {
    expect(canonicalJson(JSON.parse(input))).toBe(output);
  });

  // Appendix B: the bits of a number and how it is written.
  it.each([
    ['0000000000000000', '0'], ['8000000000000000', '0'], ['0000000000000001', '5e-324'], ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'], ['ffefffffffffffff', '-1.7976931348623157e+308'], ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'], ['4430000000000000', '295147905179352830000'], ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'], ['44b52d02c7e14af7', '1.0000000000000001e+23'], ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'], ['444b1ae4d6e2ef50', '1e+21'], ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'], ['41b3de4355555553', '333333333.3333332'], ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'], ['41b3de4355555556', '333333333.3333334'], ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'], ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number of bits %s as %s', (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it('refuses what JSON cannot carry', () => {
    for (const value of [NaN, Infinity, '\ud800', { a: '\udc00' }, undefined]) {
      expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'EVENT_NOT_CANONICAL' }));
    }
  });

  it('writes a value the same after a trip through JSON with its keys in another order', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' })), (value) => {
        const turned = Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(value)) as object).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('the entry of an event', () => {
  const event = eventAt(3);

  it('is its canonical JSON, without its position', () => {
    const text = entryOf(event).toString('utf8');
    expect(text.startsWith('{"data":{"caseId":"case-3","note":"井盖 🕳"},"eventId":')).toBe(true);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['data', 'eventId', 'metadata', 'recordedAt', 'revision', 'streamId', 'type']);
    expect(entryOf({ ...event, position: 'elsewhere' } as typeof event)).toEqual(entryOf(event));
  });

  it('changes with every field but the position', () => {
    const before = entryOf(event).toString();
    for (const change of [{ eventId: 'x' }, { streamId: 'x' }, { revision: 9 }, { type: 'x' }, { data: {} }, { recordedAt: 'x' }, { metadata: { ...event.metadata, areaCode: '1' } }]) {
      expect(entryOf({ ...event, ...change }).toString()).not.toBe(before);
    }
  });

  it('of an event that fills a tile entry to the last byte is whole, of one byte more its digest', () => {
    const room = 65_535 - entryOf(eventAt(3, { fill: '' })).length;
    expect(entryOf(eventAt(3, { fill: 'x'.repeat(room) }))).toHaveLength(65_535);
    const large = entryOf(eventAt(3, { fill: 'x'.repeat(room + 1) }));
    expect(JSON.parse(large.toString())).toMatchObject({ eventId: event.eventId, length: 65_536 });
  });

  it('of an event above a megabyte names its length and its SHA-256, which the whole event is checked against', () => {
    const large = eventAt(3, { fill: '字'.repeat(700_000) });
    const whole = Buffer.from(canonicalJson({ ...large, position: undefined }));
    expect(whole.length).toBeGreaterThan(2_000_000);
    expect(JSON.parse(entryOf(large).toString())).toEqual({
      eventId: large.eventId,
      streamId: large.streamId,
      revision: large.revision,
      type: large.type,
      recordedAt: large.recordedAt,
      length: whole.length,
      sha256: createHash('sha256').update(whole).digest('hex'),
    });
  });
});
