import { LogFault } from '../log-fault.js';

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** RFC 4648 section 4, in its one spelling: padding present, unused bits zero. Anything looser would hide a changed bit. */
export function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new LogFault('BASE64_MALFORMED', `${JSON.stringify(text.slice(0, 100))} is not base64`);
  return bytes;
}
