import { LogFault } from '../log-fault.js';

/** An entry's length is written in 16 bits. */
export const MAX_ENTRY_BYTES = 65_535;

const LENGTH_BYTES = 2;

/** Entries as a bundle holds them: each with its length in front, 16 bits big-endian. */
export function formatEntryBundle(entries: readonly Uint8Array[]): Buffer {
  const bundle = Buffer.allocUnsafe(entries.reduce((bytes, entry) => bytes + LENGTH_BYTES + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new LogFault('ENTRY_TOO_LARGE', `An entry has ${entry.length} bytes, a tile takes ${MAX_ENTRY_BYTES}`);
    }
    bundle.writeUInt16BE(entry.length, at);
    bundle.set(entry, at + LENGTH_BYTES);
    at += LENGTH_BYTES + entry.length;
  }
  return bundle;
}

/** The entries of a bundle, as views on it: exactly `count`, and nothing after them. */
export function parseEntryBundle(bundle: Uint8Array, count: number): Uint8Array[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.length);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < count) {
    const start = at + LENGTH_BYTES;
    const end = start <= bundle.length ? start + view.getUint16(at) : Infinity;
    if (end > bundle.length) throw cutOff(entries.length);
    entries.push(bundle.subarray(start, end));
    at = end;
  }
  if (at !== bundle.length) throw new LogFault('BUNDLE_MALFORMED', `${bundle.length - at} bytes follow the last entry of a bundle`);
  return entries;
}

/** The first `count` entries of a bundle that may hold more. */
export function firstEntries(bundle: Uint8Array, count: number): Uint8Array {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.length);
  let at = 0;
  for (let taken = 0; taken < count; taken += 1) {
    if (at + LENGTH_BYTES > bundle.length) throw cutOff(taken);
    at += LENGTH_BYTES + view.getUint16(at);
  }
  if (at > bundle.length) throw cutOff(count - 1);
  return bundle.subarray(0, at);
}

function cutOff(at: number): LogFault {
  return new LogFault('BUNDLE_MALFORMED', `A bundle ends within its entry ${at}`, at);
}
