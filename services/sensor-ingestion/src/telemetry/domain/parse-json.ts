import { Refusal } from './refusal.js';

/** What devices write that JSON does not have, with the name of its field where it can be told. */
const NOT_A_JSON_NUMBER = /(?:"((?:[^"\\]|\\.)*)"\s*:\s*)?[-+]?\b(NaN|Infinity)\b/;

export function parseJson(payload: Uint8Array): unknown {
  const text = decode(payload);
  try {
    return JSON.parse(text);
  } catch {
    const found = NOT_A_JSON_NUMBER.exec(text);
    if (found === null) throw new Refusal('PAYLOAD_NOT_JSON', 'The payload is not JSON');
    throw new Refusal('PAYLOAD_NOT_JSON', `The payload is not JSON: it has no ${found[2] ?? 'such number'}`, found[1] ?? '');
  }
}

function decode(payload: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(payload);
  } catch {
    throw new Refusal('PAYLOAD_NOT_JSON', 'The payload is not UTF-8 text');
  }
}
